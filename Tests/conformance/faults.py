"""Faults of the disk below a running server: syncs that fail, hang or are the last act, a slow disk, and one that is full."""

import contextlib
import functools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import conformance


@functools.cache
def library(name="faults"):
    """A C file of this folder, compiled once a session; without a C compiler the tests fail."""
    built = Path(tempfile.mkdtemp(prefix=f"{name}-")) / f"{name}.so"
    compiler = shutil.which("cc") or shutil.which("clang")
    assert compiler, "there is no C compiler, neither cc nor clang"
    subprocess.run([compiler, "-Wall", "-Werror", "-shared", "-fPIC", "-o", built,
                    Path(__file__).with_name(f"{name}.c"), "-ldl"], check=True)
    return built


class Faults:
    """Switches for the syncs of the servers that run with `environment`."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir()

    @property
    def environment(self):
        return conformance.bootstrap({"LD_PRELOAD": str(library()), "FAULTS": str(self.folder)})

    def begin(self, fault):
        """`fail`: each sync fails. `hang`: none ends. `hold`: none of a draft ends. `kill`: the process ends after the sync of a commit.
        `drag`: reads and writes take a millisecond longer. `quota`: no file may become longer."""
        (self.folder / fault).touch()

    def holds_a_sync(self):
        """Whether there was a sync that `hang` or `hold` kept from ending."""
        return (self.folder / "hangs").exists()

    def end(self, fault):
        (self.folder / fault).unlink()

    @contextlib.contextmanager
    def of(self, fault):
        self.begin(fault)
        try:
            yield
        finally:
            self.end(fault)


class Clock:
    """The wall clock of the servers that run with `environment`."""

    def __init__(self, path, days=0):
        self.path = Path(path)
        self.set(days)

    @property
    def environment(self):
        return {"LD_PRELOAD": str(library("clock")), "CLOCK": str(self.path)}

    def set(self, days):
        """Sets it so many days ahead of the real one, at once for every reader."""
        new = self.path.with_suffix(".new")
        new.write_text(str(int(days * 86400)))
        new.rename(self.path)


@contextlib.contextmanager
def small_disk(folder, megabytes):
    """A file system of its own at `folder`; takes root, see `as_root`."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def as_root(test):
    """Runs a test that mounts: here when this process may, else alone in a namespace in which it is root."""
    @functools.wraps(test)
    def run(request, **arguments):
        if os.environ.get("MESSAGING_TEST_NAMESPACE") or may_mount():
            return test(request=request, **arguments)
        subprocess.run(
            ["unshare", "--map-root-user", "--mount", sys.executable, "-m", "pytest", "-q", "-rP", request.node.nodeid],
            cwd=request.config.rootpath, env=os.environ | {"MESSAGING_TEST_NAMESPACE": "1"}, check=True)
    return run


def may_mount():
    with tempfile.TemporaryDirectory() as folder:
        if subprocess.run(["mount", "-t", "tmpfs", "none", folder], capture_output=True).returncode:
            return False
        subprocess.run(["umount", folder], check=True)
        return True


class Ballast:
    """Fills a disk to its last byte, and gives the space back."""

    def __init__(self, disk):
        self.path = disk / "ballast"

    def fill(self):
        with open(self.path, "ab", buffering=0) as file:
            with contextlib.suppress(OSError):
                while True:
                    file.write(bytes(65536))
            with contextlib.suppress(OSError):
                while True:
                    file.write(bytes(1))

    def remove(self):
        self.path.unlink()
