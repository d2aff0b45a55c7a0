"""Runs the marked shell blocks of README.md, in order, as a newcomer would paste them.

`<!-- test -->` directly above a ```sh fence runs the block to its end.
`<!-- test: background until "TEXT" -->` leaves it running once it has printed TEXT.
"""

import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

import conformance

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r'^<!-- test(?:: background until "(?P<until>[^"]+)")? -->\n```sh\n(?P<script>.*?)^```$',
                   re.MULTILINE | re.DOTALL)
MARK = re.compile(r"<!--\s*test\b")
BUILD_SECONDS = 1800


def blocks(text):
    """The marked blocks as (text to wait for or None, script)."""
    found = [(match["until"], match["script"]) for match in BLOCK.finditer(text)]
    assert len(found) == len(MARK.findall(text)), "a test mark is not directly above a ```sh block"
    return found


class Terminal:
    """Blocks share exported variables and the working directory, as in one terminal."""

    def __init__(self, folder, start=ROOT):
        self.folder, self.running = folder, []
        self.state = folder / "state.sh"
        self.state.write_text(f'cd "{start}"\n')

    def start(self, number, script):
        log = self.folder / f"block-{number}.log"
        script = (f'set -a; source "{self.state}"; {{\n{script}\n}}\n'
                  f'{{ export -p; printf "cd %q\\n" "$PWD"; }} > "{self.state}"\n')
        with open(log, "wb") as output:
            process = subprocess.Popen(["bash", "-euo", "pipefail", "-c", script], stdin=subprocess.DEVNULL,
                                       stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
                                       env=conformance.environment())
        self.running.append(process)
        return process, log

    def run(self, number, script):
        process, log = self.start(number, script)
        code = process.wait(BUILD_SECONDS)
        assert code == 0, f"exit {code} of\n{script}\n{log.read_text(errors='replace')}"

    def run_until(self, number, script, text):
        process, log = self.start(number, script)
        end = time.monotonic() + BUILD_SECONDS
        while text not in log.read_text(errors="replace"):
            assert process.poll() is None and time.monotonic() < end, (
                f"no {text!r} from\n{script}\n{log.read_text(errors='replace')}")
            time.sleep(0.1)
        return log

    def close(self):
        """Stops every process group that a block left behind; one that stays is an error."""
        left = []
        for process in reversed(self.running):
            left += [] if end_group(process) else [process.pid]
        assert left == [], f"process groups {left} did not end on SIGTERM"


def end_group(process, timeout=15):
    end = time.monotonic() + timeout
    try:
        os.killpg(process.pid, signal.SIGTERM)
        while time.monotonic() < end:
            process.poll()
            os.killpg(process.pid, 0)
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False
    except ProcessLookupError:
        return True


@pytest.fixture
def terminal(tmp_path):
    opened = Terminal(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def newcomer(tmp_path):
    """A directory that looks like the checkout and has no .run of its own, and a free port in the place of 8080."""
    tree = tmp_path / "checkout"
    tree.mkdir()
    for entry in ROOT.iterdir():
        if entry.name != ".run":
            (tree / entry.name).symlink_to(entry)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    opened = Terminal(tmp_path, tree)
    opened.state.write_text(f'cd "{tree}"\nexport MESSAGING_PORT={port}\n')
    yield opened, port
    opened.close()


def test_the_readme_works_as_pasted(newcomer):
    terminal, port = newcomer
    found = blocks((ROOT / "README.md").read_text().replace("8080", port))
    assert found, "README.md has no block marked <!-- test -->"
    for number, (until, script) in enumerate(found):
        if until:
            terminal.run_until(number, script, until)
        else:
            terminal.run(number, script)


def test_blocks_share_variables_and_fail_loudly(terminal):
    text = ('<!-- test -->\n```sh\nWORD=kept\ncd /tmp\n```\n\n```sh\nexit 9\n```\n'
            '<!-- test: background until "ready 1" -->\n```sh\necho ready 1; sleep 60\n```\n'
            '<!-- test -->\n```sh\ntest "$WORD" = kept\ntest "$PWD" = /tmp\n```\n')
    (_, first), (until, background), (_, last) = blocks(text)
    terminal.run(0, first)
    terminal.run_until(1, background, until)
    terminal.run(2, last)
    with pytest.raises(AssertionError, match="exit 1"):
        terminal.run(3, "false | true\n")
    with pytest.raises(AssertionError, match="no 'never'"):
        terminal.run_until(4, "echo something else\n", "never")


def test_a_mark_away_from_its_block_is_an_error():
    with pytest.raises(AssertionError, match="directly above"):
        blocks("<!-- test -->\n\n```sh\ntrue\n```\n")


def test_what_make_run_prints_works_as_pasted(newcomer):
    """The curl lines and, with the vendor's SDK, the Python lines."""
    terminal, port = newcomer
    log = terminal.run_until(0, "make run\n", "Ctrl-C stops the server")
    printed = log.read_text()
    curl = [line for line in printed.splitlines() if line.startswith(("TOKEN=", "curl "))]
    assert len(curl) == 2, printed
    terminal.run(1, "\n".join(curl) + ' | grep -q \'"name":"Support"\'')
    program = printed[printed.index("import json"):printed.index("The client is in")]
    assert len(program.strip().splitlines()) == 5, program
    terminal.run(2, f"{ROOT}/.venv/269/bin/python - <<'END'\n{program}\nEND")
