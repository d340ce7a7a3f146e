# make setup | demo | test | coverage | chaos | attack | soak | fuzz | splink | lint | types | lock | clean.  PYTHON=python3.12 chooses another interpreter, PORT=8001 another port.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
WORKERS ?= 2
SPLINK := .local/splink

.PHONY: setup demo test coverage chaos attack soak fuzz splink lint types lock clean

setup: $(READY)

# uv is ten times as fast; where it cannot reach the package index (it does not read pip's configuration), pip does the work.
# What is installed is what was locked, each file compared with its hash.
$(READY): requirements.lock requirements-dev.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9 \
	  && $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $(READY)

# After a change of requirements*.txt. What is locked already stays as it is: UPGRADE=--upgrade takes the newest of all, "UPGRADE=-P NAME" of one.
COMPILE := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock"
lock: setup
	$(COMPILE) $(UPGRADE) requirements.txt --output-file requirements.lock
	$(COMPILE) $(UPGRADE) requirements-dev.txt --constraint requirements.lock --output-file requirements-dev.lock
	$(COMPILE) $(UPGRADE) requirements-splink.txt --output-file requirements-splink.lock

demo: setup
	DEVELOPMENT=1 exec $(BIN)/python manage.py demo $(if $(PORT),--port $(PORT))

test: setup
	$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

# the same, and which lines and branches no test reaches; takes three times as long
coverage: setup
	$(BIN)/python -m pytest -n $(WORKERS) --cov --cov-report=term $(ARGS)

# faults thrown at the whole system, in some twelve minutes; SHORT=1 is a tenth, CHAOS_SEED repeats a run (docs/reliability.md)
chaos: setup
	$(BIN)/python -m tests.chaos $(ARGS)

# a real site attacked with hostile files, requests, texts and messages; SHORT=1 is the form for CI, ATTACK_SEED repeats one
attack: setup
	$(BIN)/python -m tests.attack $(ARGS)

# a list a second for half an hour, in which nothing may grow; SHORT=1 is a minute, SOAK_SECONDS any time
soak: setup
	$(BIN)/python -m tests.soak $(ARGS)

# each reader fed with changed files, ten minutes each (FUZZ_SECONDS); SHORT=1 is a minute in all, FUZZ_SEED repeats one
fuzz: setup
	$(BIN)/python -m tests.fuzz $(ARGS)

# what Splink finds in an export of matching (docs/matching.md)
splink: $(SPLINK)/.ready
	$(SPLINK)/bin/python -m pytest tests/catalog/linking/test_splink.py $(ARGS)

# An environment of its own, which sees the packages of the other behind its own ones, so that these stay as they are.
$(SPLINK)/.ready: requirements-splink.lock $(READY)
	$(BIN)/python -m venv --clear $(SPLINK)
	$(SPLINK)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-splink.lock
	$(BIN)/python -c "import sysconfig; print(sysconfig.get_path('purelib'))" \
	  > "$$($(SPLINK)/bin/python -c "import sysconfig; print(sysconfig.get_path('purelib'))")/behind.pth"
	touch $(SPLINK)/.ready

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(MAKE) types

types: setup
	DATABASE_URL=postgresql:///unused $(BIN)/mypy # the settings are read, the database is not

# stops nothing: end `make demo` first
clean:
	rm -rf "$$(readlink -f .local/postgres)" .local media staticfiles .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*
