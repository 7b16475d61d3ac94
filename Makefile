# Everything that is done with this repository. `make help` lists it.

PYTHON ?= python3
SEQUENCES ?= 6000
SEED ?= 1000
FUZZ ?= 100000
SOAK_SECONDS ?= 600
CUTS ?= 2000
PYTEST_FLAGS ?= --numprocesses=auto --dist=loadfile

VENV := .venv
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip install --quiet --disable-pip-version-check
LOCKED := $(PIP) --require-hashes --requirement
LOCK_FLAGS := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --custom-compile-command 'make lock'

# An environment is made anew when its lock, its Python or its place changes: all three are in the
# name of the stamp that stands in it. The project is installed again when pyproject.toml changes.
stamp = $(VENV)/$(1)-$(shell { echo "$(PYTHON) $$PWD"; cat $(2); } | cksum | cut -d' ' -f1)
RUN_LOCKED := $(call stamp,run,requirements/run.txt)
RUN_READY := $(call stamp,project,requirements/run.txt pyproject.toml)
DEV_READY := $(call stamp,dev,requirements/run.txt requirements/dev.txt pyproject.toml)

.DEFAULT_GOAL := help
.PHONY: help face site test lint types unit quick fuzz soak soak-serve soak-deploy traces bench bench-large format lock wheel clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

site: $(RUN_READY) ## build this repository's site into public/
	$(RUN) -m generator build
	@echo '  and open http://127.0.0.1:8000/ in a browser.'

test: $(DEV_READY) ## run every check and every test
	@$(MAKE) --no-print-directory --keep-going lint types unit

lint: $(DEV_READY) ## check style and form (ruff)
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .

types: $(DEV_READY) ## check types (mypy)
	$(RUN) -m mypy

# The specification of Markdown is not ours to copy: its examples are fetched, where npm is.
SPECIFICATION := $(VENV)/commonmark-spec-0.31.2/package/spec.txt

$(SPECIFICATION): | $(DEV_READY)
	@mkdir -p $(VENV)/commonmark-spec-0.31.2
	@cd $(VENV)/commonmark-spec-0.31.2 && npm pack --silent commonmark-spec@0.31.2 >/dev/null && tar xzf *.tgz

unit: $(DEV_READY) $(if $(shell command -v npm),$(SPECIFICATION)) ## run the tests (pytest)
	$(RUN) -m pytest $(PYTEST_FLAGS)

quick: $(DEV_READY) ## run the tests that take under a minute together
	$(RUN) -m pytest $(PYTEST_FLAGS) -m 'not (slow or browser or archive)'

soak: $(DEV_READY) ## edit at random for an hour or so, and compare each build with a clean one
	BROADSHEET_SEQUENCES=$(SEQUENCES) BROADSHEET_SEED=$(SEED) BROADSHEET_SOAK_RESULTS=$(CURDIR)/soak-results.jsonl \
		$(RUN) -m pytest $(PYTEST_FLAGS) --dist=worksteal \
		tests/incremental/test_crashes.py tests/incremental/test_any_edits.py

BENCH := benchmarks/.venv
BENCHMARKS := $(BENCH)/bin/python -m benchmarks
BENCH_PIP := $(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check
BENCH_FILES := requirements/run.txt pyproject.toml benchmarks/requirements.txt benchmarks/peers/eleventy/package.json
BENCH_READY := $(BENCH)/ready-$(shell { echo "$(PYTHON) $$PWD"; cat $(BENCH_FILES); } | cksum | cut -d' ' -f1)
OTHERS := --against pelican $(if $(shell command -v npm),--against eleventy)

bench: $(BENCH_READY) ## measure beside Hugo, Pelican and Eleventy; docs/performance.md tells how
	$(BENCHMARKS) builds 1000 10000
	$(BENCHMARKS) builds 10000 --rounds 1 $(OTHERS)
	$(BENCHMARKS) previews 10000
	$(BENCHMARKS) newspaper 10000
	$(BENCHMARKS) acts 1000 10000
	$(BENCHMARKS) report

bench-large: $(BENCH_READY) ## the same with 100,000 stories, without Pelican and Eleventy
	$(BENCHMARKS) builds 100000
	$(BENCHMARKS) previews 100000
	$(BENCHMARKS) newspaper 100000 --rounds 1
	$(BENCHMARKS) acts 100000 --rounds 1
	$(BENCHMARKS) report

$(BENCH_READY):
	@echo 'Making the environment of the benchmarks in $(BENCH) …'
	@rm -rf $(BENCH)
	@$(PYTHON) -m venv $(BENCH)
	@$(BENCH_PIP) --require-hashes --requirement requirements/run.txt
	@$(BENCH_PIP) --no-deps --no-build-isolation --editable .
	@$(BENCH)/bin/python -m compileall -q generator
	@$(BENCH_PIP) --requirement benchmarks/requirements.txt
	@mkdir $(BENCH)/node
	@cp benchmarks/peers/eleventy/package.json $(BENCH)/node/
	@! command -v npm >/dev/null || npm install --prefix $(BENCH)/node --no-package-lock --no-audit --no-fund \
		--ignore-scripts --loglevel error >/dev/null
	@touch $@

fuzz: $(DEV_READY) ## read texts, configurations and layouts of random words: none may end us
	BROADSHEET_FUZZ=$(FUZZ) BROADSHEET_FUZZ_SEED=$(SEED) $(RUN) -m pytest $(PYTEST_FLAGS) --dist=worksteal tests/fuzz

soak-serve: $(DEV_READY) ## edit under the preview for ten minutes
	BROADSHEET_SOAK_SECONDS=$(SOAK_SECONDS) $(RUN) -m pytest tests/serve/test_soak.py -s --timeout=$$(($(SOAK_SECONDS) + 300))

traces: $(DEV_READY) ## publish a thousand pictures laden with metadata, and look for any of it
	BROADSHEET_TRACES=1000 $(RUN) -m pytest tests/whole/test_no_traces.py --timeout=3600

soak-deploy: $(DEV_READY) ## cut deploys short at thousands of requests, and look that no reader notices
	BROADSHEET_CUTS=$(CUTS) $(RUN) -m pytest $(PYTEST_FLAGS) tests/deploy/test_store_target.py tests/deploy/test_cut_points.py tests/deploy/test_cut_releases.py

TYPEFACE := typeface/node_modules/@fontsource/playfair-display

face: ## make the face of the theme's headlines from its npm package
	npm install --prefix typeface --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel error
	$(PYTHON) -m venv typeface/.venv
	typeface/.venv/bin/python -m pip install --quiet --requirement typeface/requirements.txt
	typeface/.venv/bin/python typeface/make.py $(TYPEFACE) layouts/display.woff2

format: $(DEV_READY) ## put the code into its form
	$(RUN) -m ruff check --fix-only .
	$(RUN) -m ruff format .

wheel: $(DEV_READY) ## build the wheel and the source archive into dist/
	$(RUN) -m build --no-isolation

lock: $(RUN_READY) ## choose the newest dependencies and lock them
	$(PIP) uv
	$(RUN) -m uv pip compile $(LOCK_FLAGS) --extra deploy --group build --output-file requirements/run.txt pyproject.toml
	$(RUN) -m uv pip compile $(LOCK_FLAGS) --extra deploy --group build --group dev --constraints requirements/run.txt \
		--output-file requirements/dev.txt pyproject.toml

clean: ## remove what was built, and the environment
	rm -rf $(VENV) public .broadsheet dist build
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(RUN_LOCKED):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo 'Broadsheet needs Python 3.11 or newer. Name one: make PYTHON=python3.13 $(MAKECMDGOALS)' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'This Python cannot make virtual environments. On Debian or Ubuntu: apt install python3-venv' >&2; exit 1; }
	@echo 'Making the environment in $(VENV) …'
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@$(LOCKED) requirements/run.txt
	@touch $@

$(RUN_READY): | $(RUN_LOCKED)
	@$(PIP) --no-deps --no-build-isolation --editable .
	@$(RUN) -m compileall -q generator  # as pip does for what it copies: each start is a third quicker
	@touch $@

$(DEV_READY): | $(RUN_READY)
	@echo 'Adding what the tests need …'
	@$(LOCKED) requirements/dev.txt
	@touch $@
