"""`organizations` and `clients`, with and without a running server."""

import contextlib
import http.client
import json
import sqlite3
import stat
import subprocess
import time
from pathlib import Path

import pytest

import conformance
from conformance import Caller, administer
from faults import Faults

GRANT = {"grant_type": "client_credentials"}
DOCUMENT = json.loads((Path(__file__).resolve().parents[2] / "openapi.json").read_text())
PERMISSIONS = {permission for path in DOCUMENT["paths"].values() for operation in path.values()
               for permission in operation.get("x-inin-requires-permissions", {"permissions": []})["permissions"]}
SCOPES = {"messaging", "messaging:readonly"}


class Place:
    """A database whose server is up or down; `up()` starts it if it is down."""

    def __init__(self, database, running):
        self.server = conformance.Server(database)
        self.database, self.running = database, running

    def up(self):
        if self.server.process.poll() is not None:
            self.server.start()
        return self.server

    def down(self):
        assert self.server.stop() == 0

    def back(self):
        """Back to the state the test is about."""
        if not self.running:
            self.down()

    def admin(self, *arguments):
        return administer(*arguments, database=self.database)

    def failing(self, *arguments):
        done = conformance.run(*arguments, "--database", self.database)
        assert done.returncode == 1 and done.stdout == "", done
        [line] = done.stderr.splitlines()
        assert line.startswith("messaging-server: ")
        return line


@pytest.fixture(params=["running", "stopped"])
def place(request, tmp_path):
    place = Place(tmp_path / "messaging.sqlite", request.param == "running")
    place.server.start()
    place.back()
    yield place
    if place.server.process.poll() is None:
        place.down()


def test_organizations_create_and_list(place):
    [first] = place.admin("organizations", "list")
    second = place.admin("organizations", "create", "--name", "Second & \"third\"")
    assert set(second) == {"id", "name"} and second["name"] == "Second & \"third\""
    assert {item["id"]: item for item in place.admin("organizations", "list")} == {
        first["id"]: first, second["id"]: second}


def test_clients_create_and_list(place):
    [organization] = place.admin("organizations", "list")
    created = place.admin("clients", "create", "--name", "Pipeline")
    assert set(created) == {"id", "name", "organization", "secret", "permissions", "scopes"}
    assert (created["name"], created["organization"]) == ("Pipeline", organization["id"])
    assert set(created["permissions"]) == PERMISSIONS
    assert set(created["scopes"]) <= SCOPES and "messaging" in created["scopes"]
    assert len(created["secret"]) >= 43
    limited = place.admin("clients", "create", "--name", "Limited", "--permission", "messaging:setting:view",
                          "--permission", "messaging:setting:add", "--scope", "messaging:readonly")
    assert set(limited["permissions"]) == {"messaging:setting:view", "messaging:setting:add"}
    assert limited["scopes"] == ["messaging:readonly"]
    listed = {item["id"]: item for item in place.admin("clients", "list")}
    assert set(listed) == {conformance.CLIENT_ID, created["id"], limited["id"]}
    for client in (created, limited):
        item = listed[client["id"]]
        assert set(item) == {"id", "name", "organization", "permissions", "scopes", "dateCreated"}
        assert conformance.DATE.fullmatch(item["dateCreated"])
        assert all(item[name] == client[name] for name in ("name", "organization", "permissions", "scopes"))
    server = place.up()
    caller = Caller(server, conformance.token(server, created["id"], created["secret"]))
    assert caller.get("/api/v2/organizations/me").json()["id"] == organization["id"]
    assert caller.post("/api/v2/messaging/settings", {"name": "Works"}).status == 200


def test_rotate_replaces_the_secret_at_once(place):
    created = place.admin("clients", "create", "--name", "Rotated")
    rotated = place.admin("clients", "rotate", created["id"])
    assert set(rotated) == {"id", "name", "organization", "secret", "permissions", "scopes"}
    assert rotated["secret"] != created["secret"]
    assert {**rotated, "secret": None} == {**created, "secret": None}
    server = place.up()
    answer = conformance.ask_token(server, GRANT, conformance.basic(created["id"], created["secret"]))
    assert (answer.status, answer.json()["error"]) == (401, "invalid_client")
    token = conformance.token(server, created["id"], rotated["secret"])
    assert Caller(server, token).get("/api/v2/users/me").status == 200


def test_a_deleted_client_fails_on_the_next_request(place):
    created = place.admin("clients", "create", "--name", "Deleted")
    server = place.up()
    caller = Caller(server, conformance.token(server, created["id"], created["secret"]))
    assert caller.get("/api/v2/messaging/settings").status == 200
    place.back()
    assert place.admin("clients", "delete", created["id"]) == {"id": created["id"]}
    caller = Caller(place.up(), caller.token) if not place.running else caller
    answer = caller.get("/api/v2/messaging/settings")
    assert (answer.status, answer.json()["code"]) == (401, "bad.credentials")
    answer = conformance.ask_token(server, GRANT, conformance.basic(created["id"], created["secret"]))
    assert (answer.status, answer.json()["error"]) == (401, "invalid_client")
    assert created["id"] not in [item["id"] for item in place.admin("clients", "list")]
    assert Caller(server, conformance.token(server)).get("/api/v2/users/me").status == 200


def test_a_client_of_one_organization_is_listed_there_only(place):
    [first] = place.admin("organizations", "list")
    second = place.admin("organizations", "create", "--name", "Second")
    theirs = place.admin("clients", "create", "--name", "Theirs", "--organization", second["id"])
    assert theirs["organization"] == second["id"]
    assert [item["id"] for item in place.admin("clients", "list", "--organization", second["id"])] == [theirs["id"]]
    assert [item["id"] for item in place.admin("clients", "list", "--organization", first["id"])] == [
        conformance.CLIENT_ID]


@pytest.mark.parametrize("command", ["rotate", "delete"])
def test_an_empty_id_of_a_client_is_refused_with_and_without_a_server(place, command):
    done = conformance.run("clients", command, "", "--database", place.database)
    assert (done.returncode, done.stdout) == (64, ""), done
    assert done.stderr == f"messaging-server: the id of the client is empty; see messaging-server clients {command} --help\n"
    assert len(place.admin("clients", "list")) == 1


def test_a_failed_command_prints_one_line(place):
    assert "no-such-client" in place.failing("clients", "rotate", "no-such-client")
    assert "no-such-client" in place.failing("clients", "delete", "no-such-client")
    assert "no-such-organization" in place.failing("clients", "create", "--name", "x", "--organization",
                                                   "no-such-organization")
    assert "messaging:setting:fly" in place.failing("clients", "create", "--name", "x", "--permission",
                                                    "messaging:setting:fly")
    assert "everything" in place.failing("clients", "create", "--name", "x", "--scope", "everything")
    assert len(place.admin("clients", "list")) == 1
    place.admin("organizations", "create", "--name", "Second")
    assert "--organization" in place.failing("clients", "create", "--name", "Which?")
    assert len(place.admin("organizations", "list")) == 2


def test_without_json_the_secret_is_printed_once(place):
    done = conformance.run("clients", "create", "--name", "Person", "--database", place.database)
    assert done.returncode == 0 and done.stderr == ""
    [identifier] = [item["id"] for item in place.admin("clients", "list") if item["name"] == "Person"]
    assert identifier in done.stdout
    listed = conformance.run("clients", "list", "--database", place.database)
    assert listed.returncode == 0 and identifier in listed.stdout and "Person" in listed.stdout
    assert "ecret" in done.stdout and "ecret" not in listed.stdout
    assert conformance.run("organizations", "list", "--database", place.database).returncode == 0


def test_changes_of_the_administration_survive_a_kill(place):
    organization = place.admin("organizations", "create", "--name", "Durable")
    created = place.admin("clients", "create", "--name", "Durable", "--organization", organization["id"])
    place.up().kill()
    server = place.up()
    caller = Caller(server, conformance.token(server, created["id"], created["secret"]))
    assert caller.get("/api/v2/organizations/me").json()["name"] == "Durable"
    assert caller.get("/api/v2/messaging/supportedcontent").json()["total"] == 1


def test_an_organization_and_a_client_can_be_created_before_the_first_start(tmp_path):
    database = tmp_path / "messaging.sqlite"
    organization = administer("organizations", "create", "--name", "Early", database=database)
    client = administer("clients", "create", "--name", "Early", database=database)
    with conformance.serving(database, {}) as server:
        caller = Caller(server, conformance.token(server, client["id"], client["secret"]))
        assert caller.get("/api/v2/organizations/me").json()["id"] == organization["id"]
        assert [line for line in server.output if line.startswith("Client secret")] == []


def test_the_socket_is_for_the_owner_only(fresh_server):
    sockets = [path for path in fresh_server.database.parent.iterdir() if stat.S_ISSOCK(path.lstat().st_mode)]
    assert len(sockets) == 1
    assert stat.S_IMODE(sockets[0].lstat().st_mode) == 0o600


def test_administration_responds_while_an_export_waits_for_the_disk(tmp_path):
    """And before a time limit is over: the two seconds for which a command waits, or the ten of a connection to the socket."""
    disk = Faults(tmp_path / "faults")
    with conformance.serving(tmp_path / "messaging.sqlite", disk.environment) as server:
        with disk.of("hold"):
            export = subprocess.Popen([conformance.binary(), "export", tmp_path / "export", "--database", server.database],
                                      env=conformance.environment(), stdout=subprocess.DEVNULL)
            conformance.STARTED.append(export)
            conformance.until(disk.holds_a_sync)
            assert conformance.is_sooner(2, lambda: conformance.seconds_of(
                lambda: administer("clients", "list", database=server.database)))
            assert export.poll() is None
        assert export.wait(conformance.PATIENCE) == 0


def test_the_log_and_the_history_have_the_changes_of_a_client(tmp_path):
    database = tmp_path / "messaging.sqlite"
    with conformance.serving(database, conformance.bootstrap({})) as server:
        [organization] = administer("organizations", "list", database=database)
        created = administer("clients", "create", "--name", "Told", database=database)
        administer("clients", "rotate", created["id"], database=database)
        administer("clients", "delete", created["id"], database=database)
        assert conformance.run("clients", "rotate", "no-such-client", "--database", database).returncode == 1
        caller = Caller(server, conformance.token(server))
        changes = caller.get(f"/platform/v1/changes?kind=clients&id={created['id']}").json()["entities"]
    assert [(change["operation"], "before" in change, "after" in change) for change in changes] == [
        ("clients.delete", True, False), ("clients.rotate", True, True), ("clients.create", False, True)]
    assert {change["user"]["id"] for change in changes} == {"00000000-0000-0000-0000-000000000000"}
    assert all(change.get("client") is None for change in changes)
    lines = [json.loads(line) for line in server.errors().splitlines()]
    done = [line for line in lines if line["message"] == "Ran an administration command" and line["command"] != "organizations.list"]
    assert [(line["command"], line["organization"], line["client"]) for line in done] == [
        (command, organization["id"], created["id"]) for command in ("clients.create", "clients.rotate", "clients.delete")]
    [refused] = [line for line in lines if line["message"] == "Refused an administration command"]
    assert (refused["command"], refused["reason"]) == ("clients.rotate", "bad.request")
    assert "no-such-client" not in server.errors()


def test_the_log_names_the_objects_of_a_refused_command_and_the_files(tmp_path):
    database = tmp_path / "messaging.sqlite"
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "there.json").write_text("{")
    with conformance.serving(database) as server:
        [organization] = administer("organizations", "list", database=database)
        for arguments in (("clients", "create", "--name", "x", "--permission", "messaging:nope"),
                          ("clients", "create", "--name", " "), ("export", folder / "there.json", "--with-secrets"),
                          ("import", folder / "there.json"), ("clients", "list", "--organization", "none")):
            assert conformance.run(*arguments, "--database", database).returncode == 1
        administer("export", folder / "secret.json", "--with-secrets", database=database)
        administer("export", folder / "plain.json", database=database)
        administer("backup", folder / "backup", database=database)
        copy = administer("import", folder / "plain.json", "--new-id", database=database)
    lines = [json.loads(line) for line in server.errors().splitlines()]
    about = [{name: line[name] for name in line if name in ("command", "organization", "client", "file", "with_secrets")}
             for line in lines if line["message"].endswith("an administration command")][1:]
    id, there = {"organization": organization["id"]}, {"file": str(folder / "there.json")}
    assert about == [
        {"command": "clients.create"} | id, {"command": "clients.create"} | id,
        {"command": "export", "with_secrets": "true"} | id | there, {"command": "import"} | there,
        {"command": "clients.list"},
        {"command": "export", "with_secrets": "true", "file": str(folder / "secret.json")} | id,
        {"command": "export", "with_secrets": "false", "file": str(folder / "plain.json")} | id,
        {"command": "backup", "file": str(folder / "backup")},
        {"command": "import", "file": str(folder / "plain.json"), "organization": copy["id"]}]


def test_permissions_and_scopes_are_stored_once(tmp_path):
    database = tmp_path / "messaging.sqlite"
    administer("organizations", "create", "--name", "o", database=database)
    names = ("messaging:setting:view", "messaging:setting:add", "messaging:setting:view")
    scopes = ("messaging:readonly", "messaging", "messaging:readonly")
    given = [text for name in names for text in ("--permission", name)] + [text for name in scopes for text in ("--scope", name)]
    created = administer("clients", "create", "--name", "c", *given, database=database)
    [listed] = administer("clients", "list", database=database)
    for each in (created, listed):
        assert (each["permissions"], each["scopes"]) == (list(names[:2]), list(scopes[:2]))


def offline_history(database):
    """Returns the number of changes in the history of a database that no process has open."""
    with contextlib.closing(sqlite3.connect(database)) as opened:
        return opened.execute("SELECT count(*) FROM history").fetchone()[0]


@pytest.mark.parametrize("limits", [{}, {"MESSAGING_HISTORY_MIN_DAYS": "0", "MESSAGING_MAX_ORGANIZATION_BYTES": "1048576"}],
                         ids=["defaults", "least"])
def test_a_command_without_a_server_drops_no_history(tmp_path, limits):
    """The history is old and has more bytes than the command's own limit."""
    database = tmp_path / "messaging.sqlite"
    with conformance.serving(database) as server:
        caller = Caller(server, conformance.token(server))
        for name in "abcdef":
            assert caller.post("/api/v2/messaging/settings", {"name": name}).status == 200
    with contextlib.closing(sqlite3.connect(database)) as opened:
        [final] = opened.execute("SELECT sql FROM sqlite_master WHERE name = 'history_is_final'").fetchone()
        opened.execute("DROP TRIGGER history_is_final")
        opened.execute("UPDATE history SET time_ms = time_ms - ?", (40 * 86_400_000,))
        opened.execute(final)
        opened.execute("UPDATE organization SET history_bytes = history_bytes + ?", (70 << 20,))
        opened.commit()
    before = offline_history(database)
    done = conformance.run("clients", "create", "--name", "c", "--database", database, extra=limits)
    assert done.returncode == 0, done
    assert offline_history(database) == before + 1


def test_a_command_without_a_server_has_the_limits_of_the_environment(tmp_path):
    database = tmp_path / "messaging.sqlite"
    done = conformance.run("organizations", "create", "--name", "o", "--database", database,
                           extra={"MESSAGING_MAX_OBJECTS": "none"})
    assert done.returncode == 1 and "MESSAGING_MAX_OBJECTS is" in done.stderr and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("running", [True, False], ids=["running", "stopped"])
def test_every_command_names_unknown_variables(tmp_path, running):
    database = tmp_path / "messaging.sqlite"
    # The last one is the command line's.
    unknown = {"MESSAGING_DATABSE": "/secret", "messaging_port": "secret", "MESSAGING_URL": "http://localhost"}
    with conformance.serving(database, conformance.bootstrap(unknown)) if running else contextlib.nullcontext() as server:
        if not running:
            administer("organizations", "create", "--name", "o", database=database)
        done = conformance.run("organizations", "list", "--database", database, extra=unknown)
        assert done.returncode == 0 and done.stderr == (
            "messaging-server: ignored environment variables that belong to no setting: MESSAGING_DATABSE, messaging_port\n")
    if running:
        [line] = [line for line in map(json.loads, server.errors().splitlines()) if "no setting" in line["message"]]
        assert line["variables"] == ["MESSAGING_DATABSE", "messaging_port"]


@pytest.mark.parametrize("wrong", [("--port", "x"), ("--database", "/none/x")], ids=["flag", "database"])
def test_a_refused_start_names_unknown_variables(tmp_path, wrong):
    done = conformance.run("serve", "--port", "0", *wrong, extra={"MESSAGING_PROT": "secret"}, cwd=tmp_path)
    assert done.returncode == 1 and "MESSAGING_PROT" in done.stderr and "secret" not in done.stderr


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 257])
def test_a_refused_creation_leaves_no_database(tmp_path, name):
    done = conformance.run("organizations", "create", "--name", name, "--database", tmp_path / "messaging.sqlite")
    assert done.returncode == 1 and list(tmp_path.iterdir()) == []


def socket_of(server):
    return conformance.unix_socket(f"{server.database}.socket")


ORGANIZATIONS = "/platform/v1/administration/organizations"


def response_of(stream):
    """The response on a stream, and the JSON in it."""
    response = http.client.HTTPResponse(stream)
    response.begin()
    return response, json.loads(response.read())


def call(stream, method, path, body=b""):
    """Returns the response of an operation of the administration on a stream."""
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        stream.sendall(head.encode() + body)
    return response_of(stream)


def test_the_socket_serves_the_administration_over_http_without_a_token(tmp_path):
    with conformance.serving(tmp_path / "messaging.sqlite") as server, socket_of(server) as stream:
        response, created = call(stream, "POST", ORGANIZATIONS, b'{"name": "Over HTTP"}')
        assert response.status == 200 and set(created) == {"id", "name"}
        response, listed = call(stream, "GET", ORGANIZATIONS)
        assert response.status == 200 and created in listed["entities"]
        assert response.getheader("ININ-Correlation-Id")
        response, error = call(stream, "POST", ORGANIZATIONS, b'{"name": 7}')
        assert (response.status, error["details"][0]["fieldName"]) == (400, "name")
        for path in ("/health/live", "/openapi.json", "/api/v2/users/me", "/"):
            assert call(stream, "GET", path)[0].status == 404
        assert Caller(server, conformance.token(server)).get(ORGANIZATIONS).status == 404
    lines = [json.loads(line) for line in server.errors().splitlines()]
    requests = [line for line in lines if line["message"] == "request" and line.get("path") == ORGANIZATIONS]
    assert [(line["operation"], line["status"]) for line in requests] == [
        ("organizations.create", 200), ("organizations.list", 200), ("organizations.create", 400)]


def test_a_connection_above_the_limit_gets_503(tmp_path):
    with conformance.serving(tmp_path / "messaging.sqlite") as server:
        streams = [socket_of(server) for _ in range(16)]
        for stream in streams:
            assert call(stream, "GET", ORGANIZATIONS)[0].status == 200
        with socket_of(server) as more:
            response, error = response_of(more)
            assert (response.status, error["code"]) == (503, "service.unavailable")
            assert response.getheader("Retry-After") == "1" and more.recv(1) == b""
        done = conformance.run("organizations", "list", "--database", server.database)
        assert done.returncode == 1 and done.stderr.count("\n") == 1 and "Unavailable" in done.stderr, done
        for stream in streams:
            stream.close()
        assert eventually(lambda: administer("organizations", "list", database=server.database))


def test_a_request_that_is_too_long_is_refused(tmp_path):
    with conformance.serving(tmp_path / "messaging.sqlite") as server:
        with socket_of(server) as stream:
            response, error = call(stream, "POST", ORGANIZATIONS, b"x" * (65536 + 2048))
            assert (response.status, error["code"]) == (413, "request.entity.too.large")
            assert "65536" in error["message"]
        assert administer("organizations", "list", database=server.database)


def eventually(ask):
    """Returns the result of `ask` as soon as it is true, within a time limit."""
    end = time.monotonic() + conformance.PATIENCE
    while True:
        try:
            return ask()
        except AssertionError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
