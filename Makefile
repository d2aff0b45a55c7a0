# make run    builds the server without optimization and starts it in .run/, with an example to paste
# make messaging  builds the command line without optimization, .build/debug/messaging
# make release  builds the server and the command line for production, .build/release/messaging-server and .build/release/messaging
# make man    writes the manual pages of the command line in .build/man/man1
# make test   builds everything and runs the whole test suite
# make check  what must hold of the sources without running them
# make openapi  writes openapi.json from the declarations of the operations
# make docs   builds the documentation of the libraries in .build/plugins/Swift-DocC/outputs; a warning fails it
# make bench  measures the server beside others, see Benchmarks/README.md; QUICK=1 takes a fifth of the time
# make compare OLD=PROGRAM  compares the server with an older build of it: allocations, system calls and CPU of a request
# make check-long  what takes longer than make test may: the suites under the thread and address sanitizers, a million fuzzed requests,
#                  a build without TLS, the tests of the API on PostgreSQL, and ten minutes of attacks
# make check-slice  one of six slices of make check-long, selected by the time of the commit; SLICE=1 to SLICE=6 selects another

SWIFT ?= swift
PYTHON ?= python3
ROOT := $(patsubst %/,%,$(dir $(realpath $(firstword $(MAKEFILE_LIST)))))
BUILD = $(SWIFT) build --package-path $(ROOT) --explicit-target-dependency-import-check error
SERVER = .build/release/messaging-server
CLI = .build/release/messaging
UNOPTIMIZED = .build/debug/messaging-server
# The library of TLS takes a third of a first build. It is left out of `make run` until something else has built it, or a certificate is given.
WITHOUT_TLS = $(if $(MESSAGING_TLS_CERTIFICATE)$(wildcard .build/debug/Modules/NIOSSL.swiftmodule),,--traits Server)
DOCUMENTED = MessagingSDK MessagingContract MessagingDecisions MessagingTesting StrictJSON
VENVS = .venv/269 .venv/223 .venv/process .venv/schemathesis .venv/terraform .venv/openapi
# Each runs alone; the longest come first.
SUITES = test-swift test-process test-relay test-269 test-223 test-postgres test-terraform test-schema test-openapi
# What a release is built from; nothing without git.
COMMIT := $(shell git -C '$(ROOT)' describe --always --dirty --abbrev=12 --exclude='*' 2>/dev/null)
TIMED = Scripts/timed.sh
# Wide, so that the last lines name a failed test and its assertion.
PYTEST = COLUMNS=240 SWIFT=$(SWIFT) MESSAGING_SERVER=$(CURDIR)/$(SERVER) MESSAGING_SERVER_RELEASE=$(CURDIR)/$(SERVER) MESSAGING_CLI=$(CURDIR)/$(CLI) MESSAGING_SNIPPETS=$(CURDIR)/.build/debug MESSAGING_COMMIT=$(COMMIT)
# Through the Swift SDK too, but for the test that waits a minute.
RELAYED = MESSAGING_RELAY=$(CURDIR)/.build/debug/sdk-relay $(PYTEST)
THREAD = --sanitize=thread --scratch-path .build-thread
ADDRESS = --sanitize=address --scratch-path .build-address
# Which tests `make thread` and `make address` run, as options of `swift test`.
TESTS ?=
FUZZ_REQUESTS ?= 1000000
SOAK_SECONDS ?= 600
# Each takes at most a quarter of an hour on two slow processors, so the last two do less than `make check-long`.
SLICE_1 = thread TESTS='--filter MessagingServerTests'
SLICE_2 = thread TESTS='--skip MessagingServerTests'
SLICE_3 = address TESTS='--filter MessagingServerTests'
SLICE_4 = address TESTS='--skip MessagingServerTests'
SLICE_5 = without-tls long-fuzz FUZZ_REQUESTS=250000
SLICE_6 = api-postgres attacks SOAK_SECONDS=120
SLICE ?= $(shell echo $$(($(or $(shell git -C '$(ROOT)' log -1 --format=%ct 2>/dev/null),0) % 6 + 1)))
WAITING = Tests/conformance/test_sdk_identity.py::test_the_sdk_retries_429_with_retry_after

.PHONY: run messaging man python-sdk test $(SUITES) bench compare check check-long check-slice without-tls long-fuzz thread address api-postgres attacks openapi docs clean system system-test system-bench debug release

# What it builds of other packages is part of what `make debug` builds, with the same options, so that neither builds it again.
run:
	@[ -e $(UNOPTIMIZED) ] || echo "The first build takes $(if $(WITHOUT_TLS),five,eight) minutes of one processor: some $(if $(WITHOUT_TLS),three,four) minutes on two idle cores."
	@Scripts/install-system-packages.sh
	$(BUILD) --product messaging-server $(WITHOUT_TLS)
	@Scripts/run.sh $(UNOPTIMIZED)

messaging: system
	$(BUILD) --product messaging

python-sdk: .venv/269/.installed

# Two suites at a time, whose output comes when they end. The seconds of each part come last, and the closing lines of the test runners.
test:
	@$(TIMED) begin
	@+$(TIMED) packages $(MAKE) system-test $(VENVS:%=%/.installed)
	@+$(TIMED) debug $(MAKE) debug
	@+$(TIMED) release $(MAKE) release
	@+$(MAKE) -j2 --output-sync=target $(SUITES)
	@$(TIMED) report

test-swift:
	@$(TIMED) swift env SWIFT=$(SWIFT) Scripts/swift-test.sh --skip-build
	@$(TIMED) fuzz env FUZZ_REQUESTS=100000 SWIFT=$(SWIFT) Scripts/swift-test.sh --skip-build --filter FuzzTests

test-269:
	@$(TIMED) 269 env $(PYTEST) .venv/269/bin/python -m pytest -q Tests/conformance/test_sdk_*.py

test-relay:
	@$(TIMED) relay env $(RELAYED) .venv/269/bin/python -m pytest -q -rfEP Tests/conformance/test_sdk_*.py Tests/conformance/test_relay.py --deselect $(WAITING)

test-223:
	@$(TIMED) 223 env $(PYTEST) .venv/223/bin/python -m pytest -q Tests/conformance/test_sdk_*.py

# The vendor's SDK again, on the other engine.
test-postgres:
	@$(TIMED) postgres env TEST_ENGINE=postgresql $(PYTEST) .venv/269/bin/python -m pytest -q Tests/conformance/test_sdk_*.py --deselect $(WAITING)

test-process:
	@$(TIMED) process env $(PYTEST) .venv/process/bin/python -m pytest -q Tests/conformance/test_wire_*.py Tests/conformance/test_process_*.py Tests/conformance/test_documentation.py Tests/conformance/test_readme.py

test-terraform:
	@$(TIMED) terraform env $(PYTEST) .venv/terraform/bin/python -m pytest -q Tests/conformance/test_terraform.py Tests/conformance/test_terraform_files.py

test-schema:
	@$(TIMED) schema env $(PYTEST) .venv/schemathesis/bin/python -m pytest -q -rfEP Tests/conformance/test_schema.py

test-openapi:
	@$(TIMED) openapi env $(PYTEST) .venv/openapi/bin/python -m pytest -q Tests/conformance/test_openapi_clients.py

check:
	Scripts/check.sh

# The attacks come last, with nothing beside them, since they measure time.
check-long: debug release .venv/process/.installed without-tls
	$(MAKE) -j2 --output-sync=target thread address long-fuzz
	$(MAKE) api-postgres
	$(MAKE) attacks

check-slice:
	@echo "Slice $(SLICE) of make check-long: $(SLICE_$(SLICE))"
	$(MAKE) $(SLICE_$(SLICE))

attacks: release .venv/process/.installed
	SOAK_SECONDS=$(SOAK_SECONDS) $(PYTEST) .venv/process/bin/python -m pytest -q Tests/conformance/test_soak.py

# One test after the other: all at once they are too slow for each other's time limits.
thread: system-test
	$(SWIFT) build --package-path $(ROOT) --build-tests $(THREAD)
	TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/Sanitizers/thread.txt SWIFT=$(SWIFT) Scripts/swift-test.sh --skip-build $(THREAD) --no-parallel $(TESTS)

# What Swift keeps for as long as the process lives looks like a leak.
address: system-test
	$(SWIFT) build --package-path $(ROOT) --build-tests $(ADDRESS)
	ASAN_OPTIONS=detect_leaks=0 SWIFT=$(SWIFT) Scripts/swift-test.sh --skip-build $(ADDRESS) --no-parallel $(TESTS)

# Nothing else builds the server as a first `make run` does.
without-tls: system
	$(BUILD) --product messaging-server --traits Server --scratch-path .build-without-tls
	Scripts/check-without-tls.sh .build-without-tls/debug/messaging-server

# One test after the other, since they share a store. What the embedded engine alone does at once is counted there only.
api-postgres: debug system-test
	TEST_ENGINE=postgresql SWIFT=$(SWIFT) Scripts/swift-test.sh --skip-build --no-parallel --filter MessagingServerTests --skip FuzzTests --skip AllocationTests

long-fuzz: debug system-test
	FUZZ_REQUESTS=$(FUZZ_REQUESTS) SWIFT=$(SWIFT) Scripts/swift-test.sh --skip-build --filter FuzzTests

compare: release system-bench
	$(PYTHON) Benchmarks/compare/compare.py $(OLD) $(SERVER) $(ROUNDS)

bench: release system-bench .venv/bench/.installed
	MESSAGING_COMMIT=$(COMMIT) $(BUILD) -c release --product messaging-bench
	QUICK=$(QUICK) ONLY="$(ONLY)" SWIFT=$(SWIFT) $(PYTHON) Benchmarks/bench.py

openapi: release
	$(SERVER) openapi > openapi.json

docs: system
	MESSAGING_DOCUMENTATION=1 $(SWIFT) package --package-path $(ROOT) generate-documentation $(DOCUMENTED:%=--target %) \
		--warnings-as-errors

debug: system
	$(BUILD) --build-tests

release: system
	MESSAGING_COMMIT=$(COMMIT) $(BUILD) -c release --product messaging-server
	MESSAGING_COMMIT=$(COMMIT) $(BUILD) -c release --product messaging

man: release
	$(PYTHON) Scripts/manual.py $(CLI) .build/man/man1

system:
	@Scripts/install-system-packages.sh

system-test: system
	@Scripts/install-system-packages.sh test

system-bench: system
	@Scripts/install-system-packages.sh bench

define install-venv
$(PYTHON) -m venv --clear $(@D)
$(@D)/bin/pip install -q --disable-pip-version-check -r $<
touch $@
endef

.venv/%/.installed: Tests/conformance/requirements-%.txt | system
	$(install-venv)

.venv/bench/.installed: Benchmarks/peers/requirements.txt | system
	$(install-venv)

clean:
	rm -rf .build .build-consumer .build-thread .build-address .build-without-tls .venv .run
