# The front door. Plain `make` lists what it can do.

PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)

ifeq ($(UV),)
make_venv = $(PYTHON) -m venv --clear $(VENV)
install = $(BIN)/python -m pip install --quiet --disable-pip-version-check
else
make_venv = $(UV) venv --quiet --clear --python $(PYTHON) $(VENV)
install = $(UV) pip install --quiet --python $(BIN)/python
endif
install_pins = $(install) --only-binary :all: --require-hashes --requirement

compile = uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make pins" pyproject.toml --group build

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check format coverage bench docs transcripts pins clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.project  ## install what is needed, then forecast the bundled contest
	@$(BIN)/realpolitik demo $(ARGS)

test: $(VENV)/.dev  ## run the tests and the examples in docstrings (ARGS="-k words" to choose)
	$(BIN)/pytest -p no:benchmark -n auto --dist worksteal $(ARGS)

check: $(VENV)/.dev  ## lint, formatting, types, and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict src
	$(BIN)/lint-imports

format: $(VENV)/.dev  ## mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

coverage: $(VENV)/.dev  ## run the tests and show the branches that no test takes
	$(BIN)/pytest -p no:benchmark --cov --cov-report=term-missing $(ARGS)

bench: $(VENV)/.dev  ## measure speed
	$(BIN)/pytest benchmarks --benchmark-only $(ARGS)

docs: $(VENV)/.docs  ## build the documentation into site/
	$(BIN)/mkdocs build --strict

transcripts: $(VENV)/.project  ## run the commands that README and the documentation show, and put their output there
	$(BIN)/python docs/transcripts.py

pins:  ## choose new versions for requirements/*.txt (needs uv)
	@command -v uv >/dev/null || { echo "make pins needs uv on the PATH." >&2; exit 1; }
	$(compile) --output-file requirements/core.txt
	$(compile) --group dev --constraint requirements/core.txt --output-file requirements/dev.txt
	$(compile) --group docs --constraint requirements/dev.txt --output-file requirements/docs.txt

clean:  ## remove the environment, caches and everything built
	rm -rf $(VENV) build dist site .coverage .benchmarks .hypothesis
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find src tests benchmarks -type d -name __pycache__ -prune -exec rm -rf {} +

# Each stamp is as new as the last installation from the file that it names.

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Realpolitik needs Python 3.11 or newer as '$(PYTHON)'; name another: make PYTHON=python3.12" >&2; exit 1; }
ifeq ($(UV),)
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "'$(PYTHON)' has no venv module. On Debian and Ubuntu: sudo apt-get install python3-venv; then make again." >&2; \
		exit 1; }
endif
	@$(make_venv)

$(VENV)/.core: requirements/core.txt $(VENV)/pyvenv.cfg
	@echo "Installing the pinned packages into $(VENV) (once; a minute or two) …"
	@$(install_pins) $<
	@touch $@

$(VENV)/.project: pyproject.toml $(VENV)/.core
	@$(install) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.project
	@echo "Installing the development tools into $(VENV) (once) …"
	@$(install_pins) $<
	@touch $@

$(VENV)/.docs: requirements/docs.txt $(VENV)/.project
	@echo "Installing the documentation tools into $(VENV) (once) …"
	@$(install_pins) $<
	@touch $@
