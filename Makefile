# Two commands matter: `make demo` and `make test`. What they need lands in .venv and nowhere else.
PORT ?= 8400
PEOPLE ?=
BIN := .venv/bin

.NOTPARALLEL:
.PHONY: help demo-setup demo fast test-setup lint test behaviours crash histories conformance golden pictures bench lock clean

help:
	@echo 'make demo    the sandbox, on http://127.0.0.1:$(PORT) (PORT=8400, PEOPLE=roster.csv)'
	@echo 'make test    every check and the whole test suite'
	@echo 'make fast    installs OR-tools and rustworkx, with which matching handles many thousands of people'
	@echo 'make lint    the checks without the tests'
	@echo 'make behaviours  take each behaviour out and see a test notice, half an hour (ONLY="A1 E14")'
	@echo 'make crash   the long crash suite, half an hour; writes docs/reliability.md'
	@echo 'make histories  two thousand random histories of a small programme; a quarter of an hour'
	@echo 'make conformance  every dialogue on Slack and on Teams, ten minutes; writes docs/platforms.md'
	@echo 'make golden  write every golden file anew; look at the difference'
	@echo 'make pictures  make the pictures of README.md and docs/tour.md anew, from a running demo'
	@echo 'make bench   write docs/benchmarks/ anew (ONLY=ack: one of them); minutes, on a quiet machine'
	@echo 'make lock    write requirements/*.txt from pyproject.toml (UPGRADE=1: newest versions)'
	@echo 'make clean   remove .venv and the caches'

# The stamps make the second set-up quick: each is newer than the files it was made from.
.venv/.uv: requirements/uv.txt tools/venv.sh
	@sh tools/venv.sh
	@touch $@

.venv/.run: .venv/.uv requirements/run.txt pyproject.toml tools/install.sh
	@sh tools/install.sh run
	@touch $@

.venv/.fast: .venv/.uv requirements/fast.txt pyproject.toml tools/install.sh
	@sh tools/install.sh fast
	@touch $@

.venv/.test: .venv/.uv requirements/test.txt pyproject.toml tools/install.sh
	@sh tools/install.sh test
	@touch $@

# The benchmarks use the tests' helpers.
.venv/.bench: .venv/.test requirements/bench.txt
	@sh tools/install.sh bench
	@touch $@

demo-setup: .venv/.run
	@:

fast: .venv/.fast
	@:

demo: demo-setup
	@$(BIN)/bothways demo --port $(PORT) $(if $(PEOPLE),--people '$(PEOPLE)')

test-setup: .venv/.test
	@sh tools/browser.sh
	@sh tools/node.sh

lint: .venv/.test
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports
	@echo 'ruff, mypy and the import contracts hold'

test: test-setup lint
	@$(BIN)/pytest -n 2 --dist worksteal

behaviours: .venv/.test
	@$(BIN)/python -m tests.behaviours.taking_out $(ONLY)

crash: .venv/.test
	@CRASH_PROFILE=long $(BIN)/pytest tests/crash -n 0

histories: .venv/.test
	@HISTORIES=long $(BIN)/pytest tests/use_cases/stateful -n 0

conformance: .venv/.test
	@$(BIN)/python -m tests.dialogues.conformance

golden: .venv/.test
	@$(BIN)/python -m tests.prompts.golden
	@$(BIN)/python -m tests.slack.golden
	@$(BIN)/python -m tests.teams.golden
	@$(BIN)/python -m tests.prompts.journey_page

pictures: test-setup
	@$(BIN)/python -m tests.browser.pictures
	@$(BIN)/python -W ignore -m tests.teams.pictures

bench: .venv/.bench
	@$(BIN)/python -m benchmarks $(ONLY)

lock: .venv/.uv
	@sh tools/lock.sh

clean:
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info build
