"""The key that seals the secrets of integrations: its file, its variable, its rotation, and its loss."""

import base64
import hashlib
import json
import os
import signal
import stat
import time

import pytest

import conformance
from conformance import Caller
from test_process_refusals import assert_refused, copy_of

ALL = f"{conformance.SUCCESSOR}/integrations"
OPEN = f"{ALL}/open"
VARIABLE = "MESSAGING_ENCRYPTION_KEY"
TRACE = {"MESSAGING_LOG_LEVEL": "trace"}
#: Makes the server start although the key of a secret is missing.
ACCEPT = {"MESSAGING_ACCEPT_LOST_SECRETS": "true"}


def new_key():
    return base64.b64encode(os.urandom(32)).decode()


def with_keys(*keys, extra=None):
    return conformance.bootstrap(TRACE | {VARIABLE: ",".join(keys)} | (extra or {}))


def key_id(key):
    """Returns the id of a key, which identifies it in messages."""
    return hashlib.sha256(b"key id" + base64.b64decode(key)).hexdigest()[:8]


def request(name="n"):
    return {"name": name, "outboundNotificationWebhookUrl": "https://messaging.example.com",
            "outboundNotificationWebhookSignatureSecretToken": conformance.new_secret("token"),
            "webhookHeaders": {"X-Key": conformance.new_secret("header")}}


def completed(caller, identifier):
    def read():
        answer = caller.get(f"{OPEN}/{identifier}")
        assert answer.status == 200, answer.body
        return answer.json()

    conformance.until(lambda: read()["createStatus"] == "Completed")
    return read()


def create(caller, name="n", headers=None):
    """A complete integration as it is read, with its headers."""
    body = request(name)
    answer = caller.call("POST", OPEN, body, headers)
    assert answer.status == 200, answer.body
    found = completed(caller, answer.json()["id"])
    assert found["webhookHeaders"] == body["webhookHeaders"]
    return found


def signed_in(server):
    return Caller(server, conformance.token(server))


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """A database with an integration, and the key that it is sealed with in its file."""
    path = tmp_path_factory.mktemp("sealed") / "messaging.sqlite"
    with conformance.serving(path) as server:
        create(signed_in(server))
    return path


def test_the_first_start_creates_a_key_that_stays(tmp_path):
    database = tmp_path / "messaging.sqlite"
    with conformance.serving(database, conformance.bootstrap(TRACE)) as server:
        made = server.key_file.read_bytes()
        status = server.key_file.lstat()
        assert (stat.S_ISREG(status.st_mode), stat.S_IMODE(status.st_mode)) == (True, 0o600)
        assert made.endswith(b"\n") and len(base64.b64decode(made.strip(), validate=True)) == 32
        found = create(signed_in(server))
    with conformance.serving(database, conformance.bootstrap(TRACE)) as again:
        assert again.key_file.read_bytes() == made
        assert signed_in(again).get(f"{OPEN}/{found['id']}").json() == found
        create(signed_in(again))
    assert [file.name for file in tmp_path.iterdir() if ".key" in file.name] == ["messaging.sqlite.key"]


def test_the_key_is_beside_the_database_even_if_that_is_a_link(tmp_path):
    for name in ("real", "links"):
        (tmp_path / name).mkdir()
    link = tmp_path / "links" / "messaging.sqlite"
    with conformance.serving(tmp_path / "real" / "messaging.sqlite"):
        pass
    key = (tmp_path / "real" / "messaging.sqlite.key").read_bytes()
    link.symlink_to(tmp_path / "real" / "messaging.sqlite")
    with conformance.serving(link) as server:
        create(signed_in(server))
        assert not server.key_file.exists()
    assert (tmp_path / "real" / "messaging.sqlite.key").read_bytes() == key


def test_a_start_needs_the_keys_of_current_objects_but_not_of_the_history(tmp_path):
    """A token and a header may be sealed with different keys. A deleted integration needs none."""
    database, old, new = tmp_path / "messaging.sqlite", new_key(), new_key()
    with conformance.serving(database, with_keys(old)) as server:
        both, gone = create(signed_in(server), "deadbeef.not-a-key"), create(signed_in(server), "Gone")
    with conformance.serving(database, with_keys(new, old)) as server:
        headers = {"webhookHeaders": request()["webhookHeaders"]}
        assert signed_in(server).patch(f"{OPEN}/{both['id']}", headers).status == 200
        assert signed_in(server).delete(f"{OPEN}/{gone['id']}").status == 204
    for key, missing in ((old, new), (new, old)):
        line = assert_refused(tmp_path, database, extra={VARIABLE: key}, mentions=["1 integration", key_id(missing)], code=1)
        assert "deadbeef" not in line
    with conformance.serving(database, with_keys(new, old)) as server:
        assert signed_in(server).patch(f"{OPEN}/{both['id']}", request()).status == 200
    with conformance.serving(database, with_keys(new)):
        pass


def test_a_start_whose_variable_lacks_the_key_of_the_file_names_the_file(sealed, tmp_path):
    """This happens after a command ran without the variable of its server."""
    database, key = copy_of(sealed, tmp_path), new_key()
    file = database.with_name("messaging.sqlite.key")
    kept = file.read_text().strip()
    assert_refused(tmp_path, database, extra={VARIABLE: key}, mentions=[str(file), key_id(kept), VARIABLE], code=1)
    with conformance.serving(database, with_keys(key, kept)) as server:
        assert len(signed_in(server).get(OPEN).json()["entities"]) == 1


def test_the_secrets_of_a_lost_key_file_can_be_given_up(sealed, tmp_path):
    database = copy_of(sealed, tmp_path)
    file = database.with_name("messaging.sqlite.key")
    kept = file.read_text()
    file.unlink()
    assert_refused(tmp_path, database, mentions=[str(file), key_id(kept), "--accept-lost-secrets"], code=1)
    with conformance.serving(database, conformance.bootstrap(ACCEPT)) as server:
        assert signed_in(server).get(OPEN).status == 500
        create(signed_in(server))
    assert file.read_text() != kept
    file.write_text(f"{file.read_text().strip()},{kept}")
    with conformance.serving(database) as server:
        assert len(signed_in(server).get(OPEN).json()["entities"]) == 2


@pytest.mark.parametrize("mode", [0o604, 0o602, 0o644, 0o700 | 0o044], ids=oct)
def test_a_key_that_other_users_can_access_is_refused(sealed, tmp_path, mode):
    database = copy_of(sealed, tmp_path)
    file = database.with_name("messaging.sqlite.key")
    file.chmod(mode)
    assert_refused(tmp_path, database, mentions=[str(file), "0600"], code=1)
    file.chmod(0o600)
    with conformance.serving(database) as server:
        assert signed_in(server).get(OPEN).json()["entities"][0]["webhookHeaders"]


@pytest.mark.parametrize("content", [
    b"", b"\n", b"not a key", base64.b64encode(bytes(31)), base64.b64encode(bytes(33)), bytes(32), b"\xff" * 44,
    base64.b64encode(bytes(32)) + b",", base64.b64encode(bytes(32)) + b" x"],
    ids=["empty", "line", "words", "31", "33", "raw", "noise", "comma", "more"])
def test_a_file_without_a_key_is_refused_and_not_printed(sealed, tmp_path, content):
    database = copy_of(sealed, tmp_path)
    file = database.with_name("messaging.sqlite.key")
    file.write_bytes(content)
    line = assert_refused(tmp_path, database, mentions=[str(file), "32 bytes in base64"], code=1)
    assert "not a key" not in line and content.decode(errors="replace").strip()[:16] not in line or not content.strip()


def test_a_missing_key_that_is_needed_is_refused(sealed, tmp_path):
    database = copy_of(sealed, tmp_path)
    file = database.with_name("messaging.sqlite.key")
    kept = file.read_bytes()
    file.unlink()
    assert_refused(tmp_path, database, mentions=[str(file), VARIABLE], code=1)
    with conformance.serving(database, with_keys(kept.decode().strip())) as server:
        caller = signed_in(server)
        for entity in caller.get(OPEN).json()["entities"]:
            assert entity["webhookHeaders"]
            assert caller.delete(f"{OPEN}/{entity['id']}").status == 204
    assert not file.exists()
    with conformance.serving(database):
        assert file.read_bytes() != kept, "with no integration left a new key harms nobody"


def test_a_start_refused_for_its_key_prints_no_secret(tmp_path):
    """The file exists before the first start. The first client's secret is printed once, so a refused start must not print it."""
    database = tmp_path / "messaging.sqlite"
    file = tmp_path / "messaging.sqlite.key"
    file.write_text(f"{new_key()}\n")
    file.chmod(0o644)
    done = conformance.run("serve", "--port", "0", "--database", database, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("messaging-server: ") and str(file) in line
    file.chmod(0o600)
    with conformance.serving(database, TRACE) as server:
        assert any(line.startswith("Client secret: ") for line in server.output)


def test_a_key_in_the_environment_creates_no_file(tmp_path):
    database, key = tmp_path / "messaging.sqlite", new_key()
    with conformance.serving(database, with_keys(key)) as server:
        found = create(signed_in(server))
        assert not server.key_file.exists()
    with conformance.serving(database, with_keys(f" {key} ")) as server:
        assert signed_in(server).get(f"{OPEN}/{found['id']}").json() == found
        assert not server.key_file.exists()


@pytest.mark.parametrize("value", [
    "these-are-not-32-bytes-in-base64", base64.b64encode(b"thirty-one bytes are no key ...").decode(),
    f"{base64.b64encode(b'K' * 32).decode()},", f"{base64.b64encode(b'k' * 32).decode()};{'A' * 43}="])
def test_a_wrong_key_in_the_environment_is_refused_by_name_and_not_printed(tmp_path, value):
    line = assert_refused(tmp_path, tmp_path / "messaging.sqlite", extra={VARIABLE: value},
                          mentions=[VARIABLE, "32 bytes in base64"], code=1)
    assert value[:12] not in line
    assert list(tmp_path.iterdir()) == []


def test_a_rotation_with_two_keys(tmp_path):
    database, old, new = tmp_path / "messaging.sqlite", new_key(), new_key()
    again = {"Idempotency-Key": "the-same-request"}
    body = request("Sent again")
    with conformance.serving(database, with_keys(old)) as server:
        caller = signed_in(server)
        changed, left = create(caller, "Changed"), create(caller, "Left")
        first = caller.call("POST", OPEN, body, again).json()
        completed(caller, first["id"])
    with conformance.serving(database, with_keys(new, old)) as server:
        caller = signed_in(server)
        assert caller.get(f"{OPEN}/{left['id']}").json() == left
        assert caller.call("POST", OPEN, body, again).json() == first
        assert caller.call("POST", OPEN, body | {"name": "Another"}, again).status == 422
        made = create(caller, "Made")
        secrets = {name: request()[name] for name in ("outboundNotificationWebhookSignatureSecretToken", "webhookHeaders")}
        assert caller.patch(f"{OPEN}/{changed['id']}", secrets).status == 200
    assert_refused(tmp_path, database, extra={VARIABLE: new}, mentions=["2 integrations", key_id(old), key_id(new)], code=1)
    with conformance.serving(database, with_keys(new, extra=ACCEPT)) as server:
        caller = signed_in(server)
        assert caller.get(f"{OPEN}/{changed['id']}").json()["webhookHeaders"] == secrets["webhookHeaders"]
        assert caller.get(f"{OPEN}/{made['id']}").json() == made
        assert caller.get(f"{OPEN}/{left['id']}").status == 500
    with conformance.serving(database, with_keys(old, new)) as server:
        assert [entity["name"] for entity in signed_in(server).get(OPEN).json()["entities"]] == [
            "Changed", "Left", "Made", "Sent again"]


def test_the_file_may_have_several_keys(sealed, tmp_path):
    database, new = copy_of(sealed, tmp_path), new_key()
    file = database.with_name("messaging.sqlite.key")
    file.write_text(f"{new}, {file.read_text()}")
    with conformance.serving(database) as server:
        caller = signed_in(server)
        [old] = caller.get(OPEN).json()["entities"]
        assert old["webhookHeaders"]
        made = create(caller)
    with conformance.serving(database, with_keys(new, extra=ACCEPT)) as server:
        caller = signed_in(server)
        assert caller.get(f"{OPEN}/{made['id']}").json() == made
        assert caller.get(f"{OPEN}/{old['id']}").status == 500


def test_a_secret_of_another_key_is_an_error_without_details(tmp_path):
    database, key = tmp_path / "messaging.sqlite", new_key()
    with conformance.serving(database, with_keys(key)) as server:
        found = create(signed_in(server))
    other = new_key()
    assert_refused(tmp_path, database, extra={VARIABLE: other}, code=1,
                   mentions=["1 integration", VARIABLE, key_id(key), key_id(other), "--accept-lost-secrets"])
    with conformance.serving(database, with_keys(other, extra=ACCEPT)) as server:
        caller = signed_in(server)
        path = f"{OPEN}/{found['id']}"
        answers = [caller.get(path), caller.get(OPEN), caller.patch(path, {"name": "Half"}),
                   caller.patch(path, {"webhookHeaders": None})]
        for answer in answers:
            error = answer.json()
            assert (answer.status, error["code"]) == (500, "internal.server.error")
            assert not any(word in answer.body.lower() for word in (b"key", b"seal", b"secret", b"open"))
        assert [row["id"] for row in caller.get(ALL).json()["entities"]] == [found["id"]]
        assert caller.patch(path, request("Written anew")).json()["name"] == "Written anew"
        assert caller.get(path).status == 200
        assert caller.delete(path).status == 204
    [warning] = [line for line in map(json.loads, server.errors().splitlines()) if line["level"] == "warning" and "keys" in line]
    assert (warning["keys"], warning["integrations"]) == (key_id(key), "1")
    with conformance.serving(database, with_keys(other)):
        pass
    causes = {line.get("context_id"): line["cause"] for line in map(json.loads, server.errors().splitlines()) if "cause" in line}
    for answer in answers:
        cause = causes[answer.json()["contextId"]]
        assert found["id"] in cause and "sealed with a key that this server does not have" in cause, cause


def test_a_change_whose_response_cannot_be_made_is_not_made(tmp_path):
    database, key = tmp_path / "messaging.sqlite", new_key()
    with conformance.serving(database, with_keys(key)) as server:
        found = create(signed_in(server))
    with conformance.serving(database, with_keys(new_key(), extra=ACCEPT)) as server:
        assert signed_in(server).patch(f"{OPEN}/{found['id']}", {"name": "Half"}).status == 500
    with conformance.serving(database, with_keys(key)) as server:
        assert signed_in(server).get(f"{OPEN}/{found['id']}").json() == found


def test_the_next_start_completes_a_creation_that_a_kill_interrupted(tmp_path):
    database = tmp_path / "messaging.sqlite"
    slow = conformance.bootstrap(TRACE | {"MESSAGING_INTEGRATION_DELAY": "3600"})
    server = conformance.Server(database, slow).start()
    caller = signed_in(server)
    bodies = [request(name) for name in ("First", "Second", "Deleted")]
    made = [caller.post(OPEN, body).json() for body in bodies]
    assert caller.delete(f"{OPEN}/{made[2]['id']}").status == 204
    assert caller.get(f"{OPEN}/{made[0]['id']}").json()["createStatus"] == "Initiated"
    assert server.kill() == -signal.SIGKILL
    with conformance.serving(database, slow) as server:
        caller = signed_in(server)
        assert caller.get(f"{OPEN}/{made[0]['id']}").json()["createStatus"] == "Initiated"
        assert caller.patch(f"{OPEN}/{made[0]['id']}", {"name": "n"}).status == 400
    with conformance.serving(database) as server:
        caller = signed_in(server)
        found = [completed(caller, each["id"]) for each in made[:2]]
        assert caller.get(f"{OPEN}/{made[2]['id']}").status == 404
        assert caller.get(OPEN).json()["total"] == 2
        for before, after, body in zip(made, found, bodies):
            assert after["status"] == "active" and after["recipient"]["id"]
            assert after["webhookHeaders"] == body["webhookHeaders"]
            assert after["dateModified"] == before["dateModified"]
        assert caller.patch(f"{OPEN}/{made[0]['id']}", {"name": "Renamed"}).status == 200
    with conformance.serving(database) as server:
        assert completed(signed_in(server), made[1]["id"]) == found[1], "it is completed once"


def test_an_integration_completes_after_the_delay(tmp_path):
    with conformance.serving(tmp_path / "messaging.sqlite", conformance.bootstrap({"MESSAGING_INTEGRATION_DELAY": "1"})) as server:
        caller = signed_in(server)
        started = time.monotonic()
        made = caller.post(OPEN, request()).json()
        completed(caller, made["id"])
        assert time.monotonic() - started >= 1
