"""The manual pages of the command line: one for each command, without faults."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import conformance
from commandline import CommandLine

SCRIPT = Path(__file__).resolve().parents[2] / "Scripts/manual.py"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("man") / "man1"
    subprocess.run([sys.executable, SCRIPT, conformance.binary("MESSAGING_CLI"), folder], check=True, timeout=conformance.PATIENCE,
                   env={"PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": "1790000000"})
    return folder


def commands(command, above=()):
    """The paths of a command and of those inside it, with what the program says about them."""
    path = (*above, command["commandName"])
    yield path, command
    for each in command.get("subcommands", []):
        if each["commandName"] != "help":
            yield from commands(each, path)


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    dump = CommandLine(tmp_path_factory.mktemp("home")).output("--experimental-dump-help")
    return dict(commands(json.loads(dump)["command"]))


def test_every_command_has_a_page(folder, described):
    assert {page.name for page in folder.iterdir()} == {"-".join(path) + ".1" for path in described}
    assert ("messaging", "settings", "default", "get") in described and len(described) > 30


def test_the_pages_have_no_faults(folder):
    for command in (["mandoc", "-Tlint", "-Wwarning"], ["groff", "-mandoc", "-ww", "-z"]):
        done = subprocess.run([*command, *sorted(folder.iterdir())], capture_output=True, text=True, timeout=conformance.PATIENCE)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), command


def rendered(page, width):
    """The page as plain text."""
    styled = subprocess.run(["mandoc", "-Tascii", f"-Owidth={width}", page], capture_output=True, text=True, check=True,
                            timeout=conformance.PATIENCE).stdout
    return re.sub(".\b", "", styled)


def test_the_pages_have_all_words_of_the_help(folder, described):
    for path, command in described.items():
        words = " ".join(rendered(folder / ("-".join(path) + ".1"), 1000).split())
        assert " ".join(command["abstract"].split()) in words, path
        for argument in command.get("arguments", []):
            for name in argument.get("names", []):
                assert ("--" if name["kind"] == "long" else "-") + name["name"] in words, (path, name)
        for each in command.get("subcommands", []):
            assert each["commandName"] == "help" or each["commandName"] in words, path


def test_a_page_has_its_golden_text(folder):
    lines = [line.strip() for line in rendered(folder / "messaging-completion.1", 78).splitlines() if line.strip()]
    assert lines[1:5] == ["NAME", "messaging-completion - print the script that completes commands, options", "and names in a shell",
                          "SYNOPSIS"]
    assert lines[5] == "messaging completion [--version] [--help] shell"
    assert "September 21, 2026" in lines[-1] and lines[-3:-1] == ["SEE ALSO", "messaging(1)"]
