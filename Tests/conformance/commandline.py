"""Runs the program `messaging` as a person or a script does."""

import contextlib
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time

import pytest

import conformance
from conformance import CANARIES, PATIENCE

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def golden(text):
    """The text with ID and DATE in place of what differs in each run."""
    return conformance.DATE.sub("DATE", UUID.sub("ID", text))


class CommandLine:
    """The program with an environment of its own."""

    def __init__(self, home, **variables):
        self.program = conformance.binary("MESSAGING_CLI")
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith(("MESSAGING_", "GENESYSCLOUD_", "XDG_")) and name != "NO_COLOR"}
        self.environment = kept | {"HOME": str(home), "TERM": "xterm"} | variables

    def run(self, *arguments, stdin=None, cwd=None, **variables):
        """The completed program, with text output. A variable that is None is not set."""
        environment = {name: value for name, value in (self.environment | variables).items() if value is not None}
        done = subprocess.run([self.program, *map(str, arguments)], env=environment, capture_output=True, text=True,
                              input=stdin if stdin is not None else "", cwd=cwd, timeout=PATIENCE)
        CANARIES.write("output of the command line", done.stdout, done.stderr)
        CANARIES.write("arguments", *arguments)
        return done

    def output(self, *arguments, **options):
        """The standard output of a command that succeeds and says nothing else."""
        done = self.run(*arguments, **options)
        assert (done.returncode, done.stderr) == (0, ""), (arguments, done)
        return done.stdout

    def refusal(self, code, *arguments, **options):
        """The standard error of a command that ends with this exit code, without output."""
        done = self.run(*arguments, **options)
        assert (done.returncode, done.stdout) == (code, ""), (arguments, done)
        return done.stderr

    def at_a_terminal(self, *arguments, entered="", columns=200, **variables):
        """The exit code and what a terminal of this width shows, when a person enters a text."""
        controller, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        process = subprocess.Popen([self.program, *map(str, arguments)], env=self.environment | variables,
                                   stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True)
        os.close(terminal)
        shown = b""
        if entered:
            os.write(controller, entered.encode())
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if select.select([controller], [], [], 0.1)[0]:
                part = b""
                with contextlib.suppress(OSError):  # the other end is closed
                    part = os.read(controller, 65536)
                if not part:
                    break
                shown += part
        code = process.wait(PATIENCE)
        os.close(controller)
        text = shown.decode().replace("\r\n", "\n")
        CANARIES.write("output of the command line", text)
        return code, text


def credentials(tenant, client=None):
    """The environment variables with the server of a tenant and the credentials of a client."""
    client = client or tenant.client
    return {"MESSAGING_URL": tenant.server.url, "MESSAGING_CLIENT_ID": client["id"], "MESSAGING_CLIENT_SECRET": client["secret"]}


@pytest.fixture
def caller(tenant):
    """A caller of the API with the credentials of the program."""
    return tenant.caller()


@pytest.fixture
def cli(tenant, tmp_path):
    """The program with the credentials of a new organization."""
    return CommandLine(tmp_path, **credentials(tenant))
