.PHONY: help demo docs mutation test test-thorough test-long test-hostile test-model test-hledger test-postgres test-browser test-package test-sdist model lint types compiled bench bench-peers bench-results instructions clean

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

help:
	@echo 'make demo            two years of a county unit: ledger and reports in examples/julu_2023'
	@echo 'make test            the tests; make test PARALLEL= runs them in one process'
	@echo 'make lint types      style, the arrow of imports, types'
	@echo 'make docs            the two sites of the docs, in build/docs'
	@echo 'make test-thorough   laws with more examples; then test-long, test-hostile, test-model,'
	@echo '                     test-hledger, test-postgres, test-browser, test-package, test-sdist: see CONTRIBUTING.md'
	@echo 'make model           2 000 random histories against a naive model; HISTORIES=, SEED='
	@echo 'make mutation        faults put into the rules, which the tests must find; WORDS='
	@echo 'make bench           times as ratios to a raw SQLite floor; BENCH=, and bench-peers for the others'
	@echo 'make bench-results   all of it, written to benchmarks/RESULTS.md'
	@echo 'make instructions    counts of instructions, compared with the recorded ones; RECORD=1'
	@echo 'make clean           without the environments and what was built'

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

# The store on a server: they start one of Debian's package `postgresql`, and stop it.
test-postgres: .venv/installed
	$(BIN)/python -m pytest -m postgres tests/store/postgres

# What is handed out, built twice and tried on every Python that is found.
test-package: .venv/installed
	$(PIP) --group package
	$(BIN)/python -m pytest -n auto -rs -m package tests/package

# The tests that the source distribution brings, on what it brings.
test-sdist: .venv/installed
	$(PIP) --group package
	rm -rf dist
	$(BIN)/python -m build --quiet --sdist --outdir dist .
	tar --extract --gzip --file dist/*.tar.gz --directory dist
	$(MAKE) --directory dist/budget_ledger-*/ test
	rm -rf dist

# The page and the sites of the docs.
test-browser: docs
	$(PIP) --group browser
	$(BIN)/python -m pytest tests/browser

# Two sites, build/docs/en and build/docs/zh; a warning is an error.
docs: .venv/installed
	$(PIP) --group docs
	rm -rf build/docs
	$(BIN)/sphinx-build -q -W -j auto -b html docs build/docs/en
	$(BIN)/sphinx-build -q -W -j auto -b html docs/zh build/docs/zh

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
	rm -rf .venv .venv-peers build dist

.venv/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; try: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	$(PYTHON) -m venv .venv
	$(PIP) 'pip>=25.1'
	$(PIP) --editable '.[parquet,pdf,postgres,sign,xls]' --group dev
	touch $@

.venv-peers/installed: pyproject.toml benchmarks/peers/requirements.txt
	$(PYTHON) -m venv .venv-peers
	$(PEERS)/python -m pip install --quiet --disable-pip-version-check --editable '.[parquet]' --requirement benchmarks/peers/requirements.txt
	touch $@
