"""The command line with -o yaml: the same objects as with -o json, as text that has no effect on a terminal."""

import json

import pytest

from commandline import caller, cli, golden  # noqa: F401
from conformance import SUCCESSOR

SETTINGS = f"{SUCCESSOR}/settings"


@pytest.fixture
def support(caller):
    return caller.post(SETTINGS, {"name": "Support", "event": {"typing": {"on": {"inbound": "Enabled"}}}}).json()


SETTING = ('id: "ID"\nname: "Support"\ndateCreated: "DATE"\ndateModified: "DATE"\nversion: "1"\ncreatedBy:\n  id: "ID"\n'
           '  selfUri: "/api/v2/users/ID"\nupdatedBy:\n  id: "ID"\n  selfUri: "/api/v2/users/ID"\nevent:\n  typing:\n    "on":\n'
           '      inbound: "Enabled"\nselfUri: "/api/v2/conversations/messaging/settings/ID"\n')


def test_an_object_in_yaml_has_its_golden_output(cli, support):
    assert golden(cli.output("settings", "get", "Support", "-o", "yaml")) == SETTING


def test_a_list_in_yaml_has_its_golden_output(cli, support):
    first, *rest = SETTING.splitlines(keepends=True)
    assert golden(cli.output("settings", "list", "-o", "yaml")) == f"- {first}" + "".join(f"  {line}" for line in rest)


def test_an_empty_list_in_yaml_is_a_list(cli):
    assert cli.output("settings", "list", "-o", "yaml") == "[]\n"


@pytest.mark.parametrize("command", [
    ("settings", "update", "Support", "--set", "name=Support"), ("settings", "default", "set", "Support"), ("doctor",)], ids=" ".join)
def test_each_command_with_formats_has_yaml(cli, support, command):
    assert cli.output(*command, "-o", "yaml").startswith(("id: ", "- check: "))


def test_the_changes_of_a_plan_in_yaml(cli, support, tmp_path):
    directory = tmp_path / "organization"
    cli.output("export", directory)
    cli.output("settings", "update", "Support", "--set", "name=Renamed")
    done = cli.run("plan", directory, "-o", "yaml")
    assert done.returncode == 2 and '  kind: "settings"\n' in done.stdout and "[" not in done.stdout


def test_an_error_stays_text_with_yaml(cli):
    assert cli.refusal(5, "settings", "get", "Other", "-o", "yaml").startswith("messaging: there is no setting")


def test_names_in_yaml_have_no_effect_on_a_terminal(cli, caller):
    caller.post(SETTINGS, {"name": "a\x1b[2J\u202egnp \U000E0041 \u2028 \x9b: é"})
    shown = cli.output("settings", "list", "-o", "yaml")
    assert all(char == "\n" or char.isprintable() for char in shown), shown
    assert '  name: "a\\e[2J\\u202Egnp \\U000E0041 \\L \\x9B: é"\n' in shown


def test_the_output_of_get_in_yaml_says_the_same_as_json(cli, support):
    shown = cli.output("settings", "get", "Support", "-o", "yaml")
    members = json.loads(cli.output("settings", "get", "Support", "-o", "json"))
    assert [line.split(":")[0] for line in shown.splitlines() if line[0] != " "] == list(members)
