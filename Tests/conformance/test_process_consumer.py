"""A package that uses the Swift SDK and nothing else of this one."""

import json
import subprocess
from pathlib import Path

import pytest

import conformance
import consumer

ROOT = Path(__file__).resolve().parents[2]
SCRATCH = ROOT / ".build-consumer"
#: The dependencies of the SDK itself. On Linux AsyncHTTPClient brings its own: swift-configuration and, through NIO's extras,
#: swift-service-lifecycle among them.
DEPENDENCIES = {"swift-http-types", "swift-log", "swift-metrics", "async-http-client", "swift-nio", "swift-nio-ssl"}
ONLY_OF_THE_SERVER = {"grdb.swift", "hummingbird", "swift-argument-parser"}
#: Beginnings of the symbols of modules that only the server has, and names of its libraries.
TRACES = [b"$s4GRDB", b"$s15HummingbirdCore", b"$s14ArgumentParser", b"$s16ServiceLifecycle", b"$s13MessagingCore",
          b"$s15MessagingServer", b"sqlite3_open", b"PQconnect"]


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return consumer.write(tmp_path_factory.mktemp("consumer"))


@pytest.fixture(scope="module")
def program(package):
    """The program, built, with products that the next run may use again."""
    consumer.swift("build", package=package, scratch=SCRATCH)
    return consumer.program(package, SCRATCH)


def below(dependency):
    """All packages below one, by identity."""
    found = {inner["identity"] for inner in dependency["dependencies"]}
    return found.union(*(below(inner) for inner in dependency["dependencies"]))


def test_a_consumer_of_the_sdk_resolves_nothing_of_the_server(package):
    [platform] = json.loads(consumer.swift(
        "package", "show-dependencies", "--format", "json", package=package, scratch=SCRATCH))["dependencies"]
    assert platform["name"] == "messaging-platform"
    assert {dependency["identity"] for dependency in platform["dependencies"]} == DEPENDENCIES
    assert not below(platform) & ONLY_OF_THE_SERVER
    resolved = {pin["identity"] for pin in json.loads((package / "Package.resolved").read_text())["pins"]}
    assert "async-http-client" in resolved and not resolved & ONLY_OF_THE_SERVER
    checkouts = {folder.name.lower() for folder in (SCRATCH / "checkouts").iterdir()}
    assert "async-http-client" in checkouts and not checkouts & ONLY_OF_THE_SERVER


def test_a_consumer_of_the_sdk_contains_nothing_of_the_server(program):
    content, server = program.read_bytes(), Path(conformance.binary("MESSAGING_SERVER")).read_bytes()
    assert b"$s12MessagingSDK" in content
    assert b"$s13MessagingCore" in server and b"sqlite3_open" in server
    assert [trace for trace in TRACES if trace in content] == []
    libraries = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    assert "libFoundation" in libraries
    assert "libsqlite3" not in libraries and "libpq" not in libraries


def test_a_consumer_of_the_sdk_lists_settings(program, server):
    tenant = conformance.Tenant(server)
    caller = tenant.caller()
    for name in ("Second", "First"):
        assert caller.post(f"{conformance.SUCCESSOR}/settings", {"name": name}).status == 200
    done = subprocess.run(
        [program], capture_output=True, text=True, timeout=conformance.PATIENCE,
        env={"SERVER_URL": server.url, "ID": tenant.client["id"], "SECRET": tenant.client["secret"]})
    assert (done.returncode, done.stdout) == (0, "First 1\nSecond 1\n"), done.stderr
