# The newcomer's commands. Only a Python of 3.11 or newer and make are assumed;
# everything else comes from the locks into .venv and node_modules.

BIN := .venv/bin
STAMPS := .venv/stamps
PACKAGES := core catalog payments shop livestream
CHECKED := $(wildcard $(PACKAGES) wsgi.py gunicorn.conf.py tools tests/house)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
NODE := $(BIN)/python tools/node.py
WORKERS ?= 3

# pip and npm keep caches in the home folder; without one they get one of ours.
ifeq ($(strip $(HOME)),)
export HOME := $(CURDIR)/var/home
endif

# Containers like to forbid it; then each of our processes would translate every module anew.
unexport PYTHONDONTWRITEBYTECODE

# What the built pages depend on. Recursive (=) so that only targets using it pay for the search.
ASSET_SOURCES = $(shell find $(wildcard $(PACKAGES)) \( -path '*/frontend/*' -o -path '*/templates/*' \) -type f)
CATALOGUES = $(wildcard core/translations/*/LC_MESSAGES/*.po)
FIND_PYTHON = for name in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	"$$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo "$$name"; exit 0; }; done

.PHONY: install run test check soak bench
.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := install

## install: everything set up, nothing started; a second time it has nothing to do
install: $(STAMPS)/runtime $(STAMPS)/npm core/static/dist/manifest.json $(STAMPS)/translations

## run: set up, migrate, demo data into an empty database, then serve shop and video; TLS=1: by https, for phones
run: install $(if $(filter-out 0,$(TLS)),$(STAMPS)/tls)
	@exec $(BIN)/python -m tools.serve

## test: everything, three at a time (they wait a lot), then alone what measures; the last line counts
test: install $(STAMPS)/dev $(STAMPS)/tls
	@$(BIN)/python -m tools.chromium
	@$(BIN)/python -m tools.nginx_rtmp
	@$(BIN)/python -m tools.run_tests tests -n $(WORKERS) $(addprefix --ignore=tests/,soak bench quiet) --then tests/quiet

## check: format, lint, types, house rules
check: $(STAMPS)/dev $(STAMPS)/npm
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(CHECKED)
	$(NODE) node_modules/@biomejs/biome/bin/biome lint --error-on-warnings
	$(BIN)/python -m pytest tests/house -q

## soak: the full numbers (hundreds of kills, thousands of claims)
soak: install $(STAMPS)/dev
	@$(BIN)/python -m tools.run_tests tests/soak

## bench: claims, fan-out and page rates, medians of interleaved runs
bench: install $(STAMPS)/dev
	@$(BIN)/python -m tests.bench

$(BIN)/python:
	@python="$$($(FIND_PYTHON))"; \
	if [ -z "$$python" ]; then \
		echo "Python 3.11 or newer with venv is needed. On Debian or Ubuntu: sudo apt-get install python3 python3-venv" >&2; \
		exit 1; \
	fi; \
	"$$python" -m venv .venv

$(STAMPS)/runtime: requirements.txt | $(BIN)/python
	@echo "Installing the Python packages of requirements.txt"
	@$(PIP) -r requirements.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/dev: requirements-dev.txt | $(STAMPS)/runtime
	@echo "Installing the Python packages of requirements-dev.txt"
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(STAMPS)/tls: requirements-tls.txt | $(STAMPS)/runtime
	@echo "Installing the Python packages of requirements-tls.txt"
	@$(PIP) -r requirements-tls.txt
	@touch $@

$(STAMPS)/npm: package-lock.json package.json | $(STAMPS)/runtime
	@echo "Installing the front-end packages of package-lock.json"
	@$(NODE) npm ci --ignore-scripts --no-fund --no-audit --loglevel=error
	@touch $@

core/static/dist/manifest.json: tools/build_assets.mjs $(ASSET_SOURCES) $(STAMPS)/npm
	@echo "Building the front end"
	@$(NODE) tools/build_assets.mjs

$(STAMPS)/translations: $(CATALOGUES) | $(STAMPS)/runtime
	@[ -z "$(CATALOGUES)" ] || $(BIN)/pybabel --quiet compile --directory core/translations
	@touch $@
