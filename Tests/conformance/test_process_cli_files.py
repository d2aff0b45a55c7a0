"""The command line and files: export, diff, plan, apply and drift against the real server."""

import contextlib
import http.client
import http.server
import json
import os
import signal
import stat
import subprocess
import threading
import xml.etree.ElementTree as xml
from pathlib import Path

import pytest

import conformance
from commandline import CommandLine, golden
from conformance import PATIENCE, SUCCESSOR

SETTINGS, PROFILES = f"{SUCCESSOR}/settings", f"{SUCCESSOR}/supportedcontent"
INTEGRATIONS = f"{SUCCESSOR}/integrations/open"
TYPING = {"typing": {"on": {"inbound": "Enabled"}}}
TOKEN = "a-signature-secret-of-the-test"


def credentials(tenant):
    return {"MESSAGING_URL": tenant.server.url, "MESSAGING_CLIENT_ID": tenant.client["id"],
            "MESSAGING_CLIENT_SECRET": tenant.client["secret"]}


@pytest.fixture
def caller(tenant):
    return tenant.caller()


@pytest.fixture
def cli(tenant, tmp_path):
    return CommandLine(tmp_path, **credentials(tenant))


@pytest.fixture
def organization(caller):
    """A setting, a profile, and an integration that refers to both."""
    setting = caller.post(SETTINGS, {"name": "Support", "event": TYPING}).json()
    profile = caller.post(PROFILES, {"name": "Images / all", "mediaTypes": {"allow": {"inbound": [{"type": "image/*"}]}}}).json()
    return caller.post(INTEGRATIONS, {
        "name": "Chat", "outboundNotificationWebhookUrl": "https://example.com/in",
        "outboundNotificationWebhookSignatureSecretToken": TOKEN, "webhookHeaders": {"X-Key": "of the test"},
        "messagingSetting": {"id": setting["id"]}, "supportedContent": {"id": profile["id"]},
    }).json()


@pytest.fixture
def exported(cli, organization, tmp_path):
    """The directory of an export of that organization."""
    directory = tmp_path / "organization"
    cli.output("export", directory)
    return directory


def files(directory):
    return {str(path.relative_to(directory)): path.read_text() for path in sorted(directory.rglob("*")) if path.is_file()}


def edit(path, old, new):
    text = path.read_text()
    assert old in text, text
    path.write_text(text.replace(old, new))


EXPORT = {
    "integrations/Chat.yaml":
        'name: "Chat"\nsupportedContent:\n  name: "Images / all"\nmessagingSetting:\n  name: "Support"\n'
        'outboundNotificationWebhookUrl: "https://example.com/in"\n'
        'outboundNotificationWebhookSignatureSecretToken: "env:INTEGRATION_CHAT_SECRET_TOKEN"\n'
        'webhookHeaders:\n  X-Key: "env:INTEGRATION_CHAT_HEADER_X_KEY"\n',
    "messaging.yaml": 'format: 1\ndefaults:\n  settings: null\n  supported-content: "default"\n',
    "settings/Support.yaml": 'name: "Support"\nevent:\n  typing:\n    "on":\n      inbound: "Enabled"\n',
    "supported-content/Images %2F all.yaml":
        'name: "Images / all"\nmediaTypes:\n  allow:\n    inbound:\n    - type: "image/*"\n',
    "supported-content/default.yaml":
        'name: "default"\nmediaTypes:\n  allow:\n    inbound:\n    - type: "*/*"\n    outbound:\n    - type: "image/jpeg"\n'
        '    - type: "image/png"\n    - type: "image/gif"\n',
}


def test_an_export_has_its_golden_files(exported):
    assert files(exported) == EXPORT


def test_an_export_in_json_has_the_same_content(cli, exported, tmp_path):
    cli.output("export", tmp_path / "json", "--format", "json")
    assert list(files(tmp_path / "json")) == [name.replace(".yaml", ".json") for name in EXPORT]
    assert cli.output("diff", tmp_path / "json", exported) == "0 differences, 4 objects are the same.\n"


def test_a_second_export_changes_only_what_has_changed(cli, caller, exported):
    edit(exported / "integrations/Chat.yaml", "INTEGRATION_CHAT_SECRET_TOKEN", "MY_TOKEN")
    edit(exported / "integrations/Chat.yaml", "env:INTEGRATION_CHAT_HEADER_X_KEY", "env:MY_KEY")
    before = files(exported)
    support = next(setting for setting in caller.everything(SETTINGS) if setting["name"] == "Support")
    assert caller.patch(f"{SETTINGS}/{support['id']}", {"name": "Help"}).status == 200
    cli.output("export", exported, MY_KEY="of the test")
    renamed = {"settings/Help.yaml": before["settings/Support.yaml"].replace("Support", "Help")}
    chat = {"integrations/Chat.yaml": before["integrations/Chat.yaml"].replace("Support", "Help")}
    assert files(exported) == {name: text for name, text in before.items() if name != "settings/Support.yaml"} | renamed | chat


def test_a_secret_that_is_another_one_by_now_gets_a_new_name(cli, exported):
    edit(exported / "integrations/Chat.yaml", "INTEGRATION_CHAT_HEADER_X_KEY", "MY_KEY")
    cli.output("export", exported, MY_KEY="no longer this")
    assert files(exported) == EXPORT


def test_an_export_with_ids_is_imported_by_a_server(cli, caller, organization, tmp_path):
    cli.output("export", "--with-ids", tmp_path / "organization.json")
    assert "exists already" in cli.refusal(1, "export", "--with-ids", tmp_path / "organization.json")
    database = tmp_path / "other.sqlite"
    assert conformance.run("import", tmp_path / "organization.json", "--database", database).returncode == 0
    (tmp_path / "again.json").unlink(missing_ok=True)
    assert conformance.run("export", tmp_path / "again.json", "--database", database).returncode == 0
    before, after = [json.loads((tmp_path / name).read_text()) for name in ("organization.json", "again.json")]
    assert len(before["settings"]) == 1 and len(before["supportedContent"]) == 2 and len(before["integrations"]) == 1
    after.pop("dateExported")
    assert after == before


PLAN = '''~ settings "Support"
    - event.typing.on.inbound: "Enabled"
    + event.typing.on.outbound: "Disabled"
+ settings "Sales"
    + name: "Sales"
    + content.story.mention.inbound: "Enabled"
~ integrations "Chat"
    ~ messagingSetting.name: "Support" -> "Sales"
    ~ outboundNotificationWebhookUrl: "https://example.com/in" -> "https://example.com/new"
~ the default of settings
    ~ default: "" -> "Sales"

1 to create, 2 to change, 1 default to set, 2 the same.
'''


@pytest.fixture
def changed(exported):
    """The directory with a change of each kind."""
    edit(exported / "settings/Support.yaml", 'inbound: "Enabled"', "outbound: Disabled")
    (exported / "settings/sales.json").write_text('{"name": "Sales", "content": {"story": {"mention": {"inbound": "Enabled"}}}}')
    edit(exported / "integrations/Chat.yaml", '"Support"', "Sales")
    edit(exported / "integrations/Chat.yaml", "/in", "/new")
    edit(exported / "messaging.yaml", "null", "Sales")
    return exported


def test_a_plan_has_its_golden_output_and_changes_nothing(cli, caller, changed):
    before = caller.everything(SETTINGS)
    done = cli.run("plan", changed)
    assert (done.returncode, done.stdout, done.stderr) == (2, PLAN, "")
    assert caller.everything(SETTINGS) == before
    done = cli.run("plan", changed, "-o", "json")
    assert [step["action"] for step in json.loads(done.stdout)] == ["update", "create", "update", "setDefault"]
    assert cli.run("plan", changed, "-o", "name").stdout.splitlines()[1] == "settings/Sales"


def test_apply_makes_the_plan_and_plans_again(cli, caller, changed):
    done = cli.run("apply", changed, "--yes")
    assert (done.returncode, done.stderr) == (0, ""), done
    assert done.stdout == f"{PLAN}4 of 4 steps made.\nPlanned again: 0 differences, 5 objects are the same.\n"
    settings = {setting["name"]: setting for setting in caller.everything(SETTINGS)}
    assert settings["Support"]["event"] == {"typing": {"on": {"outbound": "Disabled"}}}
    chat = caller.everything(INTEGRATIONS)[0]
    assert chat["messagingSetting"]["id"] == settings["Sales"]["id"]
    assert chat["webhookHeaders"] == {"X-Key": "of the test"}
    assert caller.get(f"{SETTINGS}/default").json()["id"] == settings["Sales"]["id"]
    assert cli.output("apply", changed, "--yes") == "0 differences, 5 objects are the same.\n"


def test_apply_asks_first(cli, caller, changed):
    before = caller.everything(SETTINGS)
    done = cli.run("apply", changed)
    assert (done.returncode, done.stdout) == (3, PLAN) and "--yes" in done.stderr
    code, shown = cli.at_a_terminal("apply", changed, entered="n\n", NO_COLOR="1")
    assert code == 3 and "Make these 4 steps? [y/N]" in shown and "nothing was changed" in shown
    assert caller.everything(SETTINGS) == before
    code, shown = cli.at_a_terminal("apply", changed, entered="y\n", NO_COLOR="1")
    assert code == 0 and "Planned again: 0 differences" in shown


def test_a_kind_without_a_directory_is_not_declared(cli, caller, exported):
    for path in (exported / "settings").iterdir():
        path.unlink()
    (exported / "settings").rmdir()
    assert cli.output("plan", exported, "--prune") == "0 differences, 3 objects are the same.\n"


def test_an_empty_directory_declares_that_there_are_no_objects(cli, caller, exported):
    (exported / "integrations/Chat.yaml").unlink()
    (exported / "settings/Support.yaml").unlink()
    done = cli.run("plan", exported)
    assert done.stdout == "0 differences, 2 objects are the same. 2 only in the organization stay; --prune deletes them.\n"
    done = cli.run("plan", exported, "--prune")
    assert done.stdout == ('- settings "Support"\n- integrations "Chat"\n\n'
                           '0 to create, 0 to change, 0 defaults to set, 2 the same. 2 TO DELETE.\n')
    code, shown = cli.at_a_terminal("apply", exported, "--prune", entered="y\n", NO_COLOR="1")
    assert code == 0 and "Make these 2 steps, which delete 2 objects?" in shown
    assert caller.everything(SETTINGS) == [] and caller.everything(INTEGRATIONS) == []


def test_a_renamed_object_is_another_one_unless_its_file_has_the_id(cli, caller, exported):
    edit(exported / "settings/Support.yaml", "Support", "Help")
    edit(exported / "integrations/Chat.yaml", '"Support"', '"Help"')
    assert '+ settings "Help"' in cli.run("plan", exported).stdout
    support = caller.everything(SETTINGS)[0]
    edit(exported / "settings/Support.yaml", "name:", f'id: "{support["id"]}"\nname:')
    done = cli.run("plan", exported)
    assert done.stdout == ('~ settings "Help"\n    ~ name: "Support" -> "Help"\n\n'
                           '0 to create, 1 to change, 0 defaults to set, 3 the same.\n')
    cli.output("apply", exported, "--yes")
    assert [setting["id"] for setting in caller.everything(SETTINGS)] == [support["id"]]


def test_objects_with_one_name_are_exported_with_their_ids(cli, caller, exported):
    twin = caller.post(SETTINGS, {"name": "Support"}).json()
    cli.output("export", exported)
    name = f"settings/Support~{twin['id'][-8:]}.yaml"
    assert files(exported)[name] == f'id: "{twin["id"]}"\nname: "Support"\n'
    assert "name: \"Support~" in files(exported)["integrations/Chat.yaml"]
    assert cli.output("plan", exported, "--prune") == "0 differences, 5 objects are the same.\n"


def test_a_name_that_several_objects_have_is_not_guessed(cli, caller, exported):
    caller.post(SETTINGS, {"name": "Support"})
    edit(exported / "settings/Support.yaml", "inbound", "outbound")
    error = cli.refusal(5, "plan", exported)
    assert 'several objects of settings in the organization have the name "Support"' in error and '"id"' in error


def test_diff_compares_directories_and_organizations(cli, tenant, exported, changed, tmp_path):
    cli.output("login", "--profile", "it", "--url", tenant.server.url, "--client-id", tenant.client["id"],
               "--client-secret", "env:MESSAGING_CLIENT_SECRET")
    done = cli.run("diff", "profile:it", changed)
    assert done.returncode == 2
    assert done.stdout == PLAN.replace(
        "1 to create, 2 to change, 1 default to set", f"0 only in profile:it, 1 only in {changed}, 3 changed")
    cli.output("export", tmp_path / "again")
    assert cli.output("diff", "profile:it", tmp_path / "again") == "0 differences, 4 objects are the same.\n"
    done = cli.run("diff", changed, tmp_path / "again", "-o", "csv")
    assert golden(done.stdout).splitlines()[:3] == ["action,kind,name,id", "update,settings,Support,", "delete,settings,Sales,"]


def test_media_types_differ_only_where_their_order_has_a_meaning(cli, exported, tmp_path):
    profile = exported / "supported-content/Images %2F all.yaml"
    text = "name: Images / all\nmediaTypes: {{allow: {{inbound: [{}]}}}}\n"
    lists = ["{type: image/png}, {type: video/*}, {type: image/*}", "{type: video/*}, {type: image/png}, {type: image/*}",
             "{type: image/*}, {type: image/png}, {type: video/*}"]
    directories = []
    for place, types in enumerate(lists):
        profile.write_text(text.format(types))
        directories.append(tmp_path / str(place))
        subprocess.run(["cp", "-r", exported, directories[-1]], check=True)
    assert cli.run("diff", directories[0], directories[1]).returncode == 0
    assert cli.run("diff", directories[0], directories[2]).returncode == 2


DRIFT = '''~ settings "Support"
    - event.typing.on.outbound: "Disabled"
    + event.typing.on.inbound: "Enabled"
- settings "Sales"
~ integrations "Chat"
    ~ messagingSetting.name: "Sales" -> "Support"
    ~ outboundNotificationWebhookUrl: "https://example.com/new" -> "https://example.com/in"
~ the default of settings
    ~ default: "Sales" -> ""
0 only in the organization, 1 only in the directory, 3 changed, 2 the same.
'''

MARKDOWN = r'''| | kind | name | changes |
|---|---|---|---|
| `~` | settings | Support | - event.typing.on.outbound: "Disabled"<br>+ event.typing.on.inbound: "Enabled" |
| `-` | settings | Sales |  |
| `~` | integrations | Chat | ~ messagingSetting.name: "Sales" -\> "Support"<br>~ outboundNotificationWebhookUrl: "https://example.com/new" -\> "https://example.com/in" |
| `~` | settings |  | ~ default: "Sales" -\> "" |

0 only in the organization, 1 only in the directory, 3 changed, 2 the same.
'''


def test_drift_reports_in_each_form(cli, changed, tmp_path):
    reports = {form: cli.run("drift", changed, "--report", form) for form in ("text", "json", "markdown", "junit")}
    assert {done.returncode for done in reports.values()} == {2}
    assert reports["text"].stdout == DRIFT
    assert reports["markdown"].stdout == MARKDOWN
    assert [entry["action"] for entry in json.loads(reports["json"].stdout)] == ["update", "delete", "update", "setDefault"]
    suite = xml.fromstring(reports["junit"].stdout)
    assert suite.get("tests") == "5" and len(suite.findall("testcase")) == 5
    assert suite.get("failures") == "4" and len(suite.findall("testcase/failure")) == 4
    cli.output("export", tmp_path / "now")
    assert cli.output("drift", tmp_path / "now") == "0 differences, 4 objects are the same.\n"


def test_a_plan_in_a_file_is_applied_later(cli, caller, changed, tmp_path):
    assert cli.run("plan", changed, "--out", tmp_path / "plan.json").returncode == 2
    assert stat.S_IMODE(os.stat(tmp_path / "plan.json").st_mode) == 0o600
    text = (tmp_path / "plan.json").read_text()
    assert TOKEN not in text and "of the test" not in text
    assert cli.run("apply", tmp_path / "plan.json", "--yes").stdout == f"{PLAN}4 of 4 steps made.\n"
    assert "the organization has changed since the plan was made" in cli.refusal(1, "apply", tmp_path / "plan.json", "--yes")
    assert cli.output("plan", changed) == "0 differences, 5 objects are the same.\n"


def test_a_plan_of_another_organization_is_refused(cli, tenant, changed, tmp_path):
    cli.run("plan", changed, "--out", tmp_path / "plan.json")
    edit(tmp_path / "plan.json", tenant.server.url, "http://127.0.0.1:1")
    assert "was made for the organization" in cli.refusal(1, "apply", tmp_path / "plan.json", "--yes")
    (tmp_path / "plan.json").write_text("{}")
    assert "is not a plan" in cli.refusal(1, "apply", tmp_path / "plan.json", "--yes")
    assert "no such file" in cli.refusal(1, "apply", tmp_path / "nothing", "--yes")


def test_secrets_come_from_the_environment(cli, caller, exported):
    caller.delete(f"{INTEGRATIONS}/{caller.everything(INTEGRATIONS)[0]['id']}")
    edit(exported / "settings/Support.yaml", "inbound", "outbound")
    done = cli.run("apply", exported, "--yes")
    assert done.returncode == 1 and "INTEGRATION_CHAT_HEADER_X_KEY, INTEGRATION_CHAT_SECRET_TOKEN is not set" in done.stderr
    assert caller.everything(SETTINGS)[0]["event"] == TYPING
    values = {"INTEGRATION_CHAT_HEADER_X_KEY": "another", "INTEGRATION_CHAT_SECRET_TOKEN": TOKEN}
    done = cli.run("apply", exported, "--yes", **values)
    assert done.returncode == 0 and "another" not in done.stdout and TOKEN not in done.stdout
    assert caller.everything(INTEGRATIONS)[0]["webhookHeaders"] == {"X-Key": "another"}


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


class Gate(http.server.ThreadingHTTPServer):
    """A way to the server that holds one POST of settings, the `held`th, until it is opened."""

    def __init__(self, target, held):
        super().__init__(("127.0.0.1", 0), Passage)
        self.target, self.held, self.posts = target, held, 0
        self.reached, self.opened = threading.Event(), threading.Event()
        self.lock = threading.Lock()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Passage(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def forward(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.command == "POST" and self.path == SETTINGS:
            with self.server.lock:
                self.server.posts += 1
                holds = self.server.posts == self.server.held
            if holds:
                self.server.reached.set()
                self.server.opened.wait(PATIENCE)
        host, port = self.server.target
        connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
        connection.request(self.command, self.path, body, dict(self.headers))
        response = connection.getresponse()
        content = response.read()
        self.send_response_only(response.status)
        for name, value in response.getheaders():
            if name.lower() not in ("transfer-encoding", "content-length", "connection"):
                self.send_header(name, value)
        if response.status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        connection.close()

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = forward


@contextlib.contextmanager
def gate(tenant, held):
    server = Gate(("127.0.0.1", int(tenant.server.url.rsplit(":", 1)[1])), held)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.opened.set()
    server.shutdown()
    server.server_close()


def test_an_interrupted_apply_says_what_it_did_and_the_next_one_makes_the_rest(cli, caller, tenant, exported):
    for number in range(40):
        (exported / f"settings/{number}.yaml").write_text(f"name: S{number}\n")
    with gate(tenant, held=20) as server:
        process = subprocess.Popen([cli.program, "apply", str(exported), "--yes"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   env=cli.environment | {"MESSAGING_URL": server.url})
        assert server.reached.wait(PATIENCE)
        process.send_signal(signal.SIGINT)
        server.opened.set()
        output, error = process.communicate(timeout=PATIENCE)
    made = len(caller.everything(SETTINGS)) - 1
    assert process.returncode == 3 and 20 <= made < 40
    assert f"{made} of 40 steps made." in output
    assert f"{made} of 40 steps were made, 0 failed and {40 - made} were not tried" in error
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
    assert done.returncode == 1 and "2 of 3 steps were made, 1 failed and 0 were not tried" in done.stderr
    assert 'update supported-content "Images / all": another client has changed the object' in done.stderr
    assert caller.get(f"{PROFILES}/{profile['id']}").json()["mediaTypes"]["allow"]["inbound"] == [{"type": "audio/*"}]
    assert {setting["name"] for setting in caller.everything(SETTINGS)} == {"A", "Support"}


def test_a_reader_that_goes_away_ends_the_command_quietly(cli, caller, changed):
    process = subprocess.Popen([cli.program, "plan", str(changed)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=cli.environment)
    process.stdout.close()
    assert (process.wait(PATIENCE), process.stderr.read()) == (0, b"")
