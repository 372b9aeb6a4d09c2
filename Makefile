# Any Python from 3.10 to 3.13 has TensorFlow; `make run PYTHON=python3.12` picks one.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python3.10; do \
	$$python -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& { echo $$python; break; }; done)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test soak observable check docs bench size reproduce quantiles clean

run: $(VENV)/installed  ## set everything up and run config.json
	$(BIN)/python main.py

test: $(VENV)/installed-dev  ## run the tests
	$(BIN)/python -m pytest -n auto --dist loadfile

soak: $(VENV)/installed-dev  ## every promise of docs/promises.md at full length
	$(BIN)/python -m tests.soak

observable:  ## the packages of Observable, with which the tests run notebooks; Node 20.19 or later
	npm install --prefix tests/observable --no-package-lock --no-audit --no-fund

check: $(VENV)/installed-dev  ## style, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/installed-dev  ## write config.schema.json and the table of docs/config.md anew
	$(BIN)/python -m tools.reference

bench: $(VENV)/installed-bench  ## speed beside PyTorch, JAX, Keras and SciPy; writes docs/benchmarks.md
	$(BIN)/python -m benchmarks

size: $(VENV)/installed  ## what many pictures cost beside the training; draws docs/size.png
	$(BIN)/python -m tools.size_figure

clean:
	rm -rf $(VENV)

$(VENV)/installed: requirements.txt
	@test -n "$(PYTHON)" || { echo "No Python from 3.10 to 3.13 found; name one: make run PYTHON=…"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -r requirements.txt
	@touch $@

$(VENV)/installed-dev: pyproject.toml $(VENV)/installed
	$(BIN)/python -m pip install --editable '.[dev]'
	@touch $@

$(VENV)/installed-bench: pyproject.toml $(VENV)/installed
	$(BIN)/python -m pip install --editable '.[bench]'
	@touch $@

reproduce: $(VENV)/installed  ## every published result, five seeds each; goes on where it was stopped
	$(BIN)/python -m tools.reproduce

quantiles: $(VENV)/installed  ## twenty seeds of what the slides published; goes on where it was stopped
	$(BIN)/python -m tools.quantiles
