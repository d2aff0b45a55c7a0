# make run    builds the server and starts it in .run/, with an example to paste
# make test   builds everything and runs the whole test suite
# make check  what must hold of the sources without running them
# make openapi  writes openapi.json from the declarations of the operations
# make check-long  make test, then the suites under the thread and address sanitizers

SWIFT ?= swift
PYTHON ?= python3
ROOT := $(patsubst %/,%,$(dir $(realpath $(firstword $(MAKEFILE_LIST)))))
BUILD = $(SWIFT) build --package-path $(ROOT) --explicit-target-dependency-import-check error
SERVER = .build/release/messaging-server
VENVS = .venv/269 .venv/223 .venv/process .venv/schemathesis
PYTEST = SWIFT=$(SWIFT) MESSAGING_SERVER=$(CURDIR)/$(SERVER) MESSAGING_SERVER_RELEASE=$(CURDIR)/$(SERVER)
# Through the Swift SDK too, but for the test that waits a minute.
RELAYED = MESSAGING_RELAY=$(CURDIR)/.build/debug/sdk-relay $(PYTEST)
WAITING = Tests/conformance/test_sdk_identity.py::test_429_with_retry_after_is_retried_by_the_sdk_unseen

.PHONY: run test check check-long openapi clean system debug release

run: release
	@Scripts/run.sh $(SERVER)

test: debug release $(VENVS:%=%/.installed)
	SWIFT=$(SWIFT) Scripts/swift-test.sh --skip-build
	$(PYTEST) .venv/269/bin/python -m pytest -q Tests/conformance/test_sdk_*.py
	$(RELAYED) .venv/269/bin/python -m pytest -q -rP Tests/conformance/test_sdk_*.py Tests/conformance/test_relay.py --deselect $(WAITING)
	$(PYTEST) .venv/223/bin/python -m pytest -q Tests/conformance/test_sdk_*.py
	$(PYTEST) .venv/process/bin/python -m pytest -q Tests/conformance/test_wire_*.py Tests/conformance/test_process_*.py Tests/conformance/test_readme.py
	$(PYTEST) .venv/schemathesis/bin/python -m pytest -q -rP Tests/conformance/test_schema.py

check:
	Scripts/check.sh

check-long: test
	SWIFT=$(SWIFT) Scripts/swift-test.sh --sanitize=thread --scratch-path .build-thread
	SWIFT=$(SWIFT) Scripts/swift-test.sh --sanitize=address --scratch-path .build-address

openapi: release
	$(SERVER) openapi > openapi.json

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
	rm -rf .build .build-consumer .build-thread .build-address .venv .run
