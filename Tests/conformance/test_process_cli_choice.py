"""Choosing an object from a numbered list at a terminal, and its refusal everywhere else."""

import json
import subprocess

import pytest

import conformance
from commandline import CommandLine, caller, credentials, golden  # noqa: F401
from conformance import SUCCESSOR

SETTINGS, PROFILES = f"{SUCCESSOR}/settings", f"{SUCCESSOR}/supportedcontent"


@pytest.fixture
def cli(tenant, tmp_path):
    return CommandLine(tmp_path, **credentials(tenant), NO_COLOR="1", EDITOR="sed -i s/Support/Edited/")


@pytest.fixture
def two(caller):
    return [caller.post(SETTINGS, {"name": name}).json() for name in ("Sales", "Support")]


LIST = f"""   name     id{' ' * 36}dateModified
1  Sales    ID  DATE
2  Support  ID  DATE
"""


def test_an_object_is_chosen_by_its_number(cli, two):
    code, shown = cli.at_a_terminal("settings", "get", "-o", "name", entered="2\n")
    assert (code, golden(shown)) == (0, f"2\n{LIST}Number: Support\n")


COMMANDS = {
    ("update", "--set", "name=New"): lambda caller, id: caller.get(f"{SETTINGS}/{id}").json()["name"] == "New",
    ("delete", "--yes"): lambda caller, id: caller.get(f"{SETTINGS}/{id}").status == 404,
    ("edit", "--yes"): lambda caller, id: caller.get(f"{SETTINGS}/{id}").json()["name"] == "Edited",
    ("default", "set"): lambda caller, id: caller.get(f"{SETTINGS}/default").json()["id"] == id,
    ("usage",): lambda caller, id: True,
}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_each_command_offers_the_choice(cli, caller, two, command):
    code, shown = cli.at_a_terminal("settings", *command, entered="2\n")
    assert code == 0 and LIST in golden(shown), shown
    assert COMMANDS[command](caller, two[1]["id"])
    assert caller.get(f"{SETTINGS}/{two[0]['id']}").json() == two[0]


@pytest.mark.parametrize("command", [("get",), *COMMANDS, ("restore",)], ids=" ".join)
def test_elsewhere_the_name_is_required(cli, two, command):
    error = cli.refusal(64, "settings", *command)
    assert error == f"messaging: Missing expected argument '<name>'\nnext: See messaging settings {command[0]}{' set' if command[0] == 'default' else ''} --help\n"


def test_a_script_that_reads_the_output_is_not_asked(cli, two):
    done = subprocess.run(["script", "-qec", f"{cli.program} settings get > /dev/null", "/dev/null"], env=cli.environment, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=conformance.PATIENCE)
    assert done.returncode == 64 and "Missing expected argument" in done.stdout


@pytest.mark.parametrize("entered, words", [
    ("3\n0\n-1\nx\n2.0\n 1\n99999999999999999999\n1\n", "Enter a number from 1 to 2."), ("1\n", "Number:")])
def test_only_a_number_of_the_list_counts(cli, two, entered, words):
    code, shown = cli.at_a_terminal("settings", "get", "--fields", "name", "--no-header", entered=entered)
    assert code == 0 and shown.endswith("name  Sales\n")
    assert shown.count("Enter a number from 1 to 2.\n") == entered.count("\n") - 1 and words in shown


@pytest.mark.parametrize("entered", ["\n", "\x04", "x\n\n"])
def test_nothing_need_be_chosen(cli, caller, two, entered):
    code, shown = cli.at_a_terminal("settings", "delete", "--yes", entered=entered)
    assert code == 3 and shown.endswith("messaging: nothing was chosen\n")
    assert len(caller.everything(SETTINGS)) == 2


def test_an_empty_list_has_no_choice(cli):
    code, shown = cli.at_a_terminal("settings", "get")
    assert (code, shown) == (5, "messaging: there are no messaging settings\n")


def test_fifty_are_shown_at_a_time(cli, caller):
    for number in range(1, 121):
        caller.post(SETTINGS, {"name": f"{number:03}"})
    code, shown = cli.at_a_terminal("settings", "get", "-o", "name", entered="\n51\n")
    assert code == 0 and shown.endswith("051\n")
    assert shown.count("Number (Enter shows more of 120): ") == 2 and "\n100  100  " in shown and "\n101  101" not in shown
    code, shown = cli.at_a_terminal("settings", "get", "-o", "name", entered="51\n\n\n120\n")
    assert code == 0 and shown.endswith("Number: 120\n") and "Enter a number from 1 to 50.\n" in shown


def test_an_ambiguous_name_is_chosen(cli, caller, two):
    twin = caller.post(SETTINGS, {"name": "Sales"}).json()
    ids = [each["id"] for each in caller.everything(SETTINGS) if each["name"] == "Sales"]
    code, shown = cli.at_a_terminal("settings", "get", "Sales", "-o", "json", entered=f"{ids.index(twin['id']) + 1}\n")
    assert code == 0 and json.loads(shown[shown.index("{"):]) == twin
    assert "2 objects have the name \"Sales\"\n" in shown and "Support" not in shown
    assert "2 objects have the name" in cli.refusal(5, "settings", "get", "Sales")


def test_an_ambiguous_reference_is_chosen(cli, caller, two):
    caller.post(SETTINGS, {"name": "Sales"})
    [_, second] = [each["id"] for each in caller.everything(SETTINGS) if each["name"] == "Sales"]
    code, shown = cli.at_a_terminal("integrations", "create", "--dry-run", "--set", "name=App", "--set", "messagingSetting.id=Sales", "--set", "outboundNotificationWebhookUrl=https://e.example/o",
                                    "--set", "outboundNotificationWebhookSignatureSecretToken=env:T", entered="2\n", T="a-token-of-an-integration-for-a-choice")
    assert code == 2 and f'+ messagingSetting.id: "{second}"' in shown


def test_a_deleted_object_is_chosen_for_a_restoration(cli, caller, two):
    caller.delete(f"{SETTINGS}/{two[0]['id']}")
    code, shown = cli.at_a_terminal("settings", "restore", "-o", "name", entered="2\ny\n")
    assert code == 0 and [each["name"] for each in caller.everything(SETTINGS)] == ["Sales", "Support"]
    assert "1  Support  " in shown and "2  Sales    " in shown and "deleted" in shown


def test_an_ambiguous_deleted_object_is_chosen(cli, caller, two):
    for _ in range(2):
        caller.delete(f"{SETTINGS}/{caller.post(SETTINGS, {'name': 'Gone'}).json()['id']}")
    code, shown = cli.at_a_terminal("settings", "restore", "Gone", entered="2\ny\n")
    assert code == 0 and len(caller.everything(SETTINGS)) == 3 and '2 objects have the name "Gone"' in shown


def test_names_in_the_list_have_no_effect_on_the_terminal(cli, caller):
    caller.post(SETTINGS, {"name": "\x1b[2J\u202e"})
    assert "\\u{1B}[2J\\u{202E}" in cli.at_a_terminal("settings", "get", "-o", "name", entered="1\n")[1]
