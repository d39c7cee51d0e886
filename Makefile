# `make demo` and `make test` set everything up themselves, in .venv.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
SHELL := /bin/bash -o pipefail
# pip says little or everything; this shows which package it is at.
BRIEFLY := sed -u -n -E 's/^ *(Collecting|Building wheel for) ([A-Za-z0-9_.-]+).*/  \2/p; /^(ERROR|error)/p'

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	--custom-compile-command "make lock"
# With setuptools there already, nothing that is not locked is fetched to build a package.
LOCKED := --progress-bar off --require-hashes --no-deps --no-build-isolation --use-pep517

.PHONY: help demo test test-slow check format packages test-training lock clean

help:            ## list these
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/ —/'

demo: .venv/installed  ## crawl and process a small newsroom on this machine; leaves demo.db
	@$(BIN)/triwire demo

test: .venv/developing  ## run the tests
	$(BIN)/python -m pytest

test-slow: .venv/developing  ## run the tests that take long: kills, full disks, interruptions
	$(BIN)/python -m pytest -m slow

check: .venv/developing  ## lint and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy

format: .venv/developing  ## put imports and lines in order
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

# The corpora are not part of the repository: training/README.md says what they are.
CORPORA ?= ../shared/mt
packages: .venv-training/installed  ## train the starter packages anew, on a GPU or for two and a half hours on a CPU
	.venv-training/bin/python -m training.build --corpora $(CORPORA) $(if $(MINUTES),--minutes $(MINUTES))

test-training: .venv-training/installed  ## run the tests of the training recipe, which need torch
	.venv-training/bin/python -m pytest tests/training

.venv-training/installed: training/requirements.in requirements-build.txt requirements.txt
	@echo "Making an environment for training in .venv-training (torch is large) ..."
	@$(PYTHON) -m venv .venv-training
	@.venv-training/bin/python -m pip install --quiet --require-hashes --no-deps -r requirements-build.txt
	@.venv-training/bin/python -m pip install $(LOCKED) -r requirements.txt | $(BRIEFLY)
	@.venv-training/bin/python -m pip install --progress-bar off -r training/requirements.in | $(BRIEFLY)
	@touch $@

lock:            ## renew requirements*.txt from pyproject.toml (needs uv)
	echo setuptools | $(LOCK) - -o requirements-build.txt
	$(LOCK) -c requirements-build.txt pyproject.toml -o requirements.txt
	$(LOCK) --extra dev -c requirements-build.txt -c requirements.txt pyproject.toml -o requirements-dev.txt

clean:           ## remove the environment and what the demo left
	rm -rf .venv .venv-training build *.egg-info demo.db demo.db-* demo.db.* demo-archive

.venv/bin/python:
	@echo "Making an environment in .venv ..."
	@$(PYTHON) -m venv .venv

# Everything is checked against its hash; the project itself is linked, not copied.
.venv/installed: requirements-build.txt requirements.txt pyproject.toml | .venv/bin/python
	@echo "Installing triwire and what it needs (once; a minute or two) ..."
	@$(PIP) install --quiet --require-hashes --no-deps -r requirements-build.txt
	@$(PIP) install $(LOCKED) -r requirements.txt | $(BRIEFLY)
	@PYTHONWARNINGS=ignore $(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/developing: requirements-dev.txt .venv/installed
	@echo "Installing what the tests need ..."
	@$(PIP) install $(LOCKED) -r requirements-dev.txt | $(BRIEFLY)
	@touch $@
