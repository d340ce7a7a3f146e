# make setup | demo | test | lint | types | clean.  PYTHON=python3.12 chooses another interpreter, PORT=8001 another port.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
WORKERS ?= 2

.PHONY: setup demo test lint types clean

setup: $(READY)

# uv is ten times as fast; where it cannot reach the package index (it does not read pip's configuration), pip does the work.
$(READY): requirements.txt requirements-dev.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9 \
	  && $(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements-dev.txt \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $(READY)

demo: setup
	DEVELOPMENT=1 exec $(BIN)/python manage.py demo $(if $(PORT),--port $(PORT))

test: setup
	$(BIN)/python -m pytest -n $(WORKERS) --cov --cov-report=term $(ARGS)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(MAKE) types

types: setup
	DATABASE_URL=postgresql:///unused $(BIN)/mypy # the settings are read, the database is not

# stops nothing: end `make demo` first
clean:
	rm -rf "$$(readlink -f .local/postgres)" .local media staticfiles .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*
