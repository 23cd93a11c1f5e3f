# Any Python 3.8 or newer starts the set-up; it then finds 3.11 and 3.10 itself.
ifndef PYTHON
PYTHON := $(shell for p in python3.11 python3.12 python3.13 python3 /usr/bin/python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null && echo $$p && break; done)
endif
DESK := .venv/bin/python
RASA := .venv-rasa/bin/python
PURELIB := import sysconfig; print(sysconfig.get_path('purelib'))

.PHONY: run test test-rasa test-training-data test-dialogue runtimes peers setup lint format clean

# Set up what is missing and start everything; one Ctrl-C stops it.
run: runtimes
	@.venv/bin/huashu run

# Set up what is missing, then every check and every test of both runtimes.
test: setup lint
	$(DESK) -m launch.npm test
	$(DESK) -m pytest -n 2 --dist loadscope --no-loadscope-reorder --ignore tests/bot --ignore tests/actions
	@$(MAKE) --no-print-directory -j 2 -O test-rasa test-training-data test-dialogue

# What `make test` does in the Rasa runtime, two at a time.
test-rasa:
	$(RASA) -m pytest tests/bot tests/actions
test-training-data:
	RASA_TELEMETRY_ENABLED=false $(RASA) -m rasa data validate --fail-on-warnings \
		--config config.yml --domain domain.yml --data data/nlu data/dialogue
test-dialogue:
	RASA_TELEMETRY_ENABLED=false $(RASA) -m rasa test core --stories tests/stories.yml --model var/models \
		--endpoints endpoints.yml --out var/rasa-test --no-plot --fail-on-prediction-errors

# Encoder, search index, Rasa model and panel, where they are missing or out of date.
setup: runtimes
	@.venv/bin/huashu setup

# Style and types; those of the panel where it has been set up.
lint: runtimes
	$(DESK) -m ruff check .
	$(DESK) -m ruff format --check .
	$(DESK) -m mypy
	@test ! -d panel/node_modules || $(DESK) -m launch.npm run lint

# Bring the code into the project's format.
format: runtimes
	$(DESK) -m ruff format .
	$(DESK) -m ruff check --fix .

# The two Python runtimes, from requirements/*.lock; costs nothing when they are there.
runtimes:
	@test -n "$(PYTHON)" || { echo "no Python 3.8 or newer found; install Python 3.11" >&2; exit 1; }
	@$(PYTHON) -m launch.bootstrap

# What `huashu bench peers` compares with, laid over .venv: a few megabytes of its own.
peers: runtimes
	$(DESK) -m venv .venv-peers
	@$(DESK) -c "$(PURELIB)" > "$$(.venv-peers/bin/python -c "$(PURELIB)")/huashu-main.pth"
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check \
		--no-deps --require-hashes -r requirements/peers.lock

# Forget everything that was built: runtimes, encoders, index, models, panel, logs.
clean:
	rm -rf panel/node_modules panel/src/api/openapi.json panel/src/api/schema.d.ts
	rm -rf .venv .venv-rasa .venv-peers .rasa .mypy_cache .ruff_cache .pytest_cache .hypothesis var
