"""The search for secrets in the clear (canaries.py) finds those that are there."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest

import conformance
from canaries import Canaries

SECRET = "a-secret-of-more-than-32-characters-for-this"
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
def test_a_secret_that_was_said_is_found(canaries, kind):
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


def test_what_the_suite_does_teaches_its_secrets(fresh_server):
    token = conformance.token(fresh_server)
    client = conformance.administer("clients", "create", "--name", "Client", database=fresh_server.database)
    rotated = conformance.administer("clients", "rotate", client["id"], database=fresh_server.database)
    for secret in (token, conformance.CLIENT_SECRET, client["secret"], rotated["secret"]):
        assert secret.encode() in conformance.CANARIES.secrets
    assert fresh_server.database.parent in conformance.CANARIES.folders


def test_a_secret_in_the_clear_fails_the_session(tmp_path):
    """The last lines of the session say so."""
    (tmp_path / "test_planted.py").write_text(
        "import conformance\n"
        "def test_all_is_well(server):\n"
        "    with open(server.log, 'a') as log:\n"
        "        log.write('trace: ' + conformance.token(server))\n")
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "conftest", "-p", "no:cacheprovider", tmp_path],
                          cwd=tmp_path, capture_output=True, text=True, timeout=120,
                          env=conformance.environment({"PYTHONPATH": str(Path(__file__).parent),
                                                       "MESSAGING_SERVER": conformance.binary(), "COLUMNS": "240"}))
    assert done.returncode == 1, done.stdout
    last = "".join(done.stdout.splitlines(keepends=True)[-5:])
    assert "secrets in the clear" in last and ".stderr" in last, done.stdout
