# `make run` and `make test` set up all they need in .venv; it is rebuilt only when a dependency changes.

PYTHON ?= python3
STUDY  ?= admsc_psoriasis
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready

# A package mirror named for pip is meant for uv too.
ifdef PIP_INDEX_URL
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif

.PHONY: run test test-all lint bench clean

run: $(READY)
	$(BIN)/trialmill run $(STUDY)

test: $(READY) lint
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not long"

test-all: $(READY) lint
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint sql

bench: $(READY)
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .import_linter_cache .hypothesis dist

# The build backend goes in first, so that it is pinned like everything else.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "trialmill needs Python 3.11 or newer: make PYTHON=...")'
	rm -rf $(VENV)
	{ uv venv --quiet --python "$$(command -v $(PYTHON))" $(VENV) \
	  && uv pip install --quiet --python $(BIN)/python -c constraints.txt hatchling \
	  && uv pip install --quiet --compile-bytecode --python $(BIN)/python -c constraints.txt --no-build-isolation -e '.[dask,dev,redcap]'; } \
	|| { echo "uv is missing or failed: pip takes over" && rm -rf $(VENV) \
	  && $(PYTHON) -m venv $(VENV) \
	  && $(BIN)/python -m pip install --quiet -c constraints.txt hatchling \
	  && $(BIN)/python -m pip install --quiet -c constraints.txt --no-build-isolation -e '.[dask,dev,redcap]'; }
	touch $@
