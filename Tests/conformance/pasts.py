"""Hosts and objects for the tests of the history and of restorations."""

import http.client
import http.server
import json

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
