"""Runs the marked shell blocks of README.md, in order, as a newcomer would paste them.

`<!-- test -->` directly above a ```sh fence runs the block to its end.
`<!-- test: background until "TEXT" -->` leaves it running once it has printed TEXT.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
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
        self.folder, self.begin, self.running = folder, start, []
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
        return log

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
        while self.running:
            process = self.running.pop()
            left += [] if end_group(process) else [process.pid]
        assert left == [], f"process groups {left} did not end on SIGTERM"


def end_group(process, timeout=conformance.PATIENCE):
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


def listed(checkout, *arguments):
    done = subprocess.run(["git", "ls-files", "-z", *arguments], cwd=checkout, capture_output=True, text=True)
    return done.stdout.split("\0")[:-1], done.stderr


def copy_what_git_knows(checkout, tree):
    names, problem = listed(checkout)
    assert names, f"{checkout} is not a git checkout, so what a newcomer gets is not known: {problem}"
    for name in names:
        # One that was removed is in the index until that is committed.
        if (checkout / name).exists():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            # With its time, by which make sees that .venv is up to date.
            shutil.copy2(checkout / name, tree / name)


@pytest.fixture
def short_path():
    """A directory whose path leaves room for that of a socket below it, which pytest's own does not."""
    with tempfile.TemporaryDirectory(prefix="m-") as folder:
        yield Path(folder)


@pytest.fixture
def newcomer(tmp_path, short_path):
    """A directory with the files that git knows, the build and the venvs of the checkout, and a free port in the place of 8080.

    `make` builds in the checkout: the sources at another path would be built anew, into the same .build.
    """
    tree = short_path
    copy_what_git_knows(ROOT, tree)
    unknown, _ = listed(ROOT, "--others", "Package.swift", "Sources")
    assert unknown == [], f"the build uses files that git does not know: {unknown}"
    for name in (".build", ".venv"):
        (tree / name).symlink_to(ROOT / name)
    port = str(conformance.free_port())
    opened = Terminal(tmp_path, tree)
    opened.state.write_text(f'cd "{tree}"\nexport MESSAGING_PORT={port}\nexport MAKEFLAGS=ROOT={ROOT}\n')
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


def test_a_newcomer_gets_the_tracked_files_of_the_work_tree(tmp_path):
    checkout, tree = tmp_path / "checkout", tmp_path / "tree"
    checkout.mkdir()
    for name in ("changed", "removed", "unknown"):
        (checkout / name).write_text("first")
    with pytest.raises(AssertionError, match="is not a git checkout"):
        copy_what_git_knows(checkout, tree)
    subprocess.run("git init -q && git add changed removed", shell=True, check=True, cwd=checkout)
    (checkout / "changed").write_text("second")
    (checkout / "removed").unlink()
    copy_what_git_knows(checkout, tree)
    assert [(path.name, path.read_text()) for path in tree.iterdir()] == [("changed", "second")]


CLIENT = ".run/client.json"


def make_run(terminal, number):
    """Returns the output of `make run`, and its client."""
    printed = terminal.run_until(number, "make run\n", "Ctrl-C stops the server").read_text()
    client = json.loads((terminal.begin / CLIENT).read_text())
    conformance.CANARIES.learn(client["secret"], client["id"])
    conformance.CANARIES.write("output", printed)
    return printed, client


def paste(terminal, number, printed):
    """The curl lines and, with the vendor's SDK, the Python lines, exactly as they were printed."""
    paragraphs = printed.split("\n\n")
    [curl] = [text for text in paragraphs if text.startswith("TOKEN=")]
    [python] = [text for text in paragraphs if "import json, PureCloudPlatformClientV2" in text]
    assert '"name":"Support"' in terminal.run(f"{number}-curl", curl).read_text()
    assert "'name': 'Support'" in terminal.run(f"{number}-python", python).read_text()


def test_what_make_run_prints_works_as_pasted_each_time_with_the_same_client(newcomer):
    terminal, _ = newcomer
    printed, first = make_run(terminal, 1)
    paste(terminal, 1, printed)
    assert (terminal.begin / CLIENT).stat().st_mode & 0o777 == 0o600
    terminal.close()
    printed, second = make_run(terminal, 2)
    paste(terminal, 2, printed)
    assert second == first


def test_make_run_builds_only_the_server_and_prints_its_version():
    done = subprocess.run(["make", "-n", "run"], cwd=ROOT, capture_output=True, text=True, env=conformance.environment({"MAKEFLAGS": ""}))
    assert done.returncode == 0, done.stderr
    assert "--product messaging-server" in done.stdout
    assert not any(other in done.stdout for other in ("release", "venv", "--build-tests")), done.stdout
    assert "make release" in (ROOT / "Scripts/run.sh").read_text()


def test_make_run_omits_tls_until_it_is_built_or_needed(tmp_path):
    def traits(**environment):
        done = subprocess.run(["make", "-n", "-f", ROOT / "Makefile", "run"], cwd=tmp_path, capture_output=True, text=True,
                              env=conformance.environment({"MAKEFLAGS": "", **environment}))
        assert done.returncode == 0, done.stderr
        return "--traits Server" in done.stdout

    assert traits()
    assert not traits(MESSAGING_TLS_CERTIFICATE="certificate.pem")
    # SwiftPM makes the first of these for a module that it plans, the second one for a module that it builds.
    (tmp_path / ".build/debug/NIOSSL.build").mkdir(parents=True)
    assert traits()
    (tmp_path / ".build/debug/Modules").mkdir()
    (tmp_path / ".build/debug/Modules/NIOSSL.swiftmodule").touch()
    assert not traits()


FORGOTTEN = {
    "database": "rm .run/messaging.sqlite*",
    "client": f"""
        ID=$(sed -n 's/^  "id": "\\(.*\\)",/\\1/p' {CLIENT})
        .build/debug/messaging-server clients delete "$ID" --database .run/messaging.sqlite""",
}


@pytest.mark.parametrize("forget", FORGOTTEN.values(), ids=FORGOTTEN)
def test_make_run_creates_another_client_when_the_store_lacks_the_saved_one(newcomer, forget):
    terminal, _ = newcomer
    _, first = make_run(terminal, 1)
    terminal.close()
    terminal.run("forget", forget)
    printed, second = make_run(terminal, 2)
    paste(terminal, 2, printed)
    assert second["id"] != first["id"]
    assert (terminal.begin / CLIENT).stat().st_mode & 0o777 == 0o600
