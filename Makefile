# `make demo` and `make test` do everything on a fresh machine: Python 3.11 or newer and make are all they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
SERVE_VENV := .venv-serve
SERVE_INSTALLED := $(SERVE_VENV)/.installed
ORACLES_VENV := .venv-oracles
ORACLES_INSTALLED := $(ORACLES_VENV)/.installed
TORCH ?= torch==2.13.0
# Says in words what a failing installation would say in pages.
NEW_ENOUGH := $(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Agon needs Python 3.11 or newer; name one: make demo PYTHON=python3.12")'

.PHONY: demo test test-slow test-oracles test-serving check format docs bench clean

demo: $(INSTALLED)  ## Play a tournament, print its leaderboard, make its site.
	$(BIN)/arena run examples/demo.toml --out demo/run
	$(BIN)/arena rank demo/run
	$(BIN)/arena site demo/run --out demo/site
	@echo
	@echo "Browse the leaderboard and every replay: open demo/site/index.html"
	@echo "Step through a match here:               $(BIN)/arena show demo/run 0"
	@echo "Play one yourself:                       $(BIN)/arena play tic_tac_toe --against mcts"

test: $(INSTALLED)  ## The whole suite but for the minutes-long parts.
	$(BIN)/python -m pytest -n 2 --dist worksteal

test-slow: $(INSTALLED)  ## Simulations and exhaustive trees, minutes long.
	$(BIN)/python -m pytest -m slow

test-oracles: $(ORACLES_INSTALLED)  ## Games, solvers and ratings against other libraries: OpenSpiel, evalica, choix.
	$(ORACLES_VENV)/bin/python -m pytest -m oracles tests/oracles

test-serving: $(SERVE_INSTALLED)  ## Matches of a real (tiny) language model behind a real server.
	$(SERVE_VENV)/bin/python -m pytest -m serving tests/serving

check: $(INSTALLED)  ## Formatting, lint, types, layers, doctests, generated pages.
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q --doctest-modules agents arena games leaderboard -m "not oracles and not serving and not slow"
	$(BIN)/python docs/generate.py --check

format: $(INSTALLED)  ## Format the code and mend what lint can mend.
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

docs: $(INSTALLED)  ## Write the generated reference pages anew.
	$(BIN)/python docs/generate.py

bench: $(INSTALLED)  ## Every benchmark; peers that are not installed are said to be missing.
	set -e; for script in benchmarks/*.py; do $(BIN)/python $$script; done

clean:  ## Remove environments and what the demo made.
	rm -rf $(VENV) $(ORACLES_VENV) $(SERVE_VENV) demo

$(INSTALLED): pyproject.toml constraints.txt tests/plugins/arena-coin-game/pyproject.toml
	@$(NEW_ENOUGH)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[dev]"
	$(BIN)/python -m pip install --quiet -c constraints.txt --no-deps -e tests/plugins/arena-coin-game
	touch $@

# torch first and by itself: asked for together with others it may come with a GPU stack of several gigabytes.
$(SERVE_INSTALLED): pyproject.toml constraints.txt
	@$(NEW_ENOUGH)
	$(PYTHON) -m venv $(SERVE_VENV)
	$(SERVE_VENV)/bin/python -m pip install --quiet "$(TORCH)"
	$(SERVE_VENV)/bin/python -m pip install --quiet -c constraints.txt -e ".[dev,serve]"
	touch $@

$(ORACLES_INSTALLED): pyproject.toml constraints.txt
	@$(NEW_ENOUGH)
	$(PYTHON) -m venv $(ORACLES_VENV)
	$(ORACLES_VENV)/bin/python -m pip install --quiet -c constraints.txt -e ".[dev,oracles]"
	touch $@
