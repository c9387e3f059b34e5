# Everything a person types. Needs only make and Python 3.11; `make` alone lists the commands.
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
GUIYAN := .venv/bin/guiyan
.PHONY: help setup demo test lint lock clean

help:
	@echo "make setup          install everything (the next ones do it by themselves)"
	@echo "make demo           start the demo company in the browser; RESET=1 starts over; PORT=8080 moves it"
	@echo "make test           everything CI checks; ONLY=pytest,mypy runs some; ARGS=tests/recall goes to pytest"
	@echo "make lint           format the code and check it, without the tests"
	@echo "make lock           resolve the dependencies anew, with hashes and without addresses"
	@echo "make clean          remove what make made (RESET=1 also the data in var/)"

setup:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is missing. Run: sudo apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) scripts/setup.py

demo: setup
	@exec $(GUIYAN) demo $(if $(RESET),--reset) $(if $(PORT),--port $(PORT))

test: setup
	@exec .venv/bin/python scripts/check.py $(if $(ONLY),--only $(ONLY)) -- $(ARGS)

lint: setup
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix .
	@exec .venv/bin/python scripts/check.py --only types,contracts,migrations,translations,templates,sizes

lock: setup
	@.venv/bin/python scripts/lock.py

clean:
	@if [ -n "$(RESET)" ] && [ -x $(GUIYAN) ]; then $(GUIYAN) db remove --yes; rm -rf var; fi
	@rm -rf .venv node_modules guiyan/static/vendor .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
