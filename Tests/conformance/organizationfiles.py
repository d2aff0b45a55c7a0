"""An organization, its files and their changes, for the tests of the command line."""

import pytest

from commandline import caller, cli  # noqa: F401
from conformance import SUCCESSOR

SETTINGS, PROFILES = f"{SUCCESSOR}/settings", f"{SUCCESSOR}/supportedcontent"
INTEGRATIONS = f"{SUCCESSOR}/integrations/open"
TYPING = {"typing": {"on": {"inbound": "Enabled"}}}
TOKEN = "a-signature-secret-of-the-test"


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
