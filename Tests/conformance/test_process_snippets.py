"""The programs in Snippets against the real server: MessagingAPI has the vendor's 13 examples in Swift, GettingStarted those of
the documentation. MESSAGING_SNIPPETS names the directory of the built programs."""

import os
import re
import subprocess
from pathlib import Path

import pytest

import conformance

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "Snippets" / "MessagingAPI.swift"
SETTINGS = conformance.SUCCESSOR + "/settings"
PROFILES = conformance.SUCCESSOR + "/supportedcontent"
TYPING = {"typing": {"on": {"inbound": "Enabled", "outbound": "Disabled"}}}


def printed_by(snippet, *arguments, variables):
    """Returns the output of a program that exits with 0."""
    folder = os.environ.get("MESSAGING_SNIPPETS")
    assert folder, "set MESSAGING_SNIPPETS to the directory of the built snippets, .build/debug"
    done = subprocess.run(
        [Path(folder).resolve() / snippet, *arguments], capture_output=True, text=True, timeout=conformance.PATIENCE,
        env=conformance.environment(variables), stdin=subprocess.DEVNULL)
    assert done.returncode == 0, f"{snippet} {arguments}: exit {done.returncode}: {done.stdout}{done.stderr}"
    return done.stdout


class Examples:
    """MessagingAPI with a tenant's token in the place of its placeholder."""

    def __init__(self, tenant):
        self.caller = tenant.caller()
        self.variables = {"MESSAGING_HOST": tenant.server.url, "MESSAGING_TOKEN": self.caller.token}

    def run(self, *names, setting="", profile="", **variables):
        """Returns the output of the examples, which must not report a failure."""
        printed = self.print(*names, MESSAGING_SETTING_ID=setting, MESSAGING_PROFILE_ID=profile, **variables)
        assert "Failed:" not in printed, printed
        return printed

    def print(self, *names, **variables):
        return printed_by("MessagingAPI", *names, variables=self.variables | variables)

    def created(self, path, body):
        answer = self.caller.post(path, body)
        assert answer.status == 200, answer.body
        return answer.json()["id"]


@pytest.fixture
def examples(tenant):
    return Examples(tenant)


def test_each_operation_of_the_page_has_its_example():
    text = SOURCE.read_text()
    slices = re.findall(r"// snippet\.(\w+)\n(.*?)// snippet\.end\n", text, re.DOTALL)
    operations = {
        operation["operationId"]
        for path, item in conformance.strict_json((ROOT / "openapi.json").read_text())["paths"].items()
        if path.startswith("/api/v2/messaging/")
        for operation in item.values() if isinstance(operation, dict) and "operationId" in operation
    }
    assert len(operations) == 13
    assert sorted(name for name, _ in slices) == sorted(operations)
    for name, body in slices:
        assert 'let api = MessagingAPI(accessToken: "YOUR_ACCESS_TOKEN")' in body
        assert set(re.findall(r"\bapi\.(\w+)\(", body)) == {name}


def test_all_examples_run_one_after_the_other(examples):
    printed = examples.run()
    assert len(re.findall(r"^# \w+$", printed, re.MULTILINE)) == 13
    assert examples.caller.everything(SETTINGS) == []
    assert all(profile["name"] != "Pictures" for profile in examples.caller.everything(PROFILES))


def test_an_example_prints_the_cause_of_its_failure(examples):
    printed = examples.print("getMessagingSettings", MESSAGING_TOKEN="unknown")
    assert re.search(r"^Failed: getMessagingSettings 401 bad\.credentials .*correlation id [0-9a-f-]{36}$", printed,
                     re.MULTILINE), printed


def test_post_messaging_settings(examples):
    printed = examples.run("postMessagingSettings")
    [setting] = examples.caller.everything(SETTINGS)
    assert (setting["name"], setting["event"]) == ("Support", TYPING)
    assert setting["id"] in printed


@pytest.mark.parametrize("example, path", [
    ("getMessagingSettings", SETTINGS), ("getMessagingSupportedcontent", PROFILES)])
def test_the_lists(examples, example, path):
    ids = [examples.created(path, {"name": name}) for name in ("One", "Two")]
    printed = examples.run(example)
    assert all(id in printed for id in ids)


@pytest.mark.parametrize("example, path, kind", [
    ("getMessagingSetting", SETTINGS, "setting"),
    ("getMessagingSupportedcontentSupportedContentId", PROFILES, "profile")])
def test_the_gets(examples, example, path, kind):
    id = examples.created(path, {"name": "The one"})
    other = examples.created(path, {"name": "Another"})
    printed = examples.run(example, **{kind: id})
    assert "The one" in printed and other not in printed


def test_patch_messaging_setting(examples):
    id = examples.created(SETTINGS, {"name": "Support", "event": TYPING})
    examples.run("patchMessagingSetting", setting=id)
    setting = examples.caller.get(f"{SETTINGS}/{id}").json()
    assert setting["name"] == "Support, renamed"
    assert setting["event"] == TYPING
    assert setting["content"] == {"story": {"mention": {"inbound": "Enabled"}}}


def test_the_default_setting(examples):
    id = examples.created(SETTINGS, {"name": "The default"})
    assert "no default is set" in examples.run("getMessagingSettingsDefault")
    assert id in examples.run("putMessagingSettingsDefault", setting=id)
    assert examples.caller.get(f"{SETTINGS}/default").json()["id"] == id
    assert id in examples.run("getMessagingSettingsDefault")
    examples.run("deleteMessagingSettingsDefault")
    assert examples.caller.get(f"{SETTINGS}/default").status != 200
    assert examples.caller.get(f"{SETTINGS}/{id}").status == 200


def test_delete_messaging_setting(examples):
    id, other = (examples.created(SETTINGS, {"name": name}) for name in ("One", "Two"))
    examples.run("deleteMessagingSetting", setting=id)
    assert [setting["id"] for setting in examples.caller.everything(SETTINGS)] == [other]


def test_post_messaging_supportedcontent(examples):
    printed = examples.run("postMessagingSupportedcontent")
    [profile] = [each for each in examples.caller.everything(PROFILES) if each["name"] == "Pictures"]
    assert profile["mediaTypes"] == {"allow": {"inbound": [{"type": "image/*"}]}}
    assert profile["id"] in printed


def test_patch_messaging_supportedcontent_supported_content_id(examples):
    id = examples.created(PROFILES, {"name": "Old", "mediaTypes": {"allow": {"inbound": [{"type": "image/*"}]}}})
    examples.run("patchMessagingSupportedcontentSupportedContentId", profile=id)
    profile = examples.caller.get(f"{PROFILES}/{id}").json()
    assert (profile["name"], profile["mediaTypes"]) == ("Pictures", {"allow": {"outbound": [{"type": "image/png"}]}})


def test_delete_messaging_supportedcontent_supported_content_id(examples):
    id = examples.created(PROFILES, {"name": "Old"})
    examples.run("deleteMessagingSupportedcontentSupportedContentId", profile=id)
    assert examples.caller.get(f"{PROFILES}/{id}").status == 404


def test_the_examples_of_the_documentation(tenant):
    printed = printed_by("GettingStarted", variables={
        "MESSAGING_HOST": tenant.server.url,
        "MESSAGING_CLIENT_ID": tenant.client["id"], "MESSAGING_CLIENT_SECRET": tenant.client["secret"]})
    [setting] = tenant.caller().everything(SETTINGS)
    assert setting["name"] == "Support in English, and more"
    assert setting["event"] == {"typing": {"on": {"inbound": "Enabled"}}} and "content" not in setting
    assert tenant.caller().get(f"{SETTINGS}/default").status != 200
    assert f"{setting['id']} Support" in printed
    assert "the default is Support in English, and more" in printed
    assert "there is no such setting" in printed
    assert "it was not deleted: " in printed and "the vault has no token" in printed
    assert "somebody else was faster" not in printed
