# Everything a user or a developer needs. On a fresh machine: Python 3.11+ (with venv and pip), make and git.
#
#   make demo      set up, then answer for the shipped Alaska case
#   make test      set up, then run the tests
#   make check     all that CI runs
#   make bench     measure, and print the tables
#   make docs      write again what is generated: README excerpt, command-line and error-code reference
#   make picture   take the README's picture anew (needs chromium)
#   make lock      resolve the versions anew (needs uv)

PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin
READY   = $(VENV)/.ready
PEERS   = .venv-peers
WORKERS ?= auto

.PHONY: demo test check lint types layers browser matrix fuzz bench docs picture lock clean

demo: $(READY)
	@$(BIN)/winset analyse alaska-2025

test: $(READY)
	$(BIN)/python -m pytest -n $(WORKERS) -m "not browser"

check: test lint types layers browser fuzz matrix

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports

browser: $(READY)
	$(BIN)/python -m pytest -m browser

# The same tests on the other Python versions that are installed; says which are not.
matrix:
	@for version in 3.12 3.13; do \
	  if python$$version -c "import venv, ensurepip" 2>/dev/null; then \
	    $(MAKE) --no-print-directory test PYTHON=python$$version VENV=.venv-$$version || exit 1; \
	  else echo "python$$version is not installed here: skipped"; fi; \
	done

fuzz: $(READY)
	$(BIN)/python tests/cli/fuzz_case.py --seconds 20 --seed 0

bench: $(READY) $(PEERS)/.ready
	$(BIN)/python benchmarks/frontier.py --peers $(PEERS)/bin/python
	$(BIN)/python benchmarks/survey.py
	$(BIN)/python benchmarks/draws.py speed
	$(BIN)/python benchmarks/blockers.py

docs: $(READY)
	$(BIN)/python tools/generate_docs.py

# The README's picture; needs chromium.
picture: $(READY)
	mkdir -p build docs/images
	$(BIN)/winset analyse alaska-2025 --quiet --report build/alaska-2025.html > build/alaska-2025.txt
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --virtual-time-budget=8000 \
	  --window-size=1100,1330 --user-data-dir=build/chromium --screenshot=docs/images/report.png build/alaska-2025.html

lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header --quiet --output-file requirements/dev.lock
	uv pip compile --group peers --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header --quiet --output-file requirements/peers.lock

clean:
	rm -rf .venv .venv-3.12 .venv-3.13 $(PEERS) build dist

# What `make bench` measures beside winset has an environment of its own.
$(PEERS)/.ready: requirements/peers.lock
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --require-hashes --requirement requirements/peers.lock
	@touch $@

$(READY): requirements/dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("winset needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
