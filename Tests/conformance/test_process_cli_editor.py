"""The command line: the editor of `messaging edit`, its terminal and its signals."""

import contextlib
import json
import os
import pty
import select
import signal
import subprocess
import time

import pytest

import conformance
from conformance import CANARIES
from editing import SETTINGS, caller, cli, editor, no_file_stays, support  # noqa: F401


def test_visual_counts_before_editor_and_both_may_have_arguments(cli, support, editor):
    script = editor('echo "$2" > ' + "$(dirname $0)/argument")
    cli.output("settings", "edit", "Support", "--yes", VISUAL=f"env A='b c' {script}", EDITOR="false")
    cli.output("settings", "edit", "Support", "--yes", VISUAL="", EDITOR=str(script))
    assert script.times == 2


@pytest.mark.parametrize("command, words", [
    ("false", "the editor false ended with the exit code 1, and nothing was changed"), ("/none/editor", "the editor /none/editor was not found"),
    ("kill -9 $$; true", "was ended by the signal 9"), ('rm -rf -- ', "the editor has removed the file")])
def test_an_editor_that_fails_changes_nothing(cli, caller, support, command, words):
    assert words in cli.run("settings", "edit", "Support", "--yes", EDITOR=command).stderr
    assert cli.run("settings", "edit", "Support", "--yes", EDITOR=command).returncode == 1
    assert caller.get(f"{SETTINGS}/{support['id']}").json() == support


def test_a_directory_that_cannot_be_written_is_named(cli, support):
    assert "could not write /proc" in cli.refusal(1, "settings", "edit", "Support", "--yes", EDITOR="true", TMPDIR="/proc/self")


class Terminal:
    """The program with a terminal of its own, as its foreground process group."""

    def __init__(self, cli, *arguments, **variables):
        self.process, self.controller = pty.fork()
        if self.process == 0:
            os.execve(cli.program, [cli.program, *arguments], cli.environment | variables)

    def finish(self):
        """The exit code, or the negative number of a signal. What does not end in time is killed."""
        end = time.monotonic() + conformance.PATIENCE
        while time.monotonic() < end:
            if select.select([self.controller], [], [], 0.1)[0]:
                part = b""
                with contextlib.suppress(OSError):  # the other end is closed
                    part = os.read(self.controller, 65536)
                if not part:
                    break
                CANARIES.write("output of the command line", part)
        else:
            os.killpg(self.process, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        os.close(self.controller)
        return code


def waiting_editor(editor, tmp_path, trap=""):
    return editor(f"{trap}\ntouch {tmp_path}/started\nwhile :; do sleep 0.05; done"), (tmp_path / "started").exists


def test_an_interrupt_ends_the_editor_and_removes_the_file(cli, caller, support, editor, tmp_path):
    script, started = waiting_editor(editor, tmp_path)
    terminal = Terminal(cli, "settings", "edit", "Support", EDITOR=str(script))
    conformance.until(started)
    assert len(list((tmp_path / "temporary").iterdir())) == 1
    os.write(terminal.controller, b"\x03")
    assert terminal.finish() == 3
    assert caller.get(f"{SETTINGS}/{support['id']}").json() == support


def test_an_editor_may_have_its_own_meaning_of_an_interrupt(cli, caller, support, editor, tmp_path):
    script, started = waiting_editor(editor, tmp_path, 'trap \'sed -i s/Support/Interrupted/ "$1"; exit 0\' INT')
    terminal = Terminal(cli, "settings", "edit", "Support", "--yes", EDITOR=str(script))
    conformance.until(started)
    os.write(terminal.controller, b"\x03")
    assert terminal.finish() == 0
    assert caller.get(f"{SETTINGS}/{support['id']}").json()["name"] == "Interrupted"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_end_of_the_program_removes_the_file(cli, support, editor, tmp_path, number):
    script, started = waiting_editor(editor, tmp_path)
    process = subprocess.Popen([cli.program, "settings", "edit", "Support", "--yes"], env=cli.environment | {"EDITOR": str(script)}, start_new_session=True,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    conformance.until(started)
    process.send_signal(number)
    assert process.wait(conformance.PATIENCE) == 128 + number
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def test_the_editor_has_the_terminal(cli, caller, support, editor):
    """An editor of another process group than the terminal's would be stopped when it reads from the terminal or changes it."""
    script = editor('stty -echo; read -r name < /dev/tty; stty echo; sed -i "s/Support/$name/" "$1"')
    terminal = Terminal(cli, "settings", "edit", "Support", "--yes", EDITOR=str(script))
    os.write(terminal.controller, b"Typed\n")
    assert terminal.finish() == 0
    assert caller.get(f"{SETTINGS}/{support['id']}").json()["name"] == "Typed"


def test_what_an_editor_leaves_behind_is_removed(cli, support, editor):
    cli.output("settings", "edit", "Support", "--yes", EDITOR=str(editor('cp "$1" "$1~"; mkdir "${1%/*}/.swap"; touch "${1%/*}/.swap/file"')))
