# make run    builds the server and starts it in .run/, with an example to paste
# make test   builds everything and runs the whole test suite
# make check  what must hold of the sources without running them
# make check-long  make test, then the suites under the thread and address sanitizers

SWIFT ?= swift
PYTHON ?= python3
ROOT := $(patsubst %/,%,$(dir $(realpath $(firstword $(MAKEFILE_LIST)))))
BUILD = $(SWIFT) build --package-path $(ROOT) --explicit-target-dependency-import-check error
SERVER = .build/release/messaging-server
VENVS = .venv/269 .venv/223 .venv/process
PYTEST = MESSAGING_SERVER=$(CURDIR)/$(SERVER) MESSAGING_SERVER_RELEASE=$(CURDIR)/$(SERVER)

.PHONY: run test check check-long clean system debug release

run: release
	@Scripts/run.sh $(SERVER)

test: debug release $(VENVS:%=%/.installed)
	$(SWIFT) test --skip-build
	$(PYTEST) .venv/269/bin/python -m pytest -q Tests/conformance/test_sdk_*.py
	$(PYTEST) .venv/223/bin/python -m pytest -q Tests/conformance/test_sdk_*.py
	$(PYTEST) .venv/process/bin/python -m pytest -q Tests/conformance/test_wire_*.py Tests/conformance/test_process_*.py Tests/conformance/test_readme.py

check:
	Scripts/check.sh

check-long: test
	$(SWIFT) test --sanitize=thread --scratch-path .build-thread
	$(SWIFT) test --sanitize=address --scratch-path .build-address

debug: system
	$(BUILD) --build-tests

release: system
	$(BUILD) -c release --product messaging-server

system:
	@Scripts/install-system-packages.sh

.venv/%/.installed: Tests/conformance/requirements-%.txt | system
	$(PYTHON) -m venv --clear $(@D)
	$(@D)/bin/pip install -q --disable-pip-version-check -r $<
	touch $@

clean:
	rm -rf .build .build-thread .build-address .venv .run
