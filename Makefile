# Everything needs only make and a Python of at least 3.11. Nothing needs root, and after "setup" nothing needs a network.
# Paths are relative, so that the folder may have any name. README.md spells the same commands out for PowerShell.

PYTHON  ?= $(firstword $(foreach name,python3 python3.11 python3.12 python3.13 python3.14,$(shell \
	$(name) -c 'import sys; print("$(name)" if sys.version_info >= (3, 11) else "")' 2>/dev/null)))
WORKERS ?= auto
venv    := .venv/bin/python
stamp   := .venv/ready
tests   := -m pytest --numprocesses $(WORKERS) --dist worksteal
locale  := resources/translations
words   := $(patsubst %.po,%.mo,$(wildcard $(locale)/*/LC_MESSAGES/youpin.po))

.DEFAULT_GOAL := help
.PHONY: help setup run test coverage check lint types bench app words shots pictures

help: ## What can be done here
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(stamp) $(words) ## Make .venv with the locked dependencies and both programs in it

# One environment for all targets: what was tested is what runs.
$(stamp): requirements/develop.lock pyproject.toml
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or newer is needed. Install it, or name it: make PYTHON=/path/to/python3.11' >&2; exit 1; }
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo '$(PYTHON) is older than 3.11. Name a newer one: make PYTHON=/path/to/python3.11' >&2; exit 1; }
	'$(PYTHON)' -m venv .venv
	$(venv) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/develop.lock
	$(venv) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(stamp)

%.mo: %.po | $(stamp)
	@$(venv) -m babel.messages.frontend --quiet compile --input-file $< --output-file $@

run: setup ## Open the program on the sample campaign; without a display, tell its story and save screenshots
	$(venv) -m ui.main --sample

test: setup ## Run every test, in random order, on all processors; ARGS=tests/unit runs some
	$(venv) $(tests) $(ARGS)

# Watching every branch costs about three quarters of the tests' time once more, so it is not part of each run.
coverage: setup ## Run every test and write into output/coverage what none of them runs; less than the floor fails
	$(venv) $(tests) --cov --cov-report=html:output/coverage $(ARGS)

check: lint types ## Format, lint, import contract, and types for Linux, Windows and macOS

lint: setup
	$(venv) -m ruff format --check
	$(venv) -m ruff check
	.venv/bin/lint-imports --no-logo

types: setup
	@for system in linux win32 darwin; do \
		echo "types on $$system"; \
		$(venv) -m mypy --platform $$system --cache-dir .mypy_cache/$$system || exit 1; \
	done

bench: setup ## Measure the program against its floors
	$(venv) -m tests.bench $(ARGS)

app: setup ## Build the frozen program into dist/
	$(venv) -m PyInstaller --noconfirm --log-level WARN build.spec

words: setup ## Bring the catalogues up to date with the sources
	$(venv) -m tests.support.catalogue
	$(venv) -m tests.support.help_sentences

pictures: setup ## Take the pictures of the help anew, on a sample campaign
	QT_QPA_PLATFORM=offscreen $(venv) -m ui.help.pictures

shots: setup ## Tell the sample's story without a display, with a screenshot of each screen
	QT_QPA_PLATFORM=offscreen $(venv) -m ui.main --sample
