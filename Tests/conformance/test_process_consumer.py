"""A package that uses the Swift SDK and nothing else of this one."""

import json
import os
import subprocess
from pathlib import Path

import pytest

import conformance

ROOT = Path(__file__).resolve().parents[2]
BUILD_SECONDS = 1800
MANIFEST = """\
// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "consumer",
    dependencies: [.package(path: "%(path)s", traits: [])],
    targets: [
        .executableTarget(name: "consumer", dependencies: [.product(name: "MessagingSDK", package: "%(name)s")])
    ]
)
"""
MAIN = """\
import Foundation
import MessagingSDK

let environment = ProcessInfo.processInfo.environment
let client = MessagingClient(
    baseURL: URL(string: environment["SERVER_URL"] ?? "") ?? URL(filePath: "/"),
    credentials: .clientCredentials(id: environment["ID"] ?? "", secret: environment["SECRET"] ?? "")
)
for try await setting in client.settings.all() { print(setting.name, setting.version) }
"""
#: What the SDK asks for itself. On Linux AsyncHTTPClient brings its own: swift-configuration and, through NIO's extras,
#: swift-service-lifecycle among them.
DEPENDENCIES = {"swift-http-types", "swift-log", "swift-metrics", "async-http-client", "swift-nio"}
ONLY_OF_THE_SERVER = {"grdb.swift", "hummingbird", "swift-argument-parser"}
#: Beginnings of the symbols of modules that only the server has, and names of its libraries.
TRACES = [b"$s4GRDB", b"$s15HummingbirdCore", b"$s14ArgumentParser", b"$s16ServiceLifecycle", b"$s13MessagingCore",
          b"$s15MessagingServer", b"sqlite3_open", b"PQconnect"]


def swift(*arguments, package, timeout=BUILD_SECONDS):
    """Runs `swift` on the package, with build products that the next run may use again."""
    command, *rest = arguments
    done = subprocess.run(
        [os.environ.get("SWIFT", "swift"), command, "--package-path", package, "--scratch-path", ROOT / ".build-consumer",
         *rest],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout)
    assert done.returncode == 0, f"{arguments}: {done.stdout[-4000:]} {done.stderr[-4000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    package = tmp_path_factory.mktemp("consumer")
    sources = package / "Sources" / "consumer"
    sources.mkdir(parents=True)
    (package / "Package.swift").write_text(MANIFEST % {"path": ROOT, "name": ROOT.name})
    (sources / "main.swift").write_text(MAIN)
    return package


@pytest.fixture(scope="module")
def consumer(package):
    """The program, built."""
    swift("build", package=package)
    return Path(swift("build", "--show-bin-path", package=package).strip()) / "consumer"


def below(dependency):
    """All packages below one, by identity."""
    found = {inner["identity"] for inner in dependency["dependencies"]}
    return found.union(*(below(inner) for inner in dependency["dependencies"]))


def test_a_consumer_of_the_sdk_resolves_nothing_of_the_server(package):
    [platform] = json.loads(swift("package", "show-dependencies", "--format", "json", package=package))["dependencies"]
    assert platform["name"] == "messaging-platform"
    assert {dependency["identity"] for dependency in platform["dependencies"]} == DEPENDENCIES
    assert not below(platform) & ONLY_OF_THE_SERVER
    resolved = {pin["identity"] for pin in json.loads((package / "Package.resolved").read_text())["pins"]}
    assert "async-http-client" in resolved and not resolved & ONLY_OF_THE_SERVER


def test_a_consumer_of_the_sdk_has_nothing_of_the_server_in_it(consumer):
    program, server = consumer.read_bytes(), Path(conformance.binary("MESSAGING_SERVER")).read_bytes()
    assert b"$s12MessagingSDK" in program
    assert b"$s13MessagingCore" in server and b"sqlite3_open" in server
    assert [trace for trace in TRACES if trace in program] == []
    libraries = subprocess.run(["ldd", consumer], capture_output=True, text=True, check=True).stdout
    assert "libFoundation" in libraries
    assert "libsqlite3" not in libraries and "libpq" not in libraries


def test_a_consumer_of_the_sdk_lists_settings(consumer, server):
    tenant = conformance.Tenant(server)
    caller = tenant.caller()
    for name in ("Second", "First"):
        assert caller.post(f"{conformance.SUCCESSOR}/settings", {"name": name}).status == 200
    done = subprocess.run(
        [consumer], capture_output=True, text=True, timeout=60,
        env={"SERVER_URL": server.url, "ID": tenant.client["id"], "SECRET": tenant.client["secret"]})
    assert (done.returncode, done.stdout) == (0, "First 1\nSecond 1\n"), done.stderr
