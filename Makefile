# Six verbs: serve, test, lint, bench, lock, clean. Each makes what it stands on.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
.DEFAULT_GOAL := help

.PHONY: help serve test lint bench lock clean

help:
	@echo "make serve   the demo newsroom on http://127.0.0.1:$(PORT)/"
	@echo "make test    the whole suite on SQLite and PostgreSQL, and in a browser where there is one"
	@echo "make lint    style, imports, templates, migrations, deployment checks"
	@echo "make bench   the measurements"
	@echo "make lock    new lock files"
	@echo "make clean   takes away .venv (never var/)"

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; call make PYTHON=python3.11 …")'
	@$(PYTHON) -m venv $(VENV)

# uv where it can be had, because it is fast; plain pip otherwise. Both check every hash.
define install
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements-uv.lock \
	  && $(VENV)/bin/uv pip install -q --system-certs --python $(PY) --require-hashes -r $(1) 2>/dev/null \
	  || $(PY) -m pip install -q --disable-pip-version-check --require-hashes -r $(1)
endef

$(RUNTIME): requirements.lock | $(PY)
	@echo "Installing what requirements.lock names …"
	@$(call install,requirements.lock)
	@touch $@

$(DEV): requirements-dev.lock | $(PY)
	@echo "Installing what requirements-dev.lock names …"
	@$(call install,requirements-dev.lock)
	@touch $@ $(RUNTIME)

# The server takes the place of the shell, whose end ends the clock that delivers mail.
serve: $(RUNTIME)
	@$(PY) manage.py migrate --no-input --verbosity 0
	@$(PY) manage.py demo
	@echo "Site:  http://127.0.0.1:$(PORT)/"
	@echo "Admin: http://127.0.0.1:$(PORT)/admin/"
	@export PYTHONUNBUFFERED=1; $(PY) manage.py clock --watch 20 --beside $$$$ & \
	  exec $(PY) manage.py runserver --noreload 127.0.0.1:$(PORT)

test: $(DEV)
	@$(PY) -m tests.run

lint: $(DEV)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html' '*/templates/*.html')
	$(VENV)/bin/lint-imports
	$(PY) manage.py makemigrations --check --dry-run
	SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))') ALLOWED_HOSTS=newsroom.example \
	  $(PY) manage.py check --deploy --fail-level WARNING
	! grep -nE '://|--(extra-)?index-url|--find-links' requirements*.lock

bench: $(DEV)
	@$(PY) -m pytest tests/benchmarks -m benchmark -s -p no:cacheprovider

lock: $(DEV)
	$(VENV)/bin/uv pip compile pyproject.toml --universal --generate-hashes --no-header -q -o requirements.lock
	$(VENV)/bin/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-header -q -o requirements-dev.lock
	grep -A99 '^uv==' requirements-dev.lock | sed -n '1p;/^    --hash/p;/^[^ ]/{1!q}' > requirements-uv.lock
	! grep -nE '://|--(extra-)?index-url|--find-links' requirements*.lock

clean:
	rm -rf $(VENV)
