"""A package that uses only the Swift SDK of this package. Run as a program, this measures the cost of building it."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

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


def write(folder):
    """The package, written into a folder."""
    sources = folder / "Sources" / "consumer"
    sources.mkdir(parents=True)
    (folder / "Package.swift").write_text(MANIFEST % {"path": ROOT, "name": ROOT.name})
    (sources / "main.swift").write_text(MAIN)
    return folder


def swift(*arguments, package, scratch):
    """Runs `swift` on the package, with its products in the folder `scratch`."""
    command, *rest = arguments
    done = subprocess.run(
        [os.environ.get("SWIFT", "swift"), command, "--package-path", package, "--scratch-path", scratch, *rest],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=BUILD_SECONDS)
    assert done.returncode == 0, f"{arguments}: {done.stdout[-4000:]} {done.stderr[-4000:]}"
    return done.stdout


def program(package, scratch, *arguments):
    """Where the program is built."""
    folder = swift("build", *arguments, "--show-bin-path", package=package, scratch=scratch).strip()
    return Path(folder) / "consumer"


def seconds(*arguments, package, scratch):
    """How long a build takes."""
    start = time.monotonic()
    swift("build", *arguments, package=package, scratch=scratch)
    return time.monotonic() - start


def measure():
    """Builds it from nothing, and once more with the dependencies already built."""
    with tempfile.TemporaryDirectory() as folder:
        package, scratch = write(Path(folder) / "package"), Path(folder) / "build"
        swift("package", "resolve", package=package, scratch=scratch)
        for configuration in ("debug", "release"):
            options = dict(package=package, scratch=scratch)
            first = seconds("-c", configuration, **options)
            built = program(package, scratch, "-c", configuration)
            for products in built.parent.glob("[Mm]essaging*.build"):
                shutil.rmtree(products)
            again = seconds("-c", configuration, **options)
            subprocess.run(["strip", built], check=True)
            size = built.stat().st_size / 1e6
            print(f"{configuration}: {first:.0f} s from nothing, {again:.0f} s without dependencies, {size:.0f} MB stripped")


if __name__ == "__main__":
    measure()
