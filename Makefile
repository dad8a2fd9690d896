# Every verb sets up what it needs: a fresh machine with Python, git and make is enough.
# The second run of a verb finds its stamps in .venv/ and starts at once.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet --quiet
WORKERS ?= 3
ARGS ?=
TIMES ?= 100
LAWS ?= tests/policy/test_naive.py

# Only where we are root already, as in a container: on somebody's own machine a web server would begin to listen.
WEB_SERVERS = [ "$$(id -u)" != 0 ] || ./scripts/system-packages --optional

.DEFAULT_GOAL := help
.PHONY: help setup demo test laws mutate check bench docs man reference schemas lock screenshots example clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: $(VENV)/.installed ## a virtual environment from requirements.lock, and GnuPG
	@./scripts/system-packages gnupg

demo: setup ## a fictional practice in build/demo, its review sites on this machine
	@$(BIN)/confide demo build/demo $(ARGS)

test: setup ## everything, with real gpg, git and Chromium; ARGS="-k word" narrows it
	@./scripts/system-packages --optional chromium libatomic
	@$(WEB_SERVERS) caddy
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

laws: setup ## the second reading on 100,000 questions; LAWS=tests/policy TIMES=20 tries all laws longer
	@CONFIDE_EXAMPLES=$(TIMES) $(BIN)/python -m pytest --hypothesis-show-statistics $(LAWS) $(ARGS)

mutate: setup ## does any test notice a changed line of decide()? ARGS="withheld terms" measures others; an hour
	@test -d build/mutmut || $(PIP) install --target build/mutmut 'mutmut>=3.8,<4'
	@$(BIN)/python scripts/mutate.py $(ARGS)

check: $(VENV)/.installed ## ruff, mypy --strict and the direction of the imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict
	$(BIN)/python -m pytest tests/house/test_layers.py

bench: setup ## ratios measured on this machine, beside others' if they can be had
	@./scripts/system-packages --optional pass git-secret git-crypt
	@$(WEB_SERVERS) caddy nginx
	@$(BIN)/python -c 'import cedarpy' 2>/dev/null || $(PIP) install 'cedarpy>=4.12,<5' || true
	@$(BIN)/python -m bench $(ARGS)

docs: setup ## the documentation as a site, in build/docs
	@$(BIN)/python scripts/docs.py

man: setup ## the manual page, build/man/confide.1
	@$(BIN)/python scripts/man.py

reference: setup ## renew docs/CLI.md from the commands
	@$(BIN)/python scripts/reference.py

schemas: setup ## renew schemas/ from the program's readers and docs/AGREEMENT.md
	@$(BIN)/python scripts/schemas.py

# Hashes pin what is installed; no address is written, so each machine asks the index it is set up for.
lock: ## renew requirements.lock from pyproject.toml
	@$(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip --disable-pip-version-check --quiet install uv
	build/lock/bin/uv pip compile pyproject.toml --extra dev --extra pdf --extra remote --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --custom-compile-command "make lock" \
		--upgrade --quiet --output-file requirements.lock

screenshots: setup ## take the README's pictures
	@./scripts/system-packages --optional chromium libatomic
	@$(BIN)/python scripts/screenshots.py

example: setup ## write the worked example under records/ anew
	@$(BIN)/python scripts/example.py

clean: ## remove what was generated, the virtual environment included
	rm -rf build dist $(VENV) .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find tools tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.locked: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo 'setup: `$(PYTHON)` is missing or older than 3.11; run: make PYTHON=/path/to/python3.11' >&2; exit 5; }
	@PYTHON='$(PYTHON)' ./scripts/system-packages venv
	@echo 'setup: filling $(VENV)/ from requirements.lock (once, about a minute)'
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.installed: $(VENV)/.locked pyproject.toml
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@
