"""The command line and files: bad files, interruptions, and other clients that change the organization meanwhile."""

import itertools
import json
import os
import signal
import subprocess
import threading

import pytest

from conformance import PATIENCE
from gateways import gateway, hosting
from organizationfiles import (PROFILES, SETTINGS, caller, changed, cli, edit, exported, files, organization)  # noqa: F401


def test_values_are_compared_as_the_api_stores_them(cli, exported):
    edit(exported / "settings/Support.yaml", '"Enabled"', "enabled")
    assert cli.output("plan", exported) == "0 differences, 4 objects are the same.\n"


BAD = {
    "a key is missing": ("settings/Support.yaml", "event: {}\n", "settings/Support.yaml: it has no name"),
    "bad YAML": ("settings/Support.yaml", "name: [a\n", "is not YAML"),
    "its place": ("settings/Support.yaml", "name: a\nevent: {typing: [}\n", "line 2, column 18"),
    "bad JSON": ("settings/x.json", '{"name": "x",}', "line 1, column 14"),
    "a key twice": ("settings/Support.yaml", "name: a\nname: b\n", 'the key "name" occurs twice'),
    "an unknown field": ("settings/Support.yaml", "name: a\nevnt: {}\n", "Did you mean event?"),
    "an unknown inner field": ("settings/Support.yaml", "name: a\nevent: {typin: {}}\n", "Did you mean event.typing?"),
    "another type": ("settings/Support.yaml", "name: a\nevent: 3\n", "settings/Support.yaml: "),
    "another value": ("settings/Support.yaml", "name: a\nevent: {typing: {on: {inbound: maybe}}}\n", "event.typing.on.inbound"),
    "no object": ("settings/Support.yaml", "- a\n", "must be an object"),
    "an unknown kind": ("setings/a.yaml", "name: a\n", "Did you mean settings?"),
    "an unknown reference": ("integrations/Chat.yaml", "name: Chat\nmessagingSetting: {name: Suport}\noutboundNotificationWebhookUrl: https://a.example\n",
                             'Did you mean "Support"?'),
    "a reference without a name": ("integrations/Chat.yaml", "name: Chat\nmessagingSetting: Support\n", "messagingSetting"),
    "another version": ("messaging.yaml", "format: 2\n", "format must be 1"),
    "an unknown member": ("messaging.yaml", "format: 1\ndefault: {}\n", "Did you mean defaults?"),
    "an unknown default": ("messaging.yaml", "format: 1\ndefaults: {setting: a}\n", "Did you mean settings?"),
    "a default that is missing": ("messaging.yaml", "format: 1\ndefaults: {settings: Nobody}\n", "the default of settings names"),
    "defaults that are a text": ("messaging.yaml", "format: 1\ndefaults: Support\n", "defaults must be an object"),
    "aliases": ("settings/Support.yaml", "name: &a Support\nevent: *a\n", "anchors and aliases are not read, line 2, column 8"),
    "two files of one object": ("settings/b.yaml", "id: ID\nname: b\n", "has the same id"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_files_are_refused_precisely(cli, caller, exported, case):
    name, text, expected = BAD[case]
    (exported / name).parent.mkdir(exist_ok=True)
    (exported / "settings/a.yaml").write_text("id: ID\nname: other\n")
    (exported / name).write_text(text)
    done = cli.run("plan", exported)
    assert done.returncode in (1, 5) and done.stdout == "" and expected in done.stderr, done.stderr


def test_bad_directories_are_refused_precisely(cli, exported, tmp_path):
    assert "there is no directory" in cli.refusal(1, "plan", tmp_path / "nothing")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/notes.txt").write_text("mine")
    assert "has no messaging.yaml" in cli.refusal(1, "plan", tmp_path / "other")
    assert "has no messaging.yaml" in cli.refusal(1, "export", tmp_path / "other")
    assert files(tmp_path / "other") == {"notes.txt": "mine"}
    assert "is no directory" in cli.refusal(1, "export", tmp_path / "other/notes.txt")
    (exported / "settings/Support.yaml").unlink()
    os.mkfifo(exported / "settings/Support.yaml")
    assert "is no regular file" in cli.refusal(1, "plan", exported)


def test_a_directory_that_cannot_be_written_is_named(cli, organization):
    assert "/proc/organization" in cli.refusal(1, "export", "/proc/organization")


def test_a_name_with_control_characters_is_shown_escaped(cli, caller, tmp_path):
    name = "\u202eevil \U0001F9C0 \x1b[31m../x"
    caller.post(SETTINGS, {"name": name})
    cli.output("export", tmp_path / "a")
    assert all(text.isprintable() or text == "\n" for body in files(tmp_path / "a").values() for text in body)
    (path,) = (tmp_path / "a/settings").iterdir()
    assert path.name == "%E2%80%AEevil %F0%9F%A7%80 %1B%5B31m..%2Fx.yaml"
    path.unlink()
    code, shown = cli.at_a_terminal("plan", tmp_path / "a", "--prune", columns=40, NO_COLOR="1")
    assert code == 2 and '- settings "\\u{202E}evil \U0001F9C0 \\u{1B}[31m../x"' in shown


#: The header fields of a request that an HTTP client of the vendor's sends too.
VENDOR_FIELDS = {"accept", "accept-encoding", "authorization", "connection", "content-length", "content-type", "host", "user-agent"}


def test_a_foreign_host_gets_only_the_vendors_operations_and_fields(cli, caller, tenant, exported, tmp_path):
    (exported / "settings/new.yaml").write_text("name: New\n")
    edit(exported / "supported-content/Images %2F all.yaml", "image/*", "video/*")
    edit(exported / "messaging.yaml", "null", "New")
    (exported / "integrations/Chat.yaml").unlink()
    (exported / "settings/Support.yaml").unlink()
    (tmp_path / ".gc").mkdir()
    requests = []

    def before(request):
        requests.append((request.command, request.path, {name.lower() for name in request.headers}))

    with hosting(gateway(tenant.server.url, before)) as url:
        config = tmp_path / ".gc/config.toml"
        config.write_text(f"[DEFAULT]\ngateway_protocol = 'http'\ngateway_host = '127.0.0.1'\ngateway_port = {url.rsplit(':', 1)[1]}\n"
                          f"client_credentials = '{tenant.client['id']}'\nclient_secret = '{tenant.client['secret']}'\n")
        config.chmod(0o600)
        foreign = {"MESSAGING_URL": None, "MESSAGING_CLIENT_ID": None, "MESSAGING_CLIENT_SECRET": None}
        done = cli.run("apply", exported, "--prune", "--yes", **foreign)
        assert done.returncode == 0 and "5 of 5 steps made." in done.stdout, done
        assert cli.run("drift", exported, **foreign).returncode == 0
        assert cli.run("settings", "update", "New", "--set", "name=Newer", **foreign).returncode == 0
        assert cli.run("settings", "delete", "Newer", "--yes", **foreign).returncode == 1  # it is the default
        assert cli.run("export", tmp_path / "again", **foreign).returncode == 0
        creations = len([1 for method, path, _ in requests if method == "POST" and path == SETTINGS])
        assert cli.run("doctor", **foreign).returncode == 0
        assert len([1 for method, path, _ in requests if method == "POST" and path == SETTINGS]) == creations
    assert {method for method, _, _ in requests} == {"GET", "POST", "PATCH", "PUT", "DELETE"}
    assert {path for _, path, _ in requests if not path.startswith("/api/v2/")} == {"/oauth/token"}
    assert set().union(*(fields for _, _, fields in requests)) <= VENDOR_FIELDS


def test_an_interrupted_apply_says_what_it_did_and_the_next_one_makes_the_rest(cli, caller, tenant, exported):
    for number in range(40):
        (exported / f"settings/{number}.yaml").write_text(f"name: S{number}\n")
    posts, reached, opened = itertools.count(1), threading.Event(), threading.Event()

    def before(request):
        if (request.command, request.path) == ("POST", SETTINGS) and next(posts) == 20:
            reached.set()
            opened.wait(PATIENCE)

    with hosting(gateway(tenant.server.url, before)) as url:
        process = subprocess.Popen([cli.program, "apply", str(exported), "--yes"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   env=cli.environment | {"MESSAGING_URL": url})
        assert reached.wait(PATIENCE)
        process.send_signal(signal.SIGINT)
        opened.set()
        output, error = process.communicate(timeout=PATIENCE)
    made = len(caller.everything(SETTINGS)) - 1
    assert process.returncode == 3 and 20 <= made < 40
    assert "steps made" not in output and f"{made} of 40 steps made, 0 failed, {40 - made} not tried" in error
    assert f"{40 - made} of {40 - made} steps made." in cli.output("apply", exported, "--yes")
    assert len(caller.everything(SETTINGS)) == 41


def test_a_step_that_another_client_overtook_fails_and_the_others_are_made(cli, caller, tenant, exported):
    (exported / "settings/a.yaml").write_text("name: A\n")
    edit(exported / "supported-content/Images %2F all.yaml", "image/*", "video/*")
    edit(exported / "settings/Support.yaml", "inbound", "outbound")
    profile = next(profile for profile in caller.everything(PROFILES) if profile["name"] == "Images / all")
    cli.run("plan", exported, "--out", exported.parent / "plan.json")
    plan = json.loads((exported.parent / "plan.json").read_text())
    plan.pop("tag")
    (exported.parent / "plan.json").write_text(json.dumps(plan))
    caller.patch(f"{PROFILES}/{profile['id']}", {"mediaTypes": {"allow": {"inbound": [{"type": "audio/*"}]}}})
    done = cli.run("apply", exported.parent / "plan.json", "--yes")
    assert done.returncode == 1 and "2 of 3 steps made, 1 failed, 0 not tried" in done.stderr
    assert 'update supported-content "Images / all": another client has changed the object' in done.stderr
    assert caller.get(f"{PROFILES}/{profile['id']}").json()["mediaTypes"]["allow"]["inbound"] == [{"type": "audio/*"}]
    assert {setting["name"] for setting in caller.everything(SETTINGS)} == {"A", "Support"}


def test_nothing_is_deleted_after_a_failed_step(cli, caller, exported):
    edit(exported / "settings/Support.yaml", "Support", "Help")
    edit(exported / "integrations/Chat.yaml", '"Support"', '"Help"')
    edit(exported / "integrations/Chat.yaml", "https://example.com/in", "https://localhost.example./#x")
    done = cli.run("plan", exported, "--prune")
    assert done.returncode == 1 and "outboundNotificationWebhookUrl" in done.stderr
    edit(exported / "integrations/Chat.yaml", "https://localhost.example./#x", "https://example.com/in")
    assert cli.run("plan", exported, "--prune", "--out", exported.parent / "plan").returncode == 2
    plan = json.loads((exported.parent / "plan").read_text())
    next(step for step in plan["steps"] if step["action"] == "create")["after"]["name"] = " "
    (exported.parent / "plan").write_text(json.dumps(plan))
    done = cli.run("apply", exported.parent / "plan", "--yes")
    assert done.returncode == 1 and "0 of 3 steps made, 2 failed, 1 not tried" in done.stderr, done.stderr
    assert [setting["name"] for setting in caller.everything(SETTINGS)] == ["Support"]


def test_two_files_with_one_name_need_ids(cli, exported):
    (exported / "settings/other.yaml").write_text("name: Support\n")
    assert 'settings/Support.yaml: settings/other.yaml has the name "Support", too' in cli.refusal(1, "plan", exported)


def without_a_reader(cli, *arguments):
    """The exit code and the standard error of a command whose standard output nobody reads."""
    process = subprocess.Popen([cli.program, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=cli.environment)
    process.stdout.close()
    return process.wait(PATIENCE), process.stderr.read()


def test_a_reader_that_goes_away_ends_the_command_quietly(cli, caller, changed, tmp_path):
    cli.output("export", tmp_path / "now")
    for command in (("plan",), ("drift",), ("drift", "--watch", "1s"), ("diff", tmp_path / "now")):
        assert without_a_reader(cli, *command, changed) == (2, b""), command
    for command in (("plan",), ("drift",), ("drift", "--watch", "1s"), ("diff", tmp_path / "now")):
        assert without_a_reader(cli, *command, tmp_path / "now") == (0, b""), command
    assert without_a_reader(cli, "settings", "update", "Support", "--set", "name=New", "--dry-run") == (2, b"")
    assert without_a_reader(cli, "settings", "list") == (0, b"")
