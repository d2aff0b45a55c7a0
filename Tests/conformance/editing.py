"""Editors and objects for the tests of `messaging edit`."""

import json
import shutil
import stat

import pytest

from commandline import CommandLine, caller, credentials  # noqa: F401
from conformance import SUCCESSOR


SETTINGS, PROFILES = f"{SUCCESSOR}/settings", f"{SUCCESSOR}/supportedcontent"
INTEGRATIONS = f"{SUCCESSOR}/integrations/open"
TYPING = {"typing": {"on": {"inbound": "Enabled", "outbound": "Disabled"}}}


@pytest.fixture
def cli(tenant, tmp_path):
    """The program, with a directory for temporary files of its own, and an editor that must not be started."""
    (tmp_path / "temporary").mkdir()
    return CommandLine(tmp_path, **credentials(tenant), TMPDIR=str(tmp_path / "temporary"), EDITOR="false")


@pytest.fixture
def support(caller):
    return caller.post(SETTINGS, {"name": "Support", "event": TYPING}).json()


@pytest.fixture(autouse=True)
def no_file_stays(tmp_path):
    """No test leaves a temporary file behind, except one that takes it with `kept`."""
    yield
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.fixture
def kept(tmp_path):
    """Takes the only file that was kept: what is shown without the line that names it, and its text."""
    def take(shown):
        [folder] = (tmp_path / "temporary").iterdir()
        [file] = folder.iterdir()
        assert (stat.S_IMODE(folder.stat().st_mode), stat.S_IMODE(file.stat().st_mode)) == (0o700, 0o600)
        line, text = f"  the edited text is kept in {file}\n", file.read_text()
        assert shown.count(line) == 1, shown
        shutil.rmtree(folder)
        return shown.replace(line, ""), text
    return take


class Editor:
    """A command for EDITOR that keeps a copy of what it gets and its mode, and then runs a script on the file `$1`."""

    def __init__(self, folder, script):
        self.folder, self.program = folder, folder / "editor"
        self.program.write_text(f'#!/bin/bash\necho >> {folder}/times\nn=$(wc -l < {folder}/times)\ncp "$1" {folder}/seen.$n\n'
                                f'stat -c "%a %n" "$1" "${{1%/*}}" > {folder}/modes\n{script}\n')
        self.program.chmod(0o755)

    def __str__(self):
        return str(self.program)

    @property
    def times(self):
        file = self.folder / "times"
        return len(file.read_text()) if file.exists() else 0

    def seen(self, number=1):
        return (self.folder / f"seen.{number}").read_text()


@pytest.fixture
def editor(tmp_path):
    return lambda script: Editor(tmp_path, script)


DOCUMENT = '''# The setting "Support". A field that you remove is cleared. An empty file changes nothing.
name: "Support"
event:
  typing:
    "on":
      inbound: "Enabled"
      outbound: "Disabled"
'''
