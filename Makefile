# `make run` is all that a fresh machine needs: it makes .venv, installs what is locked, and starts everything.
SHELL := /bin/bash
.DEFAULT_GOAL := run
.PHONY: run test check vision bench install install-dev system clean

VENV := .venv
PYTHON = $(shell for name in python3 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)

# Installs a lock file, then this project itself; does nothing when the lock and the place are those of the last time.
# $(1) is the lock, $(2) the stamp that remembers it. The lock holds setuptools too, so nothing unlocked is fetched.
define install
	@set -o pipefail; \
	stamp="$$( (pwd; cat $(1) pyproject.toml) | sha256sum)"; \
	if [ "$$stamp" = "$$(cat $(VENV)/$(2) 2>/dev/null)" ]; then exit 0; fi; \
	printf 'Pakketten installeren '; begin=$$SECONDS; log=$(VENV)/install.log; \
	pip=($(VENV)/bin/python -m pip --disable-pip-version-check --no-input install); \
	if { "$${pip[@]}" --require-hashes -r $(1) && "$${pip[@]}" --no-deps --no-build-isolation -e .; } 2>&1 | \
		tee "$$log" | \
		while read -r word _; do if [ "$$word" = Collecting ]; then printf .; fi; done; \
	then echo "$$stamp" > $(VENV)/$(2); echo " klaar ($$((SECONDS - begin)) s)"; \
	else echo ' mislukt'; cat "$$log"; exit 1; fi
endef

run: install
	@exec $(VENV)/bin/gemeente run

test: system check
	@$(VENV)/bin/python -m pytest --junitxml=test-results/tests.xml

# What needs no database and no browser: lint, format, types, and the contracts between the rooms.
check: install-dev
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@GEMEENTE_SECRET_KEY=types DATABASE_URL=postgresql://types/types $(VENV)/bin/mypy gemeente tests conftest.py
	@$(VENV)/bin/lint-imports

vision: install
	@$(VENV)/bin/gemeente vision

# The tests drive a real browser and a real IMAP server. Without the right to install them, say which they are and stop.
system:
	@missing=; for package in $$(cat requirements/system.txt); do \
		dpkg-query -W -f '$${Status}' "$$package" 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then root=; elif sudo -n true 2>/dev/null; then root='sudo -n'; else \
		echo "Voor de tests is nodig: sudo apt-get install$$missing"; exit 1; fi; \
	printf 'Systeempakketten installeren:%s … ' "$$missing"; log=$$(mktemp); \
	if { $$root apt-get update && DEBIAN_FRONTEND=noninteractive $$root apt-get install -y --no-install-recommends $$missing; } > "$$log" 2>&1; \
	then echo klaar; else echo mislukt; cat "$$log"; exit 1; fi

install: $(VENV)/bin/pip
	$(call install,requirements/run.txt,run.stamp)

install-dev: install
	$(call install,requirements/dev.txt,dev.stamp)

$(VENV)/bin/pip:
	@if [ -z "$(PYTHON)" ]; then \
		echo 'Nodig is Python 3.11 of nieuwer. Op Debian of Ubuntu: sudo apt-get install python3 python3-venv'; exit 1; fi
	@printf 'Python-omgeving maken … '; \
	if said="$$($(PYTHON) -m venv --clear $(VENV) 2>&1)"; then echo klaar; \
	else echo mislukt; echo "$$said"; echo 'Op Debian of Ubuntu helpt: sudo apt-get install python3-venv'; exit 1; fi

clean:
	@rm -rf $(VENV) build *.egg-info .stamps .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo 'Opgeruimd. De map data met gegevens is gebleven.'
