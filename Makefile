# The ways into sosdir. Each does its own set-up; a second run finds it done.
# Written for GNU make 3.81 (macOS) and later.

PORT ?= 8000
SOSDIR_HOME ?= instance

VENV := .venv
PYTHON := $(VENV)/bin/python
DECLARED := setup.cfg pyproject.toml sosdir/version.py
INSTALL := $(PYTHON) -m pip install --quiet --disable-pip-version-check --editable
NO_PACKAGES := { echo "pip could not install these packages (see above): is the network up, and the package index within reach?" >&2; exit 1; }

# The environment that holds the locked packages of a run and nothing else.
LOCKED := build/locked
LOCK := deploy/requirements.txt
# How long to fuzz each target, and which of them.
SECONDS ?= 60
TARGETS ?= $(notdir $(wildcard tests/fuzz/corpus/*))

# In CI a skipped test is a failed test.
NO_SKIPS := $(if $(filter true,$(CI)),-p tests.no_skips)

# These want the machine for themselves, after all others.
ALONE := tests/test_load.py tests/test_cluster.py tests/freezing/test_served.py

.DEFAULT_GOAL := help
.PHONY: help run setup test check lint bench load pictures cluster test-cluster fuzz lock audit sbom licences clean
# Two pips in one environment get in each other's way, whatever -j says.
.NOTPARALLEL:
.DELETE_ON_ERROR:

help: ## Say what make can do here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile
	@echo "PORT ($(PORT)) and SOSDIR_HOME ($(SOSDIR_HOME)) are honoured."

run: $(VENV)/.run ## Build the database from data/ and serve it on PORT
	@SOSDIR_HOME="$(SOSDIR_HOME)" $(VENV)/bin/sosdir load --if-empty
	@SOSDIR_HOME="$(SOSDIR_HOME)" PORT="$(PORT)" $(VENV)/bin/sosdir serve

setup: $(VENV)/.dev ## Set up all that run, test and check need
	@sh deploy/setup/browser.sh >/dev/null
	@SOSDIR_HOME="$(SOSDIR_HOME)" $(VENV)/bin/sosdir load --if-empty

test: $(VENV)/.test $(VENV)/.cluster ## Run every test, with coverage
	@browser=$$(sh deploy/setup/browser.sh) && \
	SOSDIR_CHROMIUM="$$browser" PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 \
	$(PYTHON) -m pytest -n auto --dist loadfile --no-loadscope-reorder --cov $(NO_SKIPS)
	@$(PYTHON) -m pytest -q -s -m "load or cluster" $(NO_SKIPS) $(ALONE)

check: lint test ## Do what CI does: format, lint, types, tests

lint: $(VENV)/.dev ## Check format, lint and types
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy

bench: $(VENV)/.test $(VENV)/.cluster ## Measure speed, growth and memory beside others, and pages in a browser
	@sh deploy/setup/wrk.sh
	@browser=$$(sh deploy/setup/browser.sh) && \
	SOSDIR_CHROMIUM="$$browser" $(PYTHON) -m tests.bench

load: $(VENV)/.test $(VENV)/.cluster ## Measure slow visitors, twice the load, lost machines; write docs/benchmark.md
	SOSDIR_LOAD_SECONDS=30 SOSDIR_MEASURED=1 \
	$(PYTHON) -m pytest -q -s -m "load or cluster" $(ALONE)

pictures: $(VENV)/.test ## Take the pictures of the docs anew
	@browser=$$(sh deploy/setup/browser.sh) && \
	SOSDIR_PICTURES=1 SOSDIR_CHROMIUM="$$browser" \
	$(PYTHON) -m pytest -q tests/browser/test_admin_guide.py \
	tests/browser/test_nine_languages.py -k 'guide or pictured'

cluster: $(VENV)/.cluster ## Serve from a writer, a store, two readers and a proxy, here
	@SOSDIR_HOME="$(SOSDIR_HOME)/cluster/writer" $(VENV)/bin/sosdir load --if-empty
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" CLUSTER_HOME="$(abspath $(SOSDIR_HOME))/cluster" \
	CLUSTER_PORT="$(PORT)" honcho -f deploy/cluster/Procfile -d . start

test-cluster: $(VENV)/.test $(VENV)/.cluster ## Start the cluster, lose its machines one by one; serve a freeze
	$(PYTHON) -m pytest -q -m cluster tests/test_cluster.py tests/freezing/test_served.py

fuzz: $(VENV)/.fuzz ## Search for inputs that break a parser, SECONDS for each of TARGETS
	@for target in $(TARGETS); do \
	echo "$$target, for $(SECONDS) seconds"; \
	PYTHONPATH=. $(PYTHON) -m tests.fuzz $$target --seconds $(SECONDS) || exit; \
	done

lock: $(VENV)/.supply ## Pin every package of a run anew, with its hashes
	$(VENV)/bin/uv pip compile setup.cfg --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock" -o $(LOCK)

audit: $(VENV)/.supply ## Ask whether a locked package has a known advisory
	@sh deploy/supply/audit.sh $(VENV)/bin/pip-audit $(LOCK)

sbom: $(LOCKED)/.made ## List the locked packages, with who needs whom, as CycloneDX
	@$(PYTHON) deploy/supply/project.py > build/project.toml
	$(VENV)/bin/cyclonedx-py environment $(LOCKED)/bin/python --pyproject build/project.toml \
	--output-reproducible --spec-version 1.6 --output-format JSON --output-file deploy/sbom.json

licences: $(LOCKED)/.made ## Write the licences of the locked packages into docs/licences.md
	@$(VENV)/bin/pip-licenses --python $(LOCKED)/bin/python --format json --from mixed \
	--with-system > build/licences.json
	$(PYTHON) deploy/supply/licences.py < build/licences.json

clean: ## Remove what was built here, save the instance
	rm -rf $(VENV) build dist *.egg-info .coverage .coverage.* htmlcov
	rm -rf .fuzz .hypothesis .mypy_cache .pytest_cache .ruff_cache

# Each stamp says that the packages of its kind are installed as setup.cfg declares them.
# dev holds test, and test holds run.

$(VENV)/.made:
	@sh deploy/setup/python.sh $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made $(DECLARED)
	@echo "Installing what sosdir needs…"
	@$(INSTALL) . || $(NO_PACKAGES)
	@touch $@

$(VENV)/.cluster: $(VENV)/.made $(DECLARED)
	@echo "Installing what several machines on one need…"
	@$(INSTALL) ".[cluster]" || $(NO_PACKAGES)
	@touch $(VENV)/.run $@

$(VENV)/.test: $(VENV)/.made $(DECLARED)
	@echo "Installing what sosdir and its tests need…"
	@$(INSTALL) ".[test]" || $(NO_PACKAGES)
	@touch $(VENV)/.run $@

$(VENV)/.fuzz: $(VENV)/.test
	@echo "Installing the fuzzer…"
	@$(INSTALL) ".[test,fuzz]" || $(NO_PACKAGES)
	@touch $@

$(VENV)/.supply: $(VENV)/.made $(DECLARED)
	@echo "Installing what locks and lists packages…"
	@$(INSTALL) ".[supply]" || $(NO_PACKAGES)
	@touch $(VENV)/.run $@

$(LOCKED)/.made: $(VENV)/.supply $(LOCK)
	@echo "Making an environment of the locked packages…"
	@$(VENV)/bin/uv venv --quiet --clear --python $(PYTHON) $(LOCKED)
	@$(VENV)/bin/uv pip install --quiet --python $(LOCKED)/bin/python --require-hashes \
	-r $(LOCK) || $(NO_PACKAGES)
	@touch $@

$(VENV)/.dev: $(VENV)/.made $(DECLARED)
	@echo "Installing what sosdir, its tests and its checks need…"
	@$(INSTALL) ".[dev]" || $(NO_PACKAGES)
	@touch $(VENV)/.run $(VENV)/.test $@
