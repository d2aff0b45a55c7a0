"""The option --filter of list: the objects that it selects, and its refusals."""

import pytest

from commandline import caller, cli  # noqa: F401
from conformance import SUCCESSOR

SETTINGS, PROFILES = f"{SUCCESSOR}/settings", f"{SUCCESSOR}/supportedcontent"


@pytest.fixture
def settings(caller):
    """Three settings; the second has version 2."""
    caller.post(SETTINGS, {"name": "Customer Support", "event": {"typing": {"on": {"inbound": "Enabled"}}}})
    sales = caller.post(SETTINGS, {"name": "Sales"}).json()
    caller.patch(f"{SETTINGS}/{sales['id']}", {"event": {"typing": {"on": {"inbound": "Disabled"}}}})
    caller.post(SETTINGS, {"name": "it's"})


FILTERS = {
    "name == Sales": "Sales\n", "name != Sales": "Customer Support\nit's\n", "name contains Sup": "Customer Support\n",
    "name ~ ^[CS].*s": "Customer Support\nSales\n", "name match s$": "Sales\nit's\n", 'name == "it\'s"': "it's\n",
    "version >= 2": "Sales\n", "version < 2": "Customer Support\nit's\n", "dateCreated > 2020-01-01": "Customer Support\nSales\nit's\n",
    "dateCreated <= 2020-01-01T00:00:00Z": "", "event.typing.on.inbound == Enabled or event.typing.on.inbound == Disabled": "Customer Support\nSales\n",
    "name == Sales and version == 1 or name == \"it's\"": "it's\n", "name == Sales and version == '2'": "Sales\n",
}


@pytest.mark.parametrize("filter", FILTERS)
def test_a_filter_selects_objects(cli, settings, filter):
    assert cli.output("settings", "list", "--filter", filter, "-o", "name") == FILTERS[filter]


def test_a_filter_looks_into_arrays(cli, caller):
    caller.post(PROFILES, {"name": "Pictures", "mediaTypes": {"allow": {"inbound": [{"type": "image/*"}, {"type": "image/png"}]}}})
    for filter in ("mediaTypes.allow.inbound contains image/png", "mediaTypes.allow.inbound ~ ^image/p"):
        assert cli.output("supported-content", "list", "--filter", filter, "-o", "name") == "Pictures\n"


def test_a_filter_without_a_result_is_an_empty_list(cli, settings):
    assert cli.output("settings", "list", "--filter", "name == x", "-o", "json") == "[]\n"
    assert cli.output("settings", "list", "--filter", "name == x") == "name\tid\tversion\tdateModified\n"


def test_a_filter_cannot_guess_secrets(cli):
    assert "there is no field" in cli.refusal(64, "integrations", "list", "--filter", "outboundNotificationWebhookSignatureSecretToken ~ ^a")


REFUSALS = {
    "nmae == x": 'messaging: there is no field "nmae"\nnext: Did you mean name?\n',
    "name = x": 'messaging: column 6 of the filter: "=" is no operator\n'
                "next: The operators are == != <= >= < > contains match ~. For example: --filter 'name contains support and version >= 2'\n",
    "name == Customer Support": 'messaging: column 18 of the filter: "and" or "or" is missing before "Support"\n'
                                "next: Put a value with spaces in quotes. For example: --filter 'name contains support and version >= 2'\n",
    "name ~ (a+": 'messaging: column 8 of the filter: "(a+" is no regular expression: the ( has no ), character 1 of it\n'
                  "next: For example: --filter 'name contains support and version >= 2'\n",
    "name == '\x1b[2J": "messaging: column 9 of the filter: the quote has no end\nnext: For example: --filter 'name contains support and version >= 2'\n",
}


@pytest.mark.parametrize("filter", REFUSALS)
def test_a_bad_filter_is_refused_with_its_place(cli, filter):
    assert cli.refusal(64, "settings", "list", "--filter", filter, MESSAGING_URL="http://127.0.0.1:1") == REFUSALS[filter]


def test_a_hostile_pattern_ends(cli, caller):
    caller.post(SETTINGS, {"name": "a" * 256})
    for pattern in ("(a+)+$b", "(.*)(.*)(.*)(.*)(.*)(.*)b", "(a|a)*b"):
        assert cli.output("settings", "list", "--filter", f"name ~ {pattern}", "-o", "name") == ""
