"""Fixtures. The vendor's SDK is imported only by the fixtures that need it."""

import os

import pytest

pytest.register_assert_rewrite("canaries", "commandline", "conformance", "cutting_proxy", "faults", "gateways", "ledger", "pipelining", "postgres", "proxies", "relay",
                               "shared_load", "shells", "vendor")

import conformance  # noqa: E402
import postgres  # noqa: E402

#: Most servers log everything, so that the search of their logs for secrets is thorough.
TRACE = {"MESSAGING_LOG_LEVEL": "trace"}


@pytest.fixture(scope="session", autouse=True)
def no_secret_in_the_clear():
    """Fails the session after its last test if a secret of any test is found in the files or the output of the servers."""
    yield
    found = conformance.CANARIES.search()
    if found:
        pytest.fail("secrets in the clear: " + "; ".join(found[:10]), pytrace=False)


def pytest_terminal_summary(terminalreporter):
    terminalreporter.write_line(conformance.CANARIES.summary)


@pytest.fixture(scope="session", autouse=True)
def no_server_stays(no_secret_in_the_clear):
    """Ends the servers that failed tests left behind."""
    yield
    for process in conformance.STARTED:
        if process.poll() is None:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def serving():
    """Returns a running server on an empty database of the engine that TEST_ENGINE names, with its files in a folder."""
    engine = os.environ.get("TEST_ENGINE")
    if engine is None:
        yield lambda folder, extra=TRACE: conformance.serving(folder / "messaging.sqlite", conformance.bootstrap(extra))
        return
    assert engine == "postgresql", f"TEST_ENGINE is {engine}, which is no engine"
    with postgres.cluster() as cluster:
        yield lambda folder, extra=TRACE: postgres.serving(cluster.new_database(), folder, extra)


@pytest.fixture(scope="module")
def cluster():
    """A PostgreSQL cluster of the tests of a module."""
    with postgres.cluster() as running:
        yield running


@pytest.fixture
def address(cluster):
    """The address of an empty database."""
    return cluster.new_database()


@pytest.fixture(scope="session")
def server(serving, tmp_path_factory):
    """The server shared by tests that only look at objects of their own."""
    with serving(tmp_path_factory.mktemp("shared")) as running:
        yield running


@pytest.fixture
def fresh_server(serving, tmp_path):
    """A server on an empty database of its own."""
    with serving(tmp_path) as running:
        yield running


@pytest.fixture(scope="session")
def caller(server):
    return conformance.Caller(server, conformance.token(server))


@pytest.fixture
def tenant(server):
    """An organization of the shared server, for tests of defaults and whole listings."""
    return conformance.Tenant(server)


@pytest.fixture(params=list(conformance.FAMILIES))
def family_name(request):
    return request.param


@pytest.fixture
def prefix(family_name):
    return conformance.FAMILIES[family_name]


@pytest.fixture
def family(server, family_name):
    """The SDK's operations of one family against the shared server."""
    import vendor
    return vendor.Family(family_name, vendor.signed_in(server))


@pytest.fixture
def tenant_client(tenant):
    """An SDK client signed in to an organization of its own."""
    import vendor
    return vendor.signed_in(tenant.server, tenant.client["id"], tenant.client["secret"])


@pytest.fixture
def fresh_family(tenant_client, family_name):
    """The SDK's operations of one family on an organization of its own."""
    import vendor
    return vendor.Family(family_name, tenant_client)
