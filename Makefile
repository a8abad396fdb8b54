.PHONY: demo mutation test test-thorough test-long test-hostile test-model test-hledger test-browser model lint types compiled bench bench-peers bench-results instructions clean

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PEERS := .venv-peers/bin
BENCH ?= S M
# A file's tests stay together: pages of the docs are told from top to bottom.
PARALLEL ?= -n auto --dist loadfile
# Files of tests are in memory, where it has room for them: thousands of small ledgers
# wait for a disk. Of tests that pass nothing is kept there.
ROOM := $(shell df -k /dev/shm 2>/dev/null | awk 'END {print $$4 + 0}')
IN_MEMORY := $(shell test $(ROOM) -gt 4000000 && echo TMPDIR=/dev/shm)
PYTEST := $(IN_MEMORY) $(BIN)/python -m pytest -o tmp_path_retention_policy=failed
CONTESTS ?= $(BENCH)
HISTORIES ?= 2000

demo: .venv/installed
	$(BIN)/python examples/julu_2023/demo.py

test: compiled
	$(PYTEST) $(PARALLEL) --ignore=tests/browser

# Laws with more examples, then what is marked as long.
test-thorough: .venv/installed
	HYPOTHESIS_PROFILE=thorough $(PYTEST) $(PARALLEL) tests/properties tests/store/test_plain_codec.py

test-long: compiled
	$(PYTEST) $(PARALLEL) -m long --ignore=tests/model --ignore=tests/hostile tests

# A million figures against the naive model, in as many processes as cores.
test-model: .venv/installed
	$(BIN)/python -m pytest -m long -s tests/model

# The same by hand: HISTORIES=2000, and SEED=N to see some of them again.
model: .venv/installed
	$(BIN)/python -m tests.model --histories $(HISTORIES) $(if $(SEED),--seed $(SEED))

# Files, texts and signals that are meant to do harm: all of them, the long ones too.
test-hostile: compiled
	$(PYTEST) $(PARALLEL) -m "long or not long" tests/hostile

# Faults put into the rules, one by one, which the tests must find.
mutation: .venv/installed
	$(BIN)/python -m tests.mutation $(WORDS)

# The same books by double entry in hledger, which Debian has as a package.
test-hledger: .venv/installed
	$(BIN)/python -m pytest -m hledger tests/test_books_in_hledger.py

test-browser: .venv/installed
	$(PIP) --group browser
	$(BIN)/python -m pytest tests/browser

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/vulture

types: .venv/installed
	$(BIN)/mypy

# As pip leaves what it installs: second processes and scripts start faster so.
compiled: .venv/installed
	$(BIN)/python -m compileall -q src

bench: compiled
	$(if $(wildcard .venv-peers/installed),$(PEERS),$(BIN))/python benchmarks/compare.py $(BENCH)
	$(BIN)/python benchmarks/scale.py $(BENCH)
	$(BIN)/python benchmarks/forms.py
	$(BIN)/python benchmarks/reports.py
	$(BIN)/python benchmarks/audits.py

# What others would pick instead, for `bench`; hledger and ledger-cli are Debian's packages `hledger` and `ledger`.
bench-peers: .venv-peers/installed

bench-results: compiled .venv-peers/installed
	$(PEERS)/python benchmarks/results.py $(BENCH) --contests $(CONTESTS) --python $(BIN)/python

instructions: .venv/installed
	$(BIN)/python benchmarks/instructions.py $(if $(RECORD),--record)

clean:
	rm -rf .venv .venv-peers

.venv/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; try: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	$(PYTHON) -m venv .venv
	$(PIP) 'pip>=25.1'
	$(PIP) --editable '.[parquet,pdf,sign]' --group dev
	touch $@

.venv-peers/installed: pyproject.toml benchmarks/peers/requirements.txt
	$(PYTHON) -m venv .venv-peers
	$(PEERS)/python -m pip install --quiet --disable-pip-version-check --editable '.[parquet]' --requirement benchmarks/peers/requirements.txt
	touch $@
