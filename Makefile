# Everything a fresh machine with Node 20, Python 3.11, make and git needs: `make demo`, `make test`.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
# What somebody has on PYTHONPATH is not what is tested.
unexport PYTHONPATH

SOURCES := $(shell find src scripts -type f) package.json package-lock.json
DOCUMENTS := observable framework
SHIM := $(shell find python-shim -type f -not -path '*/static/*' -not -path '*/dist/*' -not -path '*/__pycache__/*' -not -path '*/.*')

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name what; do printf 'make %-11s %s\n' "$$name" "$$what"; done

.cache/tools:
	@scripts/check-tools.sh "$(PYTHON)"
	mkdir -p .cache && touch $@

node_modules/.installed: package.json package-lock.json | .cache/tools
	npm ci --no-audit --no-fund
	touch $@

notebooks/%/node_modules/.installed: notebooks/%/package.json notebooks/%/package-lock.json | .cache/tools
	npm ci --no-audit --no-fund --prefix notebooks/$*
	touch $@

.venv/.installed: tests/requirements.txt | .cache/tools
	"$(PYTHON)" -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@

dist/.built: $(SOURCES) node_modules/.installed
	node scripts/build.mjs
	touch $@

# Hatchling is in the environment already, pinned: the wheel is built with that one.
.venv/.shim: $(SHIM) dist/.built .venv/.installed
	.venv/bin/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --force-reinstall ./python-shim
	touch $@

.PHONY: build
build: dist/.built ## the npm package's dist/ and the wheel's static files

.PHONY: demo
demo: .venv/.shim ## install, build and open JupyterLab on the tour
	node scripts/demo.mjs

.PHONY: test
test: .venv/.shim $(DOCUMENTS:%=notebooks/%/node_modules/.installed) ## install what the tests need and run them all
	CHROMIUM="$$(scripts/chromium.sh | tail -n 1)"
	export CHROMIUM
	node scripts/run-tests.mjs

.PHONY: test-models
test-models: node_modules/.installed .oracle-models/.installed ## gradients of whole networks against PyTorch (half an hour at first)
	CHROMIUM="$$(scripts/chromium.sh | tail -n 1)"
	export CHROMIUM
	npx vitest run --project models

.PHONY: lint
lint: node_modules/.installed .venv/.installed ## types, formatting and import rules, TypeScript and Python
	npx tsc --noEmit -p .
	npx biome ci .
	node scripts/check-imports.mjs
	.venv/bin/ruff check python-shim tests/python tests/reference tests/bench notebooks/data notebooks/labs
	.venv/bin/ruff format --check python-shim tests/python tests/reference tests/bench notebooks/data notebooks/labs
	.venv/bin/mypy --config-file python-shim/pyproject.toml --strict python-shim/layerscope

.PHONY: bench
bench: .venv/.shim .bench/.installed .oracle-models/.installed tests/bench/node_modules/.installed ## every benchmark; make bench ONLY=scatter-1m for one
	CHROMIUM="$$(scripts/chromium.sh | tail -n 1)"
	export CHROMIUM
	node scripts/run-ts.mjs tests/bench/run.ts $(ONLY)
	node scripts/write-benchmarks.mjs

# The peers of the benchmarks, apart from what the tests need: JupyterLab with jupyter-scatter in it, umap-learn, fastumap.
.bench/.installed: tests/bench/requirements.txt .venv/.shim
	"$(PYTHON)" -m venv .bench
	.bench/bin/pip install --quiet --disable-pip-version-check -r tests/bench/requirements.txt
	.bench/bin/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --force-reinstall ./python-shim
	touch $@

# And those that run in a page.
tests/bench/node_modules/.installed: tests/bench/package.json tests/bench/package-lock.json | .cache/tools
	npm ci --no-audit --no-fund --prefix tests/bench
	touch $@

.PHONY: goldens
goldens: .oracle/.installed .oracle-models/.installed ## write the committed golden files from the reference implementations
	for script in tests/reference/make-*.py; do .oracle/bin/python "$$script"; done
	for script in tests/reference/models/make-*.py; do .oracle-models/bin/python "$$script"; done

.oracle/.installed: tests/reference/oracles.txt | .cache/tools
	"$(PYTHON)" -m venv .oracle
	.oracle/bin/pip install --quiet --disable-pip-version-check -r tests/reference/oracles.txt
	touch $@

# torch first: what depends on it must find the build for the CPU.
.oracle-models/.installed: tests/reference/models/oracles.txt | .cache/tools
	"$(PYTHON)" -m venv .oracle-models
	.oracle-models/bin/pip install --quiet --disable-pip-version-check "$$(grep '^torch==' tests/reference/models/oracles.txt)"
	.oracle-models/bin/pip install --quiet --disable-pip-version-check -r tests/reference/models/oracles.txt
	touch $@

.PHONY: network
network: .train/.installed ## train the notebooks' networks again (minutes)
	.train/bin/python notebooks/data/train-picture-network.py
	.train/bin/python notebooks/data/train-lab-network.py

.train/.installed: notebooks/data/requirements.txt | .cache/tools
	"$(PYTHON)" -m venv .train
	.train/bin/pip install --quiet --disable-pip-version-check -r notebooks/data/requirements.txt
	touch $@

.PHONY: gallery
gallery: .venv/.shim ## pictures of every widget, light and dark, into docs/images
	CHROMIUM="$$(scripts/chromium.sh | tail -n 1)"
	export CHROMIUM
	node scripts/run-ts.mjs tests/gallery/make-gallery.ts

.PHONY: clean
clean: ## remove what was installed and built, the reference environments included
	rm -rf node_modules tests/bench/node_modules $(DOCUMENTS:%=notebooks/%/node_modules) .venv .bench .oracle .oracle-models .train .cache
	rm -rf dist build python-shim/dist python-shim/layerscope/static tests/output
	rm -rf notebooks/observable/.observable notebooks/observable/files
	rm -rf notebooks/framework/dist notebooks/framework/src/layerscope notebooks/framework/src/data notebooks/framework/src/.observablehq
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
