"""The commands history, restore and usage: what they show, and what a restoration changes."""

import contextlib
import http.client
import http.server
import json
import re
import signal
import subprocess
import threading

import pytest

import conformance
from commandline import CommandLine, golden
from conformance import CANARIES, SUCCESSOR, UNKNOWN_ID

SETTINGS, PROFILES = f"{SUCCESSOR}/settings", f"{SUCCESSOR}/supportedcontent"
INTEGRATIONS = f"{SUCCESSOR}/integrations/open"
CHANGES = "/platform/v1/changes"
TYPING = {"typing": {"on": {"inbound": "Enabled"}}}


@pytest.fixture
def caller(tenant):
    return tenant.caller()


@pytest.fixture
def cli(tenant, tmp_path):
    return CommandLine(tmp_path, MESSAGING_URL=tenant.server.url, MESSAGING_CLIENT_ID=tenant.client["id"],
                       MESSAGING_CLIENT_SECRET=tenant.client["secret"])


@pytest.fixture
def support(caller):
    """A setting with three versions, and a deleted setting."""
    setting = caller.post(SETTINGS, {"name": "Support"}).json()
    caller.patch(f"{SETTINGS}/{setting['id']}", {"event": TYPING})
    setting = caller.patch(f"{SETTINGS}/{setting['id']}", {"name": "Help", "event": {"typing": {"on": {"inbound": "Disabled"}}}}).json()
    caller.delete(f"{SETTINGS}/{caller.post(SETTINGS, {'name': 'Gone', 'event': TYPING}).json()['id']}")
    return setting


HISTORY = """time\tauthor\toperation\tkind\tname\tchange
DATE\tID\tdeleteConversationsMessagingSetting\tsettings\tGone\tdeleted
DATE\tID\tpostConversationsMessagingSettings\tsettings\tGone\tcreated
DATE\tID\tpatchConversationsMessagingSetting\tsettings\tHelp\t~ name: "Support" -> "Help", ~ event.typing.on.inbound: "Enabled" -> "Disabled"
DATE\tID\tpatchConversationsMessagingSetting\tsettings\tSupport\t+ event.typing.on.inbound: "Enabled"
DATE\tID\tpostConversationsMessagingSettings\tsettings\tSupport\tcreated
"""


def test_the_history_has_its_golden_output(cli, support):
    assert golden(cli.output("history", "--kind", "settings")) == HISTORY


def test_the_history_in_json_is_the_objects_of_the_api(cli, caller, support):
    assert json.loads(cli.output("history", "--limit", "100", "-o", "json")) == caller.get(f"{CHANGES}?pageSize=100").json()["entities"]
    assert cli.output("history", "--limit", "1", "-o", "yaml").startswith("- revision: ")


SELECTIONS = {
    ("--kind", "settings", "--limit", "2"): "Gone\nGone\n", ("--kind", "settings", "--name", "Support"): "Help\nSupport\nSupport\n",
    ("--name", "Support", "--limit", "1"): "Help\n", ("--kind", "settings", "--name", "Nobody"): "", ("--kind", "defaults"): "supportedcontent\n",
}


@pytest.mark.parametrize("options", SELECTIONS, ids=" ".join)
def test_a_selection_of_changes(cli, support, options):
    assert cli.output("history", *options, "-o", "name") == SELECTIONS[options]


def test_the_changes_of_one_object(cli, support):
    for kind in ((), ("--kind", "settings")):
        assert cli.output("history", "--id", support["id"], "-o", "name", *kind) == "Help\nSupport\nSupport\n"
    assert cli.output("history", "--id", UNKNOWN_ID, "-o", "name") == ""


def test_a_change_by_another_client_shows_no_editor(cli, caller, tenant, support):
    tenant.caller(tenant.new_client()).patch(f"{SETTINGS}/{support['id']}", {"name": "Theirs"})
    author, change = cli.output("history", "--limit", "1", "--kind", "settings", "--no-header").rstrip("\n").split("\t")[1::4]
    assert change == '~ name: "Help" -> "Theirs"' and author != support["createdBy"]["id"]


def test_a_history_of_several_pages_is_whole(cli, caller):
    for number in range(105):
        caller.post(SETTINGS, {"name": f"{number:03}"})
    expected = [f"{number:03}" for number in reversed(range(105))]
    assert cli.output("history", "--kind", "settings", "--limit", "1000", "-o", "name").split() == expected
    assert cli.output("history", "--kind", "settings", "--name", "001", "-o", "name").split() == ["001"]


USAGE = {
    ("history", "--kind", "setings"): "Did you mean settings?", ("history", "--name", "a", "--id", "b"): "either --name or --id",
    ("history", "--limit", "0"): "--limit", ("history", "--interval", "5s"): "--watch", ("history", "--watch", "--interval", "0s"): "0s",
    ("settings", "restore", "a", "--version", "0"): "version", ("settings", "restore"): "<name>", ("settings", "usage"): "<name>",
    ("integrations", "usage", "a"): "usage",
}


@pytest.mark.parametrize("command", USAGE, ids=" ".join)
def test_wrong_arguments_exit_with_64(cli, command):
    assert USAGE[command] in cli.refusal(64, *command)


def test_the_history_needs_its_permission(cli, tenant):
    client = tenant.new_client("--permission", "messaging:setting:view")
    error = cli.refusal(4, "history", MESSAGING_CLIENT_ID=client["id"], MESSAGING_CLIENT_SECRET=client["secret"])
    assert "messaging:audit:view" in error


def secret_of(what):
    secret = conformance.new_secret(what)
    CANARIES.learn(secret, places=(conformance.INTEGRATION_CHANGES, conformance.INTEGRATION_READS))
    return secret


@pytest.fixture
def integration(caller):
    created = caller.post(INTEGRATIONS, {
        "name": "App", "outboundNotificationWebhookUrl": "https://messaging.example.com/o", "outboundNotificationWebhookSignatureSecretToken": secret_of("token"),
        "webhookHeaders": {"X-Key": secret_of("header")}}).json()
    conformance.until(lambda: caller.everything(INTEGRATIONS)[0]["createStatus"] == "Completed")
    return caller.get(f"{INTEGRATIONS}/{created['id']}").json()


def test_the_history_shows_no_secret(cli, caller, integration):
    header = secret_of("header")
    caller.patch(f"{INTEGRATIONS}/{integration['id']}", {"webhookHeaders": {"X-Key": header}})
    assert "\tnothing that is shown\n" in cli.output("history", "--id", integration["id"])
    shown = "".join(cli.output("history", "--id", integration["id"], "-o", format) for format in ("json", "yaml", "csv"))
    assert not any(secret in shown for secret in (header, *integration["webhookHeaders"].values()))
    assert "***" in shown


def test_a_name_in_the_history_has_no_effect_on_a_terminal(cli, caller):
    caller.post(SETTINGS, {"name": "\x1b[2J\u202e"})
    assert "\\u{1B}[2J\\u{202E}" in cli.output("history", "--kind", "settings")


class Watch:
    """A process of `history --watch`, and its lines."""

    def __init__(self, cli, *options, **variables):
        self.process = subprocess.Popen([cli.program, "history", "--watch", "--interval", "1s", "--kind", "settings", *options],
                                        env=cli.environment | variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.lines, self.errors = [], []
        self.threads = [threading.Thread(target=self._read, args=pair, daemon=True)
                        for pair in ((self.process.stdout, self.lines), (self.process.stderr, self.errors))]
        for thread in self.threads:
            thread.start()

    @staticmethod
    def _read(stream, lines):
        for line in stream:
            CANARIES.write("output of the command line", line)
            lines.append(line.rstrip("\n"))

    def wait(self, count):
        conformance.until(lambda: len(self.lines) >= count, lambda: f"{self.lines} {self.errors}")

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(conformance.PATIENCE)
        for thread in self.threads:
            thread.join(conformance.PATIENCE)
        return code


@contextlib.contextmanager
def watching(cli, *options, **variables):
    watch = Watch(cli, *options, **variables)
    try:
        yield watch
    finally:
        if watch.process.poll() is None:
            watch.process.kill()


def test_a_watch_shows_the_newest_changes_and_each_new_one_once(cli, caller):
    for number in range(12):
        caller.post(SETTINGS, {"name": f"old {number}"})
    with watching(cli, "-o", "name") as watch:
        watch.wait(10)
        for number in range(3):
            caller.post(SETTINGS, {"name": f"new {number}"})
        watch.wait(13)
        caller.post(SETTINGS, {"name": "last"})
        watch.wait(14)
        assert watch.stop() == 0
    assert watch.lines == [f"old {number}" for number in range(2, 12)] + [f"new {number}" for number in range(3)] + ["last"]
    assert watch.errors == []


def test_a_watch_has_one_header_and_its_own_limit(cli, caller):
    with watching(cli, "--limit", "1", "--name", "Mine") as watch:
        watch.wait(1)
        caller.post(SETTINGS, {"name": "Other"})
        caller.post(SETTINGS, {"name": "Mine"})
        watch.wait(2)
        assert watch.stop() == 0
    assert golden("\n".join(watch.lines)) == ("time\tauthor\toperation\tkind\tname\tchange\n"
                                              "DATE\tID\tpostConversationsMessagingSettings\tsettings\tMine\tcreated")


def test_a_watch_in_json_prints_a_change_on_a_line(cli, caller):
    caller.post(SETTINGS, {"name": "one"})
    with watching(cli, "-o", "json") as watch:
        watch.wait(1)
        caller.post(SETTINGS, {"name": "two"})
        watch.wait(2)
        assert watch.stop() == 0
    assert [json.loads(line) for line in watch.lines] == caller.get(f"{CHANGES}?kind=settings").json()["entities"][::-1]


class Faulty(http.server.BaseHTTPRequestHandler):
    """A host that passes requests on. While it is `broken`, it refuses those for changes with a status."""
    protocol_version = "HTTP/1.1"
    broken = False
    status = 503
    refusals = 0
    target = ""

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if type(self).broken and self.path.startswith(CHANGES):
            type(self).refusals += 1
            status, headers, content = type(self).status, [], b""
        else:
            connection = http.client.HTTPConnection(type(self).target.removeprefix("http://"), timeout=conformance.PATIENCE)
            connection.request(self.command, self.path, body, {name: value for name, value in self.headers.items() if name != "Host"})
            response = connection.getresponse()
            status, headers, content = response.status, response.getheaders(), self.changed(response.read())
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in ("content-length", "transfer-encoding", "date", "server"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = pass_on

    @staticmethod
    def changed(content):
        """What the host makes of the content of a response."""
        return content

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def hosting(handler):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(conformance.PATIENCE)


@pytest.mark.parametrize("refusal", [408, 429, 500, 503])
def test_a_watch_survives_a_failed_request(cli, caller, tenant, refusal):
    caller.post(SETTINGS, {"name": "one"})

    class Host(Faulty):
        target, status = tenant.server.url, refusal

    with hosting(Host) as url, watching(cli, "-o", "name", MESSAGING_URL=url) as watch:
        watch.wait(1)
        Host.broken = True
        caller.post(SETTINGS, {"name": "two"})
        conformance.until(lambda: Host.refusals >= 3)
        assert watch.lines == ["one"]
        Host.broken = False
        watch.wait(2)
        assert watch.stop() == 0
    assert watch.lines == ["one", "two"]
    assert watch.errors == [f"messaging: the host refused the request with status {refusal}; asking again"]


@pytest.mark.parametrize("refusal, code", [(400, 1), (401, 4), (403, 4), (404, 1)])
def test_a_watch_ends_with_a_failure_that_does_not_pass(cli, caller, tenant, refusal, code):
    caller.post(SETTINGS, {"name": "one"})

    class Host(Faulty):
        target, status = tenant.server.url, refusal

    with hosting(Host) as url, watching(cli, "-o", "name", MESSAGING_URL=url) as watch:
        watch.wait(1)
        Host.broken = True
        assert watch.process.wait(conformance.PATIENCE) == code
        watch.stop()
    assert watch.lines == ["one"] and not any("asking again" in line for line in watch.errors)


def test_a_watch_that_cannot_begin_fails(cli):
    assert cli.run("history", "--watch", MESSAGING_TOKEN="wrong").returncode == 4


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
    class Host(Faulty):
        target = tenant.server.url
        seen = []

        def pass_on(self):
            if self.path.endswith("/restorations"):
                Host.seen.append({name: self.headers[name] for name in ("If-Match", "Idempotency-Key")})
                if "If-Match" in self.headers:
                    caller.patch(f"{SETTINGS}/{support['id']}", {"name": "Theirs"})
            super().pass_on()

        do_GET = do_POST = pass_on

    with hosting(Host) as url:
        error = cli.refusal(1, "settings", "restore", "Help", "--yes", MESSAGING_URL=url)
        assert "Another client has changed the object" in error
        cli.output("settings", "restore", "Gone", "--yes", MESSAGING_URL=url)
    assert caller.get(f"{SETTINGS}/{support['id']}").json()["name"] == "Theirs"
    assert [seen["If-Match"] is None for seen in Host.seen] == [False, True] and all(seen["Idempotency-Key"] for seen in Host.seen)


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
    class Host(Faulty):
        target = tenant.server.url
        times = 0

        @classmethod
        def changed(cls, content):
            found, times = re.subn(re.sub(rb"%d", rb"[0-9]+", number), number % SMALLEST, content)
            cls.times += times
            return found

    with hosting(Host) as url:
        assert cli.run(*command, MESSAGING_URL=url).returncode == code
    assert Host.times > 0


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

    class Vendor(Faulty):
        target = tenant.server.url

        def pass_on(self):
            self.path = self.path.replace("/platform/v1", "/none")
            super().pass_on()

        do_GET = do_POST = pass_on

    with hosting(Vendor) as url:
        assert "the host has no" in cli.refusal(1, *command, MESSAGING_URL=url)
