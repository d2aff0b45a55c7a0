"""The search for secrets in plain text (canaries.py) finds them."""

import base64
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

import conformance
from canaries import Canaries

SECRET = "a-secret-of-more-than-32-characters-for-this"
INTEGRATIONS = f"{conformance.SUCCESSOR}/integrations/open"
BASIC = base64.b64encode(f"client:{SECRET}".encode()).decode()


@pytest.fixture
def canaries(tmp_path):
    made = Canaries()
    made.learn(SECRET, "client")
    made.watch(tmp_path)
    (tmp_path / "messaging.sqlite").write_bytes(bytes(range(256)) * 1000)
    made.write("answers", "nothing", b"\xff\x00")
    assert made.search() == []
    return made


@pytest.mark.parametrize("name, content", [
    ("messaging.sqlite", bytes(range(256)) * 1000 + SECRET.encode() + b"\x00\n\xff"),
    ("messaging.sqlite-wal", f"\0\0{BASIC}".encode()), ("messaging.sqlite.lock", SECRET.encode()),
    ("messaging.sqlite.0123.stderr", f"info: Authorization: Bearer {SECRET}\n".encode()),
    ("backup", f'{{"secret":"{SECRET}"}}'.encode())])
def test_a_secret_in_a_file_is_found(canaries, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    [found] = canaries.search()
    assert name in found and SECRET not in found


@pytest.mark.parametrize("kind", ["answers", "arguments", "output"])
def test_a_printed_secret_is_found(canaries, kind):
    canaries.write(kind, f"--secret={SECRET}")
    [found] = canaries.search()
    assert kind in found


def test_a_secret_among_the_arguments_of_a_process_is_found(canaries):
    process = subprocess.Popen([sys.executable, "-c", "import sys; print('up', flush=True); sys.stdin.read()", SECRET],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"up\n"
    canaries.watch_process(process)
    process.communicate()
    [found] = canaries.search()
    assert "arguments" in found


TOKEN, HEADER = "a-secret-token-of-an-integration", "a-secret-header-of-an-integration"
KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.mark.parametrize("secret, kind, is_found", [
    (TOKEN, conformance.INTEGRATION_CHANGES, False), (HEADER, conformance.INTEGRATION_CHANGES, False),
    (TOKEN, conformance.INTEGRATION_READS, True), (HEADER, conformance.INTEGRATION_READS, False),
    (TOKEN, "answers", True), (HEADER, "answers", True), (TOKEN, "output", True), (HEADER, "arguments", True),
    (TOKEN, "errors of commands", True), (KEY, "output", True), (KEY, conformance.INTEGRATION_CHANGES, True)])
def test_a_secret_of_an_integration_in_a_wrong_response_is_found(tmp_path, monkeypatch, secret, kind, is_found):
    made = Canaries()
    monkeypatch.setattr(conformance, "CANARIES", made)
    conformance.learn_integration(TOKEN, {"X-Key": HEADER})
    made.learn_key(KEY)
    made.write(kind, f"before {secret} after")
    assert len(made.search()) == is_found, made.found


@pytest.mark.parametrize("name, content, is_found", [
    ("messaging.sqlite.key", f"{KEY}\n", False), ("messaging.sqlite", KEY, True), ("messaging.sqlite-wal", KEY[:-1], True),
    ("messaging.sqlite.0123.stderr", bytes(range(32)).hex(), True), ("messaging.sqlite.key", TOKEN, True),
    ("messaging.sqlite", HEADER, True), ("messaging.sqlite-wal", TOKEN, True)])
def test_a_secret_of_an_integration_in_a_file_is_found(tmp_path, monkeypatch, name, content, is_found):
    made = Canaries()
    monkeypatch.setattr(conformance, "CANARIES", made)
    conformance.learn_integration(TOKEN, {"X-Key": HEADER})
    made.learn_key(KEY)
    made.watch(tmp_path)
    (tmp_path / name).write_text(content)
    assert len(made.search()) == is_found, made.found


def test_the_calls_of_the_suite_register_their_secrets(fresh_server):
    token = conformance.token(fresh_server)
    client = conformance.administer("clients", "create", "--name", "Client", database=fresh_server.database)
    rotated = conformance.administer("clients", "rotate", client["id"], database=fresh_server.database)
    body = {"name": "n", "outboundNotificationWebhookUrl": "https://messaging.example.com",
            "outboundNotificationWebhookSignatureSecretToken": conformance.new_secret("token"),
            "webhookHeaders": {"X-Key": conformance.new_secret("header")}}
    assert conformance.Caller(fresh_server, token).post(INTEGRATIONS, body).status == 200
    key = fresh_server.key_file.read_text().strip().rstrip("=")
    digest = hashlib.sha256(json.dumps(body).encode()).hexdigest()
    for secret in (token, conformance.CLIENT_SECRET, client["secret"], rotated["secret"], key, digest,
                   body["outboundNotificationWebhookSignatureSecretToken"], body["webhookHeaders"]["X-Key"]):
        assert secret.encode() in conformance.CANARIES.secrets
    assert fresh_server.database.parent in conformance.CANARIES.folders


PLANTS = {
    "token": "log.write('trace: ' + conformance.token(server))",
    "secret token of an integration": "log.write('trace: ' + BODY['outboundNotificationWebhookSignatureSecretToken'])",
    "webhook header": "log.write('trace: ' + BODY['webhookHeaders']['X-Key'])",
    "encryption key": "log.write('trace: ' + server.key_file.read_text())",
}


@pytest.mark.parametrize("plant", PLANTS)
def test_a_secret_in_the_clear_fails_the_session(tmp_path, plant):
    """The last lines of the session report it, even if `CI` is set, which makes pytest's summary long."""
    (tmp_path / "test_planted.py").write_text(
        "import conformance\n"
        "BODY = {'name': 'n', 'outboundNotificationWebhookUrl': 'https://messaging.example.com',\n"
        "        'outboundNotificationWebhookSignatureSecretToken': conformance.new_secret('token'),\n"
        "        'webhookHeaders': {'X-Key': conformance.new_secret('header')}}\n"
        "def test_all_is_well(server):\n"
        f"    assert conformance.Caller(server, conformance.token(server)).post('{INTEGRATIONS}', BODY).status == 200\n"
        "    with open(server.log, 'a') as log:\n"
        f"        {PLANTS[plant]}\n")
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "conftest", "-p", "no:cacheprovider", tmp_path],
                          cwd=tmp_path, capture_output=True, text=True, timeout=conformance.PATIENCE,
                          env=conformance.environment({"PYTHONPATH": str(Path(__file__).parent),
                                                       "MESSAGING_SERVER": conformance.binary(), "COLUMNS": "240", "CI": "true"}))
    assert done.returncode == 1, done.stdout
    last = "".join(done.stdout.splitlines(keepends=True)[-5:])
    assert "secrets in the clear" in last and ".stderr" in last, done.stdout
