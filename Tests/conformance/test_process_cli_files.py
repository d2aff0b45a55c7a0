"""The command line and files: export, diff, plan, apply and drift against the real server."""

import json
import os
import stat
import subprocess
import xml.etree.ElementTree as xml

import conformance
from commandline import credentials, golden
from organizationfiles import (EXPORT, INTEGRATIONS, PLAN, SETTINGS, TOKEN, TYPING, caller, changed, cli, edit,  # noqa: F401
                               exported, files, organization)


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
    assert code == 0 and "Make these 2 steps? That deletes 2 objects. [y/N]" in shown
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


def test_a_file_in_the_working_directory_needs_no_other_name(cli, changed, tmp_path):
    (tmp_path / "work").mkdir()
    assert cli.run("plan", changed, "--out", "plan.json", cwd=tmp_path / "work").returncode == 2
    assert cli.run("plan", changed, "--out", "plan.json", cwd=tmp_path / "work").returncode == 2, "a plan may be replaced"
    assert cli.output("export", "--with-ids", "organization.json", cwd=tmp_path / "work") == ""
    assert sorted(path.name for path in (tmp_path / "work").iterdir()) == ["organization.json", "plan.json"]


def test_a_file_in_a_directory_that_is_missing_is_not_written(cli, changed, tmp_path):
    for command in (("plan", changed, "--out"), ("export", "--with-ids")):
        assert cli.refusal(1, *command, "missing/file.json", cwd=tmp_path) == (
            "messaging: could not write missing/file.json: No such file or directory\n"
            "next: Name a file in a directory that exists and can be written.\n")
    assert not (tmp_path / "missing").exists()


def test_a_plan_takes_the_place_of_a_plan_only(cli, changed, tmp_path):
    for text in ("notes", "{}", ""):
        (tmp_path / "mine").write_text(text)
        assert cli.refusal(1, "plan", changed, "--out", "mine", cwd=tmp_path) == (
            "messaging: mine exists already and is not a plan of this program\nnext: Name a new file, or the file of an earlier plan.\n")
        assert (tmp_path / "mine").read_text() == text
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path):
        assert "exists already" in cli.refusal(1, "plan", changed, "--out", path)


def test_a_plan_in_a_file_has_no_secret(cli, exported, tmp_path):
    edit(exported / "integrations/Chat.yaml", "Chat", "Other")
    edit(exported / "integrations/Chat.yaml", "env:INTEGRATION_CHAT_HEADER_X_KEY", "of the test")
    assert "Write env:NAME in its place" in cli.refusal(1, "plan", exported, "--out", tmp_path / "plan.json")
    assert not (tmp_path / "plan.json").exists()


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
    assert done.returncode == 1 and "not set: INTEGRATION_CHAT_HEADER_X_KEY, INTEGRATION_CHAT_SECRET_TOKEN" in done.stderr
    assert caller.everything(SETTINGS)[0]["event"] == TYPING
    values = {"INTEGRATION_CHAT_HEADER_X_KEY": "another", "INTEGRATION_CHAT_SECRET_TOKEN": TOKEN}
    done = cli.run("apply", exported, "--yes", **values)
    assert done.returncode == 0 and "another" not in done.stdout and TOKEN not in done.stdout
    assert caller.everything(INTEGRATIONS)[0]["webhookHeaders"] == {"X-Key": "another"}


def test_kinds_that_a_directory_does_not_declare_need_no_permission(cli, tenant, caller, tmp_path):
    client = tenant.new_client("--permission", "messaging:setting:view", "--permission", "messaging:setting:add")
    (tmp_path / "a/settings").mkdir(parents=True)
    (tmp_path / "a/messaging.yaml").write_text("format: 1\n")
    (tmp_path / "a/settings/New.yaml").write_text("name: New\n")
    own = credentials(tenant, client)
    assert cli.run("plan", tmp_path / "a", **own).returncode == 2
    done = cli.run("apply", tmp_path / "a", "--yes", **own)
    assert (done.returncode, [each["name"] for each in caller.everything(SETTINGS)]) == (0, ["New"]), done
    (tmp_path / "a/integrations").mkdir()
    assert "messaging:supportedContent:view" in cli.refusal(4, "plan", tmp_path / "a", **own)
