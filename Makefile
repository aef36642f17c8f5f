# Everything runs on a bare machine with Python 3.11 to 3.13: the first target makes its own environment.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: demo test lint docs bench clean

demo: $(READY)
	$(BIN)/foedus analyze syria-2016 --report syria-2016.html

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sphinx-build -q -W -b html docs docs/_build/html

docs: $(READY)
	$(BIN)/sphinx-build -q -W -b html docs docs/_build/html

bench: $(READY)
	$(BIN)/python -m pytest -m slow
	$(BIN)/python -m benchmarks $(if $(DATA),--data '$(DATA)')

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade -c constraints.txt pip
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	touch $(READY)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache docs/_build
