"""Terraform's files of the command line: what it exports is read by Terraform itself, and it reads what people write."""

import random
import re

import hcl2
import pytest

import conformance
from commandline import caller, cli  # noqa: F401
from test_terraform import INTEGRATIONS, PROFILES, SETTINGS, Workspace

NAMES = ['Say "hi"', "${var.x} $${y} $$${z}", "%{if true} %%{ 100%", "Käse 🧀 👩‍👩‍👧", "two\nlines\r\n\tand \\n", "\x01\x7f\u202e", "é\u0301", "9 lives", "東京",
         "Same", "Same", "same", "a b", "a_b", "<<EOT", "/* # //", "null"]
ENABLED = {"inbound": "Enabled"}
SUMMARY = re.compile(r"Plan: .*|No changes\.")


def create(caller, path, body):
    answer = caller.post(path, body)
    assert answer.status == 200, answer.json()
    return answer.json()["id"]


def integration(name, **members):
    return {"name": name, "outboundNotificationWebhookUrl": "https://messaging.example.com/outbound",
            "outboundNotificationWebhookSignatureSecretToken": conformance.new_secret("terraform")} | members


def completed(caller):
    """The integrations, once all are completed, since none can be changed before."""
    conformance.until(lambda: all(each["createStatus"] == "Completed" for each in caller.everything(INTEGRATIONS)))
    return caller.everything(INTEGRATIONS)


def exported(cli, directory, notes=""):
    """Exports in HCL. Standard error has only the notes."""
    done = cli.run("export", directory, "--format", "hcl")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", notes), done


def set_variables(directory, monkeypatch, **values):
    """Sets each variable of Terraform, to the value whose name its own name ends with."""
    for name in re.findall(r'^variable "(\w+)"', (directory / "variables.tf").read_text(), re.MULTILINE):
        [value] = [value for end, value in values.items() if name.endswith(end)]
        monkeypatch.setenv(f"TF_VAR_{name}", value)


def planned(workspace):
    """The last line of Terraform's plan."""
    code, text = workspace.run("plan", "-detailed-exitcode", "-input=false")
    assert code in (0, 2), text
    [summary] = SUMMARY.findall(text)
    return summary


@pytest.fixture
def organization(caller):
    """Objects of all kinds, with each way to be empty, and names that could mean something else. The ids of the settings by their names."""
    settings = {name: create(caller, SETTINGS, {"name": name}) for name in NAMES}
    create(caller, SETTINGS, {"name": "Whole", "content": {"story": {"mention": ENABLED, "reply": {"inbound": "Disabled"}}},
                              "event": {"typing": {"on": ENABLED | {"outbound": "Disabled"}}}})
    create(caller, SETTINGS, {"name": "Part", "event": {"typing": {"on": {"outbound": "Disabled"}}}})
    pictures = create(caller, PROFILES, {"name": "Pictures", "mediaTypes": {"allow": {"inbound": [{"type": "image/*"}, {"type": "image/png"}],
                                                                                      "outbound": []}}})
    create(caller, PROFILES, {"name": "Nothing"})
    create(caller, PROFILES, {"name": "Empty", "mediaTypes": {"allow": {"inbound": [], "outbound": []}}})
    create(caller, INTEGRATIONS, integration("App", supportedContent={"id": pictures}, messagingSetting={"id": settings["null"]}))
    create(caller, INTEGRATIONS, integration("No setting"))
    assert caller.put(f"{SETTINGS}/default", {"settingId": settings["Käse 🧀 👩‍👩‍👧"]}).status == 200
    completed(caller)
    return settings


EMPTY = ('note: supported-content "Empty" allows no media type by empty lists. Terraform has no form for them: '
         'a profile that it creates has no lists, which allows none either.\n')


def test_an_export_is_imported_without_a_change_and_manages_the_organization(cli, caller, organization, tenant, tmp_path, monkeypatch):
    directory = tmp_path / "files"
    exported(cli, directory, EMPTY)
    workspace = Workspace(directory, tenant, monkeypatch)
    set_variables(directory, monkeypatch, secret_token=conformance.new_secret("terraform"))
    code, text = workspace.run("validate")
    assert code == 0, text
    assert workspace.run("fmt", "-check", "-diff") == (0, "")
    before = [caller.everything(path) for path in (SETTINGS, PROFILES, INTEGRATIONS)]
    count = sum(len(entities) for entities in before) + 2
    assert planned(workspace) == f"Plan: {count} to import, 0 to add, 0 to change, 0 to destroy."
    workspace.apply()
    assert [caller.everything(path) for path in (SETTINGS, PROFILES, INTEGRATIONS)] == before
    assert caller.patch(f"{SETTINGS}/{organization['9 lives']}", {"event": {"typing": {"on": ENABLED}}}).status == 200
    assert planned(workspace) == "Plan: 0 to add, 1 to change, 0 to destroy."
    workspace.apply()
    assert planned(workspace) == "No changes."
    assert cli.output("plan", directory).startswith("0 differences")
    # The factory profile is the default, and no default can be deleted.
    code, text = workspace.destroy()
    assert code == 1 and "It is the organization's default and cannot be deleted" in " ".join(text.replace("│", " ").split())
    assert caller.everything(SETTINGS) == caller.everything(INTEGRATIONS) == []
    assert [profile["name"] for profile in caller.everything(PROFILES)] == ["default"]


def test_secrets_of_integrations_come_from_variables(cli, caller, tenant, tmp_path, monkeypatch):
    """The provider sends the secret token with each change, so Terraform must have set it before, which it does not as long as it ignores
    changes of it."""
    header, secret = conformance.new_secret("terraform"), conformance.new_secret("terraform")
    create(caller, INTEGRATIONS, integration("App", webhookHeaders={"X-Team": header, "Authorization": header}))
    create(caller, INTEGRATIONS, integration("Plain"))
    before = completed(caller)
    directory = tmp_path / "files"
    exported(cli, directory)
    assert not any(header in file.read_text() for file in directory.iterdir())
    workspace = Workspace(directory, tenant, monkeypatch)
    set_variables(directory, monkeypatch, secret_token=secret, x_team=header, authorization=header)
    assert planned(workspace) == "Plan: 4 to import, 0 to add, 0 to change, 0 to destroy."
    workspace.apply()
    assert caller.everything(INTEGRATIONS) == before
    assert planned(workspace) == "No changes."
    file = directory / "integrations.tf"
    text = file.read_text()
    file.write_text(text.replace('"Plain"\n', '"Other"\n'))
    code, text = workspace.run("apply", "-auto-approve", "-input=false")
    assert code == 1 and "SecretToken" in text
    file.write_text(re.sub(r"\n  lifecycle \{.*?\n  \}\n", "", file.read_text(), flags=re.DOTALL))
    workspace.apply()
    assert planned(workspace) == "No changes."
    assert [each["name"] for each in caller.everything(INTEGRATIONS)] == ["App", "Other"]


def fill(caller, seed):
    """Random objects with random names."""
    chance = random.Random(seed)

    def name():
        pieces = [*NAMES, *'"\\${}%\n\t#🧀é ', "a", "b", "\u2028"]
        return "".join(chance.choices(pieces, k=chance.randrange(1, 5))) + "."

    settings = [create(caller, SETTINGS, {"name": name(), "content": {"story": {"reply": chance.choice([{}, ENABLED])}}})
                for _ in range(chance.randrange(5))]
    types = ["image/*", "image/png", "*/*", "video/mp4"]
    profiles = [create(caller, PROFILES, {"name": name(), "mediaTypes": {"allow": {
        way: [{"type": type} for type in chance.sample(types, chance.randrange(1, 4))] for way in ("inbound", "outbound")}}})
                for _ in range(chance.randrange(5))]
    for _ in range(chance.randrange(4)):
        members = {"webhookHeaders": {"X-Key": conformance.new_secret("terraform")}} if chance.random() < 0.5 else {}
        if settings:
            members["messagingSetting"] = {"id": chance.choice(settings)}
        if profiles:
            members["supportedContent"] = {"id": chance.choice(profiles)}
        create(caller, INTEGRATIONS, integration(name(), **members))
    if settings and chance.random() < 0.5:
        assert caller.put(f"{SETTINGS}/default", {"settingId": chance.choice(settings)}).status == 200


@pytest.mark.parametrize("seed", range(12))
def test_a_random_organization_is_the_same_in_all_forms(cli, caller, tenant, tmp_path, monkeypatch, seed):
    fill(caller, seed)
    completed(caller)
    files, other = tmp_path / "hcl", tmp_path / "yaml"
    exported(cli, files)
    parsed = [hcl2.loads(file.read_text()) for file in sorted(files.iterdir())]
    assert len(parsed) == 6
    blocks = [kind for file in parsed for block in file.get("resource", []) for kind in block]
    assert len(blocks) == sum(len(file.get("import", [])) for file in parsed)
    assert len(blocks) == sum(len(caller.everything(path)) for path in (SETTINGS, PROFILES, INTEGRATIONS)) + (
        1 + (caller.get(f"{SETTINGS}/default").status == 200))
    workspace = Workspace(files, tenant, monkeypatch)
    assert workspace.run("fmt", "-check", "-diff") == (0, "")
    assert cli.output("plan", files, "--prune").startswith("0 differences")
    assert cli.output("drift", files).startswith("0 differences")
    assert cli.output("export", other) == ""
    assert cli.output("diff", files, other).startswith("0 differences")


WRITTEN = """
variable "name" { default = "Support" }
variable "key" {
  type      = string
  sensitive = true
}
resource "genesyscloud_conversations_messaging_settings" "support" {
  name = var.name
  event {
    typing { on { inbound = "Enabled" } }
  }
}
resource "genesyscloud_conversations_messaging_settings_default" "default" {
  setting_id = genesyscloud_conversations_messaging_settings.support.id
}
data "genesyscloud_conversations_messaging_supportedcontent" "factory" { name = "default" }
resource "genesyscloud_conversations_messaging_integrations_open" "app" {
  name                                                 = "App"
  messaging_setting_id                                 = genesyscloud_conversations_messaging_settings.support.id
  supported_content_id                                 = data.genesyscloud_conversations_messaging_supportedcontent.factory.id
  outbound_notification_webhook_url                    = "https://messaging.example.com/outbound"
  outbound_notification_webhook_signature_secret_token = var.key
  webhook_headers                                      = jsonencode({ "X-Key" = var.key })
}
"""
PLAN = """+ settings "Support"
    + name: "Support"
    + event.typing.on.inbound: "Enabled"
+ integrations "App"
    + name: "App"
    + supportedContent.name: "default"
    + messagingSetting.name: "Support"
    + outboundNotificationWebhookUrl: "https://messaging.example.com/outbound"
    + webhookHeaders.X-Key: "redacted"
~ the default of settings
    ~ default: "" -> "Support"

2 to create, 0 to change, 1 default to set, 0 the same.
"""


@pytest.mark.parametrize("is_file", [True, False], ids=["file", "directory"])
def test_files_that_a_person_has_written_are_applied(cli, caller, tmp_path, is_file):
    file = tmp_path / "written" / "main.tf"
    file.parent.mkdir()
    file.write_text(WRITTEN)
    source = file if is_file else file.parent
    done = cli.run("plan", source)
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout == PLAN
    assert "TF_VAR_key of a secret is not set" in cli.run("apply", source, "--yes").stderr
    secret = conformance.new_secret("terraform")
    assert cli.output("apply", source, "--yes", TF_VAR_key=secret).endswith("Planned again: 0 differences, 2 objects are the same.\n")
    [setting], [app] = caller.everything(SETTINGS), completed(caller)
    assert app["messagingSetting"]["id"] == setting["id"] == caller.get(f"{SETTINGS}/default").json()["id"]
    assert app["webhookHeaders"] == {"X-Key": secret}
    assert cli.output("plan", source).startswith("0 differences")
    done = cli.run("plan", source, TF_VAR_name="Help", TF_VAR_key=conformance.new_secret("terraform"))
    assert done.returncode == 2 and "webhookHeaders.X-Key" in done.stdout and '+ settings "Help"' in done.stdout


def test_a_file_that_is_not_understood_is_refused_with_its_place(cli, tmp_path):
    file = tmp_path / "main.tf"
    file.write_text(WRITTEN.replace('"Enabled"', 'lower("\x1b")'))
    refusal = f"messaging: {file}, line 10, column 29: a function is not read here\nnext: Write the value itself, or a variable: var.NAME\n"
    for command in (["plan", file], ["diff", file, file], ["drift", file], ["apply", file, "--yes"]):
        assert cli.refusal(1, *command) == refusal


def test_an_export_into_a_directory_of_another_form_is_refused(cli, tmp_path):
    cli.output("export", tmp_path / "yaml")
    assert "is neither empty nor a directory of an earlier export in HCL" in cli.refusal(1, "export", tmp_path / "yaml", "--format", "hcl")
    exported(cli, tmp_path / "hcl")
    assert "is not a directory of this program" in cli.refusal(1, "export", tmp_path / "hcl")
    exported(cli, tmp_path / "hcl")
