"""The command line: earlier versions and uses of objects."""

import json
import re

import pytest

from commandline import CommandLine, golden
from conformance import UNKNOWN_ID
from gateways import gateway, hosting
from pasts import INTEGRATIONS, PROFILES, SETTINGS, TYPING, caller, cli, integration, secret_of, support  # noqa: F401


DRY_RUNS = {
    (): '~ name: "Help" -> "Support"\n~ event.typing.on.inbound: "Disabled" -> "Enabled"\n',
    ("--version", "1"): '~ name: "Help" -> "Support"\n- event.typing.on.inbound: "Disabled"\n', ("--version", "3"): "",
}


@pytest.mark.parametrize("options", DRY_RUNS, ids=" ".join)
def test_a_dry_run_of_a_restoration_shows_the_difference(cli, caller, support, options):
    done = cli.run("settings", "restore", "Help", "--dry-run", *options)
    assert (done.returncode, done.stdout, done.stderr) == (2 if DRY_RUNS[options] else 0, DRY_RUNS[options], "")
    assert caller.get(f"{SETTINGS}/{support['id']}").json() == support


def test_an_earlier_version_is_restored(cli, caller, support):
    restored = json.loads(cli.output("settings", "restore", "Help", "--yes", "-o", "json"))
    assert (restored["name"], restored["event"], restored["version"]) == ("Support", TYPING, "4")
    assert caller.get(f"{SETTINGS}/{support['id']}").json() == restored
    restored = json.loads(cli.output("settings", "restore", support["id"], "--version", "1", "--yes", "-o", "json"))
    assert "event" not in restored and restored["version"] == "5"


def test_a_deleted_object_is_restored_by_its_name_or_id(cli, caller, support):
    done = cli.run("settings", "restore", "Gone", "--dry-run")
    assert (done.returncode, done.stdout) == (2, '+ name: "Gone"\n+ event.typing.on.inbound: "Enabled"\n')
    restored = json.loads(cli.output("settings", "restore", "Gone", "--yes", "-o", "json"))
    assert (restored["name"], restored["event"], restored["version"]) == ("Gone", TYPING, "2")
    caller.delete(f"{SETTINGS}/{restored['id']}")
    assert cli.output("settings", "restore", restored["id"], "--yes", "-o", "name") == "Gone\n"
    assert golden(cli.output("history", "--kind", "settings", "--limit", "1", "--no-header")) == (
        "DATE\tID\tpostPlatformSettingsRestorations\tsettings\tGone\trestored\n")


def test_a_restoration_is_conditional_and_made_once(cli, caller, tenant, support):
    restorations = []

    def before(request):
        if request.path.endswith("/restorations"):
            restorations.append({name: request.headers[name] for name in ("If-Match", "Idempotency-Key")})
            if "If-Match" in request.headers:
                caller.patch(f"{SETTINGS}/{support['id']}", {"name": "Theirs"})

    with hosting(gateway(tenant.server.url, before)) as url:
        error = cli.refusal(1, "settings", "restore", "Help", "--yes", MESSAGING_URL=url)
        assert "Another client has changed the object" in error
        cli.output("settings", "restore", "Gone", "--yes", MESSAGING_URL=url)
    assert caller.get(f"{SETTINGS}/{support['id']}").json()["name"] == "Theirs"
    assert [seen["If-Match"] is None for seen in restorations] == [False, True] and all(seen["Idempotency-Key"] for seen in restorations)


def test_a_deleted_integration_is_restored_with_its_secrets(cli, caller, integration):
    caller.delete(f"{INTEGRATIONS}/{integration['id']}")
    shown = cli.output("integrations", "restore", "App", "--yes")
    [restored] = caller.everything(INTEGRATIONS)
    assert restored["webhookHeaders"] == integration["webhookHeaders"]
    assert "webhookHeaders.X-Key\tredacted\n" in shown


def test_secrets_alone_are_restored(cli, caller, integration):
    caller.patch(f"{INTEGRATIONS}/{integration['id']}", {"webhookHeaders": {"X-Key": secret_of("header")}})
    done = cli.run("integrations", "restore", "App", "--dry-run")
    assert (done.returncode, done.stdout, done.stderr) == (2, "~ secrets may change (their values are not shown)\n", "")
    version = json.loads(cli.output("history", "--id", integration["id"], "--limit", "1", "-o", "json"))[0]["after"]["version"]
    assert cli.output("integrations", "restore", "App", "--version", version, "--dry-run") == "", "the present version"
    code, shown = cli.at_a_terminal("integrations", "restore", "App", entered="n\n")
    assert code == 3 and "~ secrets may change (their values are not shown)\nRestore version " in shown and "with its secrets? [y/N]" in shown
    cli.output("integrations", "restore", "App", "--yes")
    assert caller.everything(INTEGRATIONS)[0]["webhookHeaders"] == integration["webhookHeaders"]


def test_a_restoration_asks_first(cli, caller, support):
    error = cli.refusal(3, "settings", "restore", "Help")
    assert golden(error) == 'messaging: nobody was asked: Restore version 2 of the setting "Help" (ID)?\nnext: Repeat the command with --yes.\n'
    code, shown = cli.at_a_terminal("settings", "restore", "Gone", entered="n\n")
    question = '+ name: "Gone"\n+ event.typing.on.inbound: "Enabled"\nRestore version 1 of the deleted setting "Gone" (ID)? [y/N]'
    assert code == 3 and question in golden(shown)
    assert [each["name"] for each in caller.everything(SETTINGS)] == ["Help"]


def test_a_restoration_of_the_same_is_not_sent(cli, caller, support):
    assert "name\tHelp\n" in cli.output("settings", "restore", "Help", "--version", "3")
    assert caller.get(f"{SETTINGS}/{support['id']}").json() == support


def test_what_cannot_be_restored_exits_with_5(cli, caller, support):
    for reference in ("Helb", UNKNOWN_ID):
        assert "there is no setting" in cli.refusal(5, "settings", "restore", reference, "--yes")
    assert "has no version 9 of the setting" in cli.refusal(5, "settings", "restore", "Help", "--version", "9", "--yes")
    created = caller.post(SETTINGS, {"name": "New"}).json()
    error = cli.refusal(5, "settings", "restore", "New", "--yes")
    assert error == ("messaging: the history has no earlier version of the setting\n"
                     f"next: messaging history --kind settings --id {created['id']} shows its changes.\n")


def test_a_search_of_the_history_is_shown_at_a_terminal(cli, support):
    code, shown = cli.at_a_terminal("settings", "restore", "Helb", "--yes")
    assert code == 5 and "\r\x1b[K1 changes of the history" in shown and 'there is no setting "Helb"' in shown


SMALLEST = -(1 << 63)


@pytest.mark.parametrize("command, number, code", [
    (("settings", "restore", "Help", "--yes"), b'"version":"%d"', 5), (("settings", "usage", "Help"), b'"total":%d', 0)], ids=["version", "total"])
def test_a_number_of_the_host_that_cannot_be_is_no_crash(cli, tenant, support, command, number, code):
    times = []

    def after(response):
        response.content, found = re.subn(re.sub(rb"%d", rb"[0-9]+", number), number % SMALLEST, response.content)
        times.append(found)

    with hosting(gateway(tenant.server.url, after=after)) as url:
        assert cli.run(*command, MESSAGING_URL=url).returncode == code
    assert sum(times) > 0


def test_an_object_that_was_restored_is_no_deleted_one(cli, caller, support):
    id = json.loads(cli.output("settings", "restore", "Gone", "--yes", "-o", "json"))["id"]
    caller.patch(f"{SETTINGS}/{id}", {"name": "Renamed"})
    assert 'there is no setting "Gone"' in cli.refusal(5, "settings", "restore", "Gone", "--yes")


def test_deleted_objects_with_the_same_name_are_listed(cli, caller, support):
    other = caller.post(SETTINGS, {"name": "Gone"}).json()["id"]
    caller.delete(f"{SETTINGS}/{other}")
    error = cli.refusal(5, "settings", "restore", "Gone", "--yes")
    assert other in error and "2 objects have the name" in error
    assert cli.output("settings", "restore", other, "--yes", "-o", "name") == "Gone\n"
    assert "Gone" in cli.output("settings", "restore", "Gone", "--version", "1"), "the one that exists counts first"


@pytest.fixture
def used(cli, caller):
    """A setting that is the default, and that two integrations use."""
    setting = caller.post(SETTINGS, {"name": "Support"}).json()
    caller.put(f"{SETTINGS}/default", {"settingId": setting["id"]})
    for name in ("App", "Bot"):
        caller.post(INTEGRATIONS, {"name": name, "messagingSetting": {"id": setting["id"]}, "outboundNotificationWebhookUrl": "https://messaging.example.com/o",
                                   "outboundNotificationWebhookSignatureSecretToken": secret_of("token")})
    return setting


USES = {(): "use\tname\tid\ndefault\t\t\nintegration\tApp\tID\nintegration\tBot\tID\n", ("-o", "name"): "App\nBot\n",
        ("-o", "csv", "--no-header"): "default,,\nintegration,App,ID\nintegration,Bot,ID\n"}


@pytest.mark.parametrize("options", USES, ids=" ".join)
def test_the_uses_have_their_golden_output(cli, used, options):
    assert golden(cli.output("settings", "usage", "Support", *options)) == USES[options]


def test_the_uses_in_json_are_those_of_the_api(cli, caller, used):
    shown = json.loads(cli.output("settings", "usage", used["id"], "-o", "json"))
    api = caller.get(f"/platform/v1/settings/{used['id']}/usage").json()
    assert shown == {"isDefault": True, "integrations": {key: api["integrations"][key] for key in ("entities", "total")}}


def test_the_uses_of_several_pages_are_whole(cli, caller, used):
    for number in range(100):
        caller.post(INTEGRATIONS, {"name": f"{number:03}", "messagingSetting": {"id": used["id"]}, "outboundNotificationWebhookUrl": "https://messaging.example.com/o",
                                   "outboundNotificationWebhookSignatureSecretToken": secret_of("token")})
    expected = [f"{number:03}" for number in range(100)] + ["App", "Bot"]
    assert cli.output("settings", "usage", "Support", "-o", "name").split() == expected


def test_an_object_without_uses(cli, caller):
    caller.post(PROFILES, {"name": "Pictures"})
    assert cli.output("supported-content", "usage", "Pictures") == "use\tname\tid\n"
    assert "Nothing uses it." in cli.at_a_terminal("supported-content", "usage", "Pictures")[1]
    assert cli.output("supported-content", "usage", "Pictures", "-o", "name") == ""


def test_a_client_that_may_not_view_integrations_gets_their_number(cli, tenant, used):
    client = tenant.new_client("--permission", "messaging:setting:view")
    shown = cli.output("settings", "usage", "Support", "--no-header", MESSAGING_CLIENT_ID=client["id"], MESSAGING_CLIENT_SECRET=client["secret"])
    assert shown == "default\t\t\nintegration\t(2 that the client may not view)\t\n"


FOREIGN = [("history",), ("settings", "usage", "Support"), ("settings", "restore", "Support", "--yes")]


@pytest.mark.parametrize("command", FOREIGN, ids=" ".join)
def test_a_region_of_the_vendor_is_not_asked(tmp_path, command):
    cli = CommandLine(tmp_path, GENESYSCLOUD_REGION="eu-central-1", GENESYSCLOUD_ACCESS_TOKEN="t")
    assert re.fullmatch(r"messaging: the host has no (history|operation that shows the uses of an object)\nnext: Only servers of this project have it.\n",
                        cli.refusal(1, *command))


@pytest.mark.parametrize("command", FOREIGN, ids=" ".join)
def test_a_host_without_our_operations_is_reported(cli, caller, tenant, command):
    caller.post(SETTINGS, {"name": "Support"})

    def before(request):
        request.path = request.path.replace("/platform/v1", "/none")

    with hosting(gateway(tenant.server.url, before)) as url:
        assert "the host has no" in cli.refusal(1, *command, MESSAGING_URL=url)
