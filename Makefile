# Two commands set everything up on a machine with Python 3.11 or later, git and make: `make run` and `make test`.
# Another Python: `make test PYTHON=python3.13`.

PYTHON ?= python3
N := 20000
REQUESTS := 100000
QUICK := fot_graph tests/core tests/text tests/sparql tests/evidence tests/questions tests/test_imports.py tests/test_api.py
SEED := $(shell date +%s)
# More processes than cores: many tests wait for a server, a browser or a child process
WORKERS := $(shell expr 3 \* $$(getconf _NPROCESSORS_ONLN) / 2)
VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements/test.lock
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install

# One stamp a Python version, so that another PYTHON renews the environment
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
READY := $(VENV)/ready-$(VERSION)

.DEFAULT_GOAL := help
# Empty: Python keeps what it compiles, so that not each of the many processes of the tests does it again
test test-all check fuzz soak: export PYTHONDONTWRITEBYTECODE =
.PHONY: help run test test-all check words fuzz soak bench bench-evidence bench-load clean

help:
	@echo 'make run    set up, validate the graph, ask a question with its quotes, draw the themes and export Turtle to out/'
	@echo 'make test   set up, then ruff, mypy --strict, the tests and doctests'
	@echo 'make test-all  set up, then the same with slow oracles, such as plain pyshacl, and every case of each kind'
	@echo 'make check  set up, then ruff, mypy --strict and the quick tests, within a minute'
	@echo 'make words  set up, then write every claim of the packaged document in words, as its test expects it'
	@echo 'make fuzz   set up, then hold the evidence of N=20000 random queries to its law; SEED=… repeats a run'
	@echo 'make soak   set up, then send REQUESTS=100000 to the server, one in a hundred of which means harm'
	@echo 'make bench  set up, then compare with rdflib, pyoxigraph and pyshacl, in ratios'
	@echo 'make bench-evidence  set up, then measure what evidence costs, verified, and on a corpus of 1,000 documents'
	@echo 'make bench-load      set up, then count what the server answers a second, beside oxigraph (needs wrk)'
	@echo 'make clean  remove the environment and everything that was built'

run: $(READY)
	@echo '== fot-graph validate'
	@$(BIN)/fot-graph validate
	@echo
	@echo '== fot-graph ask findings-informing-themes'
	@$(BIN)/fot-graph ask findings-informing-themes
	@echo
	@mkdir -p out
	@$(BIN)/fot-graph draw --theme-map -o out/findings-informing-themes.svg
	@$(BIN)/fot-graph export -f ttl -o out/fot-graph.ttl
	@echo 'The graph as Turtle: out/fot-graph.ttl. Findings and themes as a picture: out/findings-informing-themes.svg.'
	@echo 'Ask more with $(BIN)/fot-graph. A question of your own: $(BIN)/fot-graph init DIR, then fot-graph new FILE in it.'

test: $(READY)
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m 'not exhaustive'

test-all: $(READY)
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

check: $(READY)
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m 'not slow and not exhaustive' $(QUICK)

words: $(READY)
	PYTHONPATH=tests $(BIN)/python tests/claims_in_words.py

fuzz: $(READY)
	@echo 'Random queries: $(N), seed $(SEED)'
	FOT_GRAPH_QUERIES=$(N) FOT_GRAPH_SEED=$(SEED) $(BIN)/pytest -n $(WORKERS) --dist worksteal -k random tests/test_law.py

soak: $(READY)
	FOT_GRAPH_REQUESTS=$(REQUESTS) $(BIN)/pytest -rP tests/web/http/test_web_hostile.py tests/web/test_web_soak.py

bench: $(READY)
	@$(BIN)/python benchmarks/run.py

bench-evidence: $(READY)
	@$(BIN)/python benchmarks/verification.py
	@$(BIN)/python benchmarks/evidence.py

bench-load: $(READY)
	@$(BIN)/python benchmarks/load.py

clean:
	rm -rf $(VENV) build dist out *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find fot_graph tests -name __pycache__ -prune -exec rm -rf {} +

$(READY): pyproject.toml $(LOCK)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	    || { echo 'fot_graph needs Python 3.11 or later as "$(PYTHON)"; name another: make $(MAKECMDGOALS) PYTHON=python3.13' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	    || { echo '$(PYTHON) cannot create environments; on Debian and Ubuntu: sudo apt install python3-venv' >&2; exit 1; }
	@[ -e $@ ] || $(BIN)/python -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "$(VERSION)")' 2>/dev/null \
	    || $(PYTHON) -m venv --clear $(VENV)
	@echo 'Installing into $(VENV) (Python $(VERSION)) …'
	@$(PIP) -r $(LOCK)
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@
