"""The output of the command line: chosen fields, comma-separated values, a closed output, and hosts that do not speak TLS."""

import csv
import http.server
import io
import json
import subprocess

import pytest

import conformance
from commandline import CommandLine, caller, cli  # noqa: F401
from conformance import SUCCESSOR
from gateways import hosting

SETTINGS, PROFILES = f"{SUCCESSOR}/settings", f"{SUCCESSOR}/supportedcontent"
TYPING = {"typing": {"on": {"inbound": "Enabled", "outbound": "Disabled"}}}


@pytest.fixture
def support(caller):
    return caller.post(SETTINGS, {"name": "Support", "event": TYPING}).json()


SELECTIONS = {
    "name,version": {"name": "Support", "version": "1"},
    " version , name": {"version": "1", "name": "Support"},
    "event.typing.on.inbound,name,event.typing.on.outbound": {"event": TYPING, "name": "Support"},
    "event,event.typing.on.inbound": {"event": TYPING},
    "name,content.story": {"name": "Support"},
}


@pytest.mark.parametrize("fields", SELECTIONS)
def test_documents_have_the_chosen_fields(cli, support, fields):
    for command in (("get", "Support"), ("update", "Support", "--set", "name=Support")):
        found = json.loads(cli.output("settings", *command, "-o", "json", "--fields", fields))
        assert (found, list(found)) == (SELECTIONS[fields], list(SELECTIONS[fields]))
    assert json.loads(cli.output("settings", "list", "-o", "json", "--fields", fields)) == [SELECTIONS[fields]]


def test_documents_have_the_chosen_fields_of_the_elements_of_arrays(cli, caller):
    types = [{"type": "image/png"}, {"type": "image/*"}]
    caller.post(PROFILES, {"name": "Pictures", "mediaTypes": {"allow": {"inbound": types, "outbound": types}}})
    assert cli.output("supported-content", "get", "Pictures", "-o", "yaml", "--fields", "name,mediaTypes.allow.inbound.type") == (
        'name: "Pictures"\nmediaTypes:\n  allow:\n    inbound:\n    - type: "image/png"\n    - type: "image/*"\n')


def test_spaces_around_fields_do_not_count(cli, support):
    assert cli.output("settings", "list", "--fields", "name, version ") == "name\tversion\nSupport\t1\n"


@pytest.mark.parametrize("fields", ["", " ", "name,,id", "name,", ","])
def test_an_empty_field_is_refused_before_anything_is_changed(cli, caller, support, fields):
    for command in (("list",), ("get", "Support"), ("update", "Support", "--set", "name=Other")):
        assert "--fields has an empty name" in cli.refusal(64, "settings", *command, "--fields", fields)
    assert caller.everything(SETTINGS) == [support]


def test_fields_do_not_go_with_names_only(cli, caller, support):
    for command in (("list",), ("get", "Support"), ("update", "Support", "--set", "name=Other")):
        assert "--fields does not go with -o name" in cli.refusal(64, "settings", *command, "--fields", "id", "-o", "name")
    assert caller.everything(SETTINGS) == [support]


#: Names with line feeds, quotes with and without a mark behind them, and characters with an effect on a terminal.
NAMES = ["a\nb", "n\ro", "c\r\nd", 'e "f"', 'g "\u0301, h', "i,\u0301 j", "\x1b[2J\u202ek\tl", " m "]


def test_comma_separated_values_are_the_data(cli, caller):
    for name in NAMES:
        assert caller.post(SETTINGS, {"name": name}).status in (200, 201)
    present = sorted(setting["name"] for setting in caller.everything(SETTINGS))
    done = subprocess.run([cli.program, "settings", "list", "-o", "csv", "--fields", "name,version"], env=cli.environment, capture_output=True,
                          timeout=conformance.PATIENCE)
    rows = list(csv.reader(io.StringIO(done.stdout.decode(), newline="")))
    assert (rows[0], sorted(name for name, _ in rows[1:])) == (["name", "version"], present)
    assert {version for _, version in rows[1:]} == {"1"}


def test_comma_separated_values_have_no_effect_on_a_terminal(cli, caller):
    caller.post(SETTINGS, {"name": "\x1b[2J\n\u202ek, \"l\""})
    code, shown = cli.at_a_terminal("settings", "list", "-o", "csv", "--fields", "name")
    assert (code, shown) == (0, 'name\n"\\u{1B}[2J\\u{A}\\u{202E}k, ""l"""\n')


@pytest.mark.parametrize("command", ["supported-content list", "supported-content list -o json", "--help", "explain settings", "completion bash"])
def test_an_output_that_is_closed_or_full_is_a_failure(cli, command):
    for redirection, cause in ((">&-", "Bad file descriptor"), ("> /dev/full", "No space left on device")):
        done = subprocess.run(["bash", "-c", f"{cli.program} {command} {redirection}"], env=cli.environment, capture_output=True, text=True,
                              timeout=conformance.PATIENCE)
        message = f"could not write to standard output: {cause}"
        told = json.loads(done.stderr)["message"] if "-o json" in command else done.stderr.removeprefix("messaging: ").removesuffix("\n")
        assert (done.returncode, told) == (1, message)


@pytest.mark.parametrize("redirection", ["<&-", "2>&-", "<&- 2>&-"])
def test_other_closed_streams_are_no_obstacle(cli, redirection):
    done = subprocess.run(["bash", "-c", f"{cli.program} supported-content list -o json {redirection}"], env=cli.environment, capture_output=True,
                          text=True, timeout=conformance.PATIENCE)
    assert done.returncode == 0 and len(json.loads(done.stdout)) == 1


def test_a_command_without_output_needs_none(cli, caller, support):
    done = subprocess.run(["bash", "-c", f"{cli.program} settings delete Support --yes >&-"], env=cli.environment, capture_output=True, text=True,
                          timeout=conformance.PATIENCE)
    assert (done.returncode, done.stderr) == (0, "") and caller.everything(SETTINGS) == []


def test_a_host_without_tls_is_named_as_such(tmp_path):
    with hosting(http.server.BaseHTTPRequestHandler) as url:
        error = CommandLine(tmp_path).refusal(1, "settings", "list", MESSAGING_URL=url.replace("http:", "https:"), MESSAGING_TOKEN="t")
    first, following = error.splitlines()
    assert first == "messaging: could not connect: the TLS handshake failed: the host may not speak TLS at this address"
    assert following.startswith("next: Check the address")
