"""The command messaging doctor: what it finds, on any width of a terminal and in any state of the profiles."""

import json
import re
from pathlib import Path

import pytest

import conformance
from commandline import CommandLine, caller, cli, credentials, golden  # noqa: F401
from gateways import gateway, hosting

HEALTHY = """profile\tok\tMESSAGING_URL
address\tok\tURL, on this machine
connection\tok\tthe host responds
clock\tok\tas that of the host
token\tok\tmessaging
organization\tok\tORGANIZATION (ID)
settings list\tok\t0 objects; also get, usage, default get, export, diff, plan, drift
settings create\tok\tpermitted; also restore of deleted objects
settings update\tok\tpermitted; also edit, restore, default set
settings delete\tok\tpermitted; also default clear
supported-content list\tok\t1 object; also get, usage, default get, export, diff, plan, drift, simulate, media-type check
supported-content create\tok\tpermitted; also restore of deleted objects
supported-content update\tok\tpermitted; also edit, restore, default set
supported-content delete\tok\tpermitted
integrations list\tok\t0 objects; also get, export, diff, plan, drift
integrations create\tok\tpermitted; also restore of deleted objects
integrations update\tok\tpermitted; also edit, restore
integrations delete\tok\tpermitted
history\tok\tpermitted; also needed for restore
"""


@pytest.fixture
def bare(tmp_path):
    """The program without a host."""
    return CommandLine(tmp_path)


def limited(tenant, *permissions):
    """The environment variables of a client with these permissions."""
    return credentials(tenant, tenant.new_client(*(word for name in permissions for word in ("--permission", name))))


def checks(done):
    """The result and the detail of each check in JSON."""
    return {check["check"]: (check["result"], check["detail"]) for check in json.loads(done.stdout)}


def test_a_healthy_host_has_its_golden_output_and_is_not_changed(cli, tenant, caller):
    changes = caller.everything("/platform/v1/changes")
    shown = cli.output("doctor", "--no-header").replace(tenant.server.url, "URL").replace(tenant.organization["name"], "ORGANIZATION")
    assert golden(shown) == HEALTHY
    assert caller.everything("/platform/v1/changes") == changes


def test_the_names_of_the_checks_are_printed(cli):
    assert cli.output("doctor", "-o", "name") == "".join(line.split("\t")[0] + "\n" for line in HEALTHY.splitlines())


def test_a_missing_permission_is_named(cli, tenant):
    done = cli.run("doctor", "-o", "json", **limited(tenant, "messaging:setting:view", "messaging:setting:edit"))
    assert (done.returncode, done.stderr) == (4, "")
    assert checks(done).items() >= {
        "settings list": ("ok", "0 objects; also get, usage, default get, export, diff, plan, drift"),
        "settings create": ("warning", "missing messaging:setting:add"), "settings delete": ("warning", "missing messaging:setting:delete"),
        "settings update": ("ok", "permitted; also edit, restore, default set"),
        "integrations list": ("failed", "missing messaging:integration:view"), "history": ("warning", "missing messaging:audit:view")}.items()


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_a_terminal_of_any_width_shows_what_is_missing(cli, tenant, columns):
    code, shown = cli.at_a_terminal("doctor", columns=columns, NO_COLOR="1", **limited(tenant, "messaging:setting:view"))
    table, details = shown.split("\n\n")
    assert code == 4 and all(len(line) <= columns for line in table.splitlines())
    for kind in ("settings", "supported-content", "integrations"):
        for command in ("list", "create", "update", "delete"):
            assert len([line for line in table.splitlines() if line.startswith(f"{kind} {command} ")]) == 1, table
    assert "settings create: warning\n  missing messaging:setting:add\n" in details
    assert "supported-content list: failed\n  missing messaging:supportedContent:view\n" in details
    assert "history: warning\n  missing messaging:audit:view\n" in details
    whole = "settings list: ok\n  0 objects; also get, usage, default get, export, diff, plan, drift\n"
    assert (whole in details) == (columns < 200)


def test_a_wide_terminal_shows_a_healthy_host_once(cli):
    code, shown = cli.at_a_terminal("doctor", columns=200, NO_COLOR="1")
    assert code == 0 and "\n\n" not in shown


def open_to_others(cli, tenant):
    cli.output("login", "--profile", "p", "--url", tenant.server.url, "--client-id", tenant.client["id"], stdin=tenant.client["secret"])
    Path(cli.environment["HOME"], ".config/messaging/profiles.json").chmod(0o644)


PROFILES = {"open to others": (1, "others may read or write"), "unknown": (5, 'there is no profile "nobody"'), "none": (4, "there is no profile")}


@pytest.mark.parametrize("state", PROFILES)
def test_a_profile_that_cannot_be_used_is_a_failed_check(bare, tenant, state):
    code, detail = PROFILES[state]
    if state == "open to others":
        open_to_others(bare, tenant)
    options = ("--profile", "nobody") if state == "unknown" else ()
    done = bare.run("doctor", "-o", "json", *options)
    (name, (result, found)), = checks(done).items()
    assert (done.returncode, done.stderr, name, result) == (code, "", "profile", "failed") and found.startswith(detail), done
    assert bare.run("doctor", *options).stdout.startswith(f"check\tresult\tdetail\nprofile\tfailed\t{detail}")


def test_the_doctor_is_no_advice_of_the_doctor_and_before_a_login(cli, bare, tenant):
    refused = f"http://127.0.0.1:{conformance.free_port()}"
    login = ("login", "--profile", "p", "--client-id", "nobody", "--url")
    for done in (cli.run("doctor", MESSAGING_URL=refused), cli.run("doctor", MESSAGING_CLIENT_SECRET="wrong"),
                 bare.run(*login, refused, stdin="wrong"), bare.run(*login, tenant.server.url, stdin="wrong")):
        assert done.returncode in (1, 4) and "Check the " in done.stdout + done.stderr, done
        assert "messaging doctor" not in done.stdout + done.stderr, done
    assert "messaging doctor" in cli.run("settings", "list", MESSAGING_URL=refused).stderr


@pytest.mark.parametrize("date, found", [("Sat, 01 Jan 2000 00:00:00 GMT", r"the host is \d\d years behind"),
                                         ("Fri, 31 Dec 9999 23:59:59 GMT", r"the host is \d{4} years ahead")])
def test_a_clock_that_is_wrong_is_a_warning_in_a_readable_unit(cli, tenant, date, found):
    def dated(response):
        del response.headers["Date"]
        response.headers["Date"] = date

    with hosting(gateway(tenant.server.url, after=dated)) as url:
        result, detail = checks(cli.run("doctor", "-o", "json", MESSAGING_URL=url))["clock"]
    assert result == "warning" and re.fullmatch(found, detail), detail
