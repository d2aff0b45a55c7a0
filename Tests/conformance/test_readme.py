"""Runs the marked shell blocks of README.md, in order, as a newcomer would paste them.

`<!-- test -->` directly above a ```sh fence runs the block to its end.
`<!-- test: background until "TEXT" -->` leaves it running once it has printed TEXT.
"""

import os
import re
import signal
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

    def __init__(self, folder):
        self.folder, self.running = folder, []
        self.state = folder / "state.sh"
        self.state.write_text(f'cd "{ROOT}"\n')

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


def test_the_readme_works_as_pasted(terminal):
    found = blocks((ROOT / "README.md").read_text())
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
