"""Objects for the tests of the history and of restorations."""

import pytest

import conformance
from commandline import caller, cli  # noqa: F401
from conformance import CANARIES, SUCCESSOR


SETTINGS, PROFILES = f"{SUCCESSOR}/settings", f"{SUCCESSOR}/supportedcontent"
INTEGRATIONS = f"{SUCCESSOR}/integrations/open"
CHANGES = "/platform/v1/changes"
TYPING = {"typing": {"on": {"inbound": "Enabled"}}}


@pytest.fixture
def support(caller):
    """A setting with three versions, and a deleted setting."""
    setting = caller.post(SETTINGS, {"name": "Support"}).json()
    caller.patch(f"{SETTINGS}/{setting['id']}", {"event": TYPING})
    setting = caller.patch(f"{SETTINGS}/{setting['id']}", {"name": "Help", "event": {"typing": {"on": {"inbound": "Disabled"}}}}).json()
    caller.delete(f"{SETTINGS}/{caller.post(SETTINGS, {'name': 'Gone', 'event': TYPING}).json()['id']}")
    return setting

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
