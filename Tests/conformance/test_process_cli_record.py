"""The command line: recordings of the requests of a command, and their replay on another host."""

import http.server
import json
import os
import stat
import sys

import pytest

from commandline import caller, cli  # noqa: F401
from conformance import SUCCESSOR
from gateways import hosting

SETTINGS = f"{SUCCESSOR}/settings"
INTEGRATIONS = f"{SUCCESSOR}/integrations/open"

#: A command that calls the gateway as a program would, and writes its status codes.
CALLS = """
import json, os, sys, urllib.error, urllib.request
def call(method, path, body=None, token=os.environ["MESSAGING_TOKEN"], base=os.environ["MESSAGING_URL"]):
    request = urllib.request.Request(base + path, method=method, data=body and json.dumps(body).encode(),
                                     headers={"Authorization": "Bearer " + token, "Content-Type": "application/json"})
    try:
        return urllib.request.urlopen(request).status
    except urllib.error.HTTPError as error:
        return error.code
print(eval(sys.argv[1]))
"""


def recorded(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def python(expression):
    return ["--", sys.executable, "-c", CALLS, expression]


def test_a_command_is_recorded_through_a_gateway(cli, caller, tmp_path):
    caller.post(SETTINGS, {"name": "Support"})
    done = cli.run("record", "--out", tmp_path / "r.ndjson", "--", cli.program, "settings", "list", "-o", "name")
    assert (done.returncode, done.stdout) == (0, "Support\n"), done
    assert done.stderr == f"Recorded 1 request to {tmp_path}/r.ndjson, and refused 0.\n"
    (exchange,) = recorded(tmp_path / "r.ndjson")
    assert exchange["method"] == "GET" and exchange["path"].startswith(f"{SETTINGS}?") and exchange["status"] == 200
    assert exchange["response"]["entities"] == caller.everything(SETTINGS)
    assert set(exchange["headers"]) == {"content-type", "inin-ratelimit-allowed"}
    assert stat.S_IMODE(os.stat(tmp_path / "r.ndjson").st_mode) == 0o600
    assert "r.ndjson" in cli.refusal(1, "record", "--out", tmp_path / "r.ndjson", "--", "true")


def test_only_reads_are_passed_on_unless_writes_are_allowed(cli, caller, tmp_path):
    create = python(f"call('POST', '{SETTINGS}', {{'name': 'New'}})")
    done = cli.run("record", "--out", tmp_path / "a", *create)
    assert done.stdout == "403\n" and "Recorded 0 requests" in done.stderr and "refused 1" in done.stderr
    assert caller.everything(SETTINGS) == []
    assert cli.run("record", "--allow-writes", "--out", tmp_path / "b", *create).stdout == "200\n"
    (exchange,) = recorded(tmp_path / "b")
    assert (exchange["request"], exchange["response"]["name"]) == ({"name": "New"}, "New")
    assert [setting["name"] for setting in caller.everything(SETTINGS)] == ["New"]


def test_the_gateway_is_for_the_command_only(cli, tmp_path):
    wrong = python(f"[call('GET', '{SETTINGS}', token='other'), call('GET', '/health'), call('GET', '/platform/v1/changes')]")
    done = cli.run("record", "--out", tmp_path / "a", *wrong)
    assert done.stdout == "[401, 404, 404]\n" and recorded(tmp_path / "a") == []


def test_secrets_and_personal_data_are_not_in_a_recording(cli, caller, tmp_path):
    secret, header = "a-signature-secret-of-the-test", "header-of-the-test"
    body = ("{'name': 'of jane.doe@example.com', 'outboundNotificationWebhookUrl': 'https://example.com', "
            "'outboundNotificationWebhookSignatureSecretToken': os.environ['SIGNATURE'], 'webhookHeaders': {'X': os.environ['HEADER']}}")
    calls = python(f"[call('POST', '{INTEGRATIONS}', {body}), call('GET', '/api/v2/users/me'), call('GET', '/api/v2/users/me')]")
    cli.run("record", "--allow-writes", "--out", tmp_path / "a", *calls, SIGNATURE=secret, HEADER=header)
    text = (tmp_path / "a").read_text()
    for value in (secret, header, "jane.doe", cli.environment["MESSAGING_CLIENT_SECRET"], caller.get("/api/v2/users/me").json()["name"]):
        assert value not in text, value
    created, me, again = recorded(tmp_path / "a")
    assert created["request"]["webhookHeaders"] == {"X": "redacted"}
    assert created["request"]["name"] == created["response"]["name"] == "of address-1@example.invalid"
    assert me["response"] == again["response"] and me["response"]["name"].startswith("person-")


def test_the_exit_code_is_that_of_the_command(cli, tmp_path):
    done = cli.run("record", "--out", tmp_path / "a", "--", "sh", "-c", "exit 7")
    assert done.returncode == 7 and "sent no request to the gateway" in done.stderr
    assert cli.run("record", "--out", tmp_path / "b", "--", "sh", "-c", "kill -TERM $$").returncode == 143
    assert "could not start nothing-of-this-name" in cli.refusal(1, "record", "--out", tmp_path / "c", "--", "nothing-of-this-name")
    assert "after --" in cli.refusal(64, "record", "--out", tmp_path / "d")


def test_a_command_gets_none_of_the_credentials(cli, tenant, tmp_path):
    done = cli.run("record", "--out", tmp_path / "a", "--", "env")
    assert tenant.client["secret"] not in done.stdout and tenant.client["id"] not in done.stdout
    assert "GENESYSCLOUD_GATEWAY_HOST=127.0.0.1" in done.stdout.splitlines()


@pytest.fixture
def recording(cli, caller, tmp_path):
    """A recording of a list, a setting of it, and a refusal."""
    setting = caller.post(SETTINGS, {"name": "Support", "event": {"typing": {"on": {"inbound": "Enabled"}}}}).json()
    calls = python(f"[call('GET', p) for p in ('{SETTINGS}', '{SETTINGS}/{setting['id']}', '{SETTINGS}/nobody')]")
    assert cli.run("record", "--out", tmp_path / "r", *calls).stdout == "[200, 200, 404]\n"
    return tmp_path / "r"


def test_a_replay_on_the_same_host_is_the_same(cli, recording):
    done = cli.run("replay", "check", recording, "--no-header")
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == ["same", "same", "same"] and done.returncode == 0


def test_a_replay_maps_ids_and_finds_what_differs(cli, caller, recording):
    old = caller.everything(SETTINGS)[0]
    assert caller.delete(f"{SETTINGS}/{old['id']}").status == 204
    new = caller.post(SETTINGS, {"name": "Support", "event": {"typing": {"on": {"inbound": "Enabled"}}}}).json()
    done = cli.run("replay", "check", recording, "-o", "json")
    rows = json.loads(done.stdout)
    assert [row["result"] for row in rows] == ["same", "same", "same"] and done.returncode == 0
    assert rows[1]["request"] == f"GET {SETTINGS}/{new['id']}"

    caller.patch(f"{SETTINGS}/{new['id']}", {"event": None, "content": {"story": {"reply": {"inbound": "Enabled"}}}})
    done = cli.run("replay", "check", recording, "-o", "json")
    assert done.returncode == 2
    assert json.loads(done.stdout)[1]["differences"] == ["event is missing", "content was not recorded"]

    caller.delete(f"{SETTINGS}/{new['id']}")
    done = cli.run("replay", "check", recording, "-o", "json")
    assert [row["result"] for row in json.loads(done.stdout)] == ["same", "skipped", "same"]


def test_a_replay_compares_the_status(cli, recording):
    lines = recorded(recording)
    lines[1]["status"] = 500
    recording.write_text("\n".join(json.dumps(line) for line in lines))
    done = cli.run("replay", "check", recording, "-o", "json")
    assert json.loads(done.stdout)[1]["differences"] == ["status 200, recorded as 500"]


def test_a_replay_changes_nothing_unless_that_is_allowed(cli, caller, tmp_path):
    create = {"method": "POST", "path": SETTINGS, "request": {"name": "Replayed"}, "status": 200, "response": {"name": "Replayed"}}
    (tmp_path / "r").write_text(json.dumps(create))
    assert json.loads(cli.output("replay", "check", tmp_path / "r", "-o", "json"))[0]["result"] == "skipped"
    assert caller.everything(SETTINGS) == []
    cli.run("replay", "check", tmp_path / "r", "--allow-writes")
    assert [setting["name"] for setting in caller.everything(SETTINGS)] == ["Replayed"]


class Other(http.server.BaseHTTPRequestHandler):
    """A host whose settings have a member that is new."""

    def log_message(self, *_):
        pass

    def do_GET(self):
        content = json.dumps({"entities": [{"id": "1", "name": "A", "colour": "red"}], "pageSize": 25, "pageNumber": 1, "pageCount": 1,
                              "total": 1}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def test_a_recording_shows_what_the_models_do_not_know(cli, tmp_path):
    with hosting(Other) as url:
        done = cli.run("record", "--out", tmp_path / "a", *python(f"call('GET', '{SETTINGS}')"), MESSAGING_TOKEN="any", MESSAGING_URL=url)
    assert "Not in our models, 1 times: getConversationsMessagingSettings: entities[].colour" in done.stderr, done.stderr


@pytest.mark.parametrize("text", ["{}", "nonsense", '{"method": "GET", "path": "no path", "status": 200}',
                                  '{"method": "GET", "path": "/health", "status": 200}', '{"method": "GET", "path": "/api/v2/../x", "status": 200}'])
def test_a_file_that_is_no_recording_is_refused(cli, tmp_path, text):
    (tmp_path / "x").write_text(f"{text}\n")
    assert "line 1 of" in cli.refusal(1, "replay", "check", tmp_path / "x")
    assert "no such file" in cli.refusal(1, "replay", "check", tmp_path / "nothing")
