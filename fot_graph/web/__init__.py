"""The graph over HTTP: pages for people, a SPARQL endpoint and linked data for programs. `fot-graph serve` opens it."""
