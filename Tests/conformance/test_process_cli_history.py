"""The commands history, restore and usage: what they show, and what a restoration changes."""

import contextlib
import json
import signal
import subprocess
import threading

import pytest

import conformance
from commandline import golden
from conformance import CANARIES, UNKNOWN_ID
from gateways import gateway, hosting
from pasts import CHANGES, INTEGRATIONS, SETTINGS, caller, cli, integration, secret_of, support  # noqa: F401


HISTORY = """time\tauthor\toperation\tkind\tname\tchange
DATE\tID\tdeleteConversationsMessagingSetting\tsettings\tGone\tdeleted
DATE\tID\tpostConversationsMessagingSettings\tsettings\tGone\tcreated
DATE\tID\tpatchConversationsMessagingSetting\tsettings\tHelp\t~ name: "Support" -> "Help", ~ event.typing.on.inbound: "Enabled" -> "Disabled"
DATE\tID\tpatchConversationsMessagingSetting\tsettings\tSupport\t+ event.typing.on.inbound: "Enabled"
DATE\tID\tpostConversationsMessagingSettings\tsettings\tSupport\tcreated
"""


def test_the_history_has_its_golden_output(cli, support):
    assert golden(cli.output("history", "--kind", "settings")) == HISTORY


def test_a_terminal_shows_the_whole_time(cli, support):
    code, shown = cli.at_a_terminal("history", columns=80, NO_COLOR="1")
    lines = golden(shown).splitlines()
    assert code == 0 and len(lines) > 3 and all(line.startswith("DATE  ") for line in lines[1:]), shown
    code, shown = cli.at_a_terminal("history", columns=40, NO_COLOR="1")
    assert code == 0 and max(map(len, shown.splitlines())) <= 40, shown


def test_the_history_in_json_is_the_objects_of_the_api(cli, caller, support):
    assert json.loads(cli.output("history", "--limit", "100", "-o", "json")) == caller.get(f"{CHANGES}?pageSize=100").json()["entities"]
    assert cli.output("history", "--limit", "1", "-o", "yaml").startswith("- revision: ")


SELECTIONS = {
    ("--kind", "settings", "--limit", "2"): "Gone\nGone\n", ("--kind", "settings", "--name", "Support"): "Help\nSupport\nSupport\n",
    ("--name", "Support", "--limit", "1"): "Help\n", ("--kind", "defaults"): "supportedcontent\n",
}


@pytest.mark.parametrize("options", SELECTIONS, ids=" ".join)
def test_a_selection_of_changes(cli, support, options):
    assert cli.output("history", *options, "-o", "name") == SELECTIONS[options]


def test_the_changes_of_one_object(cli, support):
    for kind in ((), ("--kind", "settings")):
        assert cli.output("history", "--id", support["id"], "-o", "name", *kind) == "Help\nSupport\nSupport\n"


NOBODY = {
    ("--id", "nope"): 'no change has the id "nope"', ("--name", "Nobody"): 'no change has the name "Nobody"',
    ("--kind", "settings", "--name", "Nobody"): 'no change of settings has the name "Nobody"',
    ("--kind", "settings", "--id", UNKNOWN_ID): f'no change of settings has the id "{UNKNOWN_ID}"',
}


@pytest.mark.parametrize("options", NOBODY, ids=" ".join)
def test_an_object_without_changes_is_worth_a_line(cli, support, options):
    done = cli.run("history", *options, "-o", "name")
    assert (done.returncode, done.stdout) == (0, "") and done.stderr.startswith(f"messaging: warning: {NOBODY[options]}. ")
    done = cli.run("history", *options, "-o", "json")
    assert (done.returncode, json.loads(done.stdout)) == (0, []) and json.loads(done.stderr)["warning"] == NOBODY[options]


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
    ("history", "--interval", "5s"): "--watch",
    **{("history", "--limit", number): "It must be a whole number from 1." for number in ("0", "-1", "x", "99999999999999999999")},
    **{("history", "--watch", "--interval", time): "It must be 1s to 168h" for time in ("0s", "169h", "5", "", "1d", "99999999999999999999h")},
    ("settings", "restore", "a", "--version", "0"): "It must be a whole number from 1.",
    ("settings", "restore", "a", "--version", "-1"): "It must be a whole number from 1.",
    ("drift", ".", "--watch", "0s"): "It must be 1s to 168h", ("settings", "restore"): "<name>", ("settings", "usage"): "<name>",
    ("integrations", "usage", "a"): "usage",
}


@pytest.mark.parametrize("command", USAGE, ids=" ".join)
def test_wrong_arguments_exit_with_64(cli, command):
    assert USAGE[command] in cli.refusal(64, *command)


def test_the_history_needs_its_permission(cli, tenant):
    client = tenant.new_client("--permission", "messaging:setting:view")
    error = cli.refusal(4, "history", MESSAGING_CLIENT_ID=client["id"], MESSAGING_CLIENT_SECRET=client["secret"])
    assert "messaging:audit:view" in error


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


@pytest.mark.parametrize("refusal", [408, 429, 500, 503])
def test_a_watch_survives_a_failed_request(cli, caller, tenant, refusal):
    caller.post(SETTINGS, {"name": "one"})
    broken, refused = threading.Event(), []

    def before(request):
        if broken.is_set() and request.path.startswith(CHANGES):
            refused.append(request.path)
            return refusal

    with hosting(gateway(tenant.server.url, before)) as url, watching(cli, "-o", "name", MESSAGING_URL=url) as watch:
        watch.wait(1)
        broken.set()
        caller.post(SETTINGS, {"name": "two"})
        conformance.until(lambda: len(refused) >= 3)
        assert watch.lines == ["one"]
        broken.clear()
        watch.wait(2)
        assert watch.stop() == 0
    assert watch.lines == ["one", "two"]
    assert watch.errors == [f"messaging: the host refused the request with status {refusal}; asking again"]


@pytest.mark.parametrize("refusal, code", [(400, 1), (401, 4), (403, 4), (404, 1)])
def test_a_watch_ends_with_a_failure_that_does_not_pass(cli, caller, tenant, refusal, code):
    caller.post(SETTINGS, {"name": "one"})
    broken = threading.Event()

    def before(request):
        return refusal if broken.is_set() and request.path.startswith(CHANGES) else None

    with hosting(gateway(tenant.server.url, before)) as url, watching(cli, "-o", "name", MESSAGING_URL=url) as watch:
        watch.wait(1)
        broken.set()
        assert watch.process.wait(conformance.PATIENCE) == code
        watch.stop()
    assert watch.lines == ["one"] and not any("asking again" in line for line in watch.errors)


def test_a_watch_that_cannot_begin_fails(cli):
    assert cli.run("history", "--watch", MESSAGING_TOKEN="wrong").returncode == 4
