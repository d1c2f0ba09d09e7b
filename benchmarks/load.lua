-- Sends `paths` one after the other, and tells in one line of JSON what came of it.
local place = 0

function request()
  place = place % #paths + 1
  return wrk.format("GET", paths[place], { Accept = "application/sparql-results+json" })
end

function done(summary, latency)
  local failed = summary.errors
  local errors = failed.connect + failed.read + failed.write + failed.status + failed.timeout
  io.write(string.format('RESULT {"requests": %d, "seconds": %f, "p99": %f, "errors": %d}',
    summary.requests, summary.duration / 1e6, latency:percentile(99) / 1e3, errors))
end
