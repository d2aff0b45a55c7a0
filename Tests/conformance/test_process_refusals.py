"""Starts that must be refused: one line, a non-zero exit, and nothing touched."""

import ctypes
import os
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import tempfile
from pathlib import Path

import pytest

import conformance

#: prctl's PR_CAPBSET_DROP, and the capabilities by which root passes over file modes.
DROP, OVERRIDES = 24, (1, 2)


def without_privilege():
    """In the child: root obeys file modes like any other user. Works wherever the binary lies."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for capability in OVERRIDES:
            if libc.prctl(DROP, capability, 0, 0, 0) != 0:
                os._exit(99)


@pytest.fixture
def folder():
    """A folder that any user may enter; pytest's own are for one user only."""
    path = Path(tempfile.mkdtemp(prefix="messaging-refused-"))
    path.chmod(0o755)
    yield path
    for each in [path, *path.rglob("*")]:
        each.chmod(0o755)
    conformance.CANARIES.search([path])
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def good_database(tmp_path_factory):
    """A database the server made and closed, with enough in it to span many pages."""
    path = tmp_path_factory.mktemp("good") / "messaging.sqlite"
    with conformance.serving(path) as server:
        caller = conformance.Caller(server, conformance.token(server))
        for index in range(100):
            assert caller.post("/api/v2/messaging/settings", {"name": f"{index}" * 40}).status == 200
    return path


def copy_of(database, folder):
    for file in database.parent.glob(f"{database.name}*"):
        if stat.S_ISREG(file.stat().st_mode) and not file.name.endswith(".stderr"):
            shutil.copy(file, folder / file.name)
    return folder / database.name


def picture(folder):
    """Every name under the folder with its type, mode and bytes; not the log that a running server writes there."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".stderr":
            continue
        status = path.lstat()
        readable = stat.S_ISREG(status.st_mode) and os.access(path, os.R_OK)
        content = path.read_bytes() if readable else None
        found[str(path.relative_to(folder))] = (stat.S_IFMT(status.st_mode), stat.S_IMODE(status.st_mode), content)
    return found


def assert_refused(folder, database, *arguments, extra=None, mentions=(), code=None, **options):
    before = picture(folder)
    done = conformance.run("serve", "--port", "0", "--database", database, *arguments,
                           extra=conformance.bootstrap(extra), cwd="/", **options)
    assert done.returncode != 0 and done.returncode > 0, done
    if code is not None:
        assert done.returncode == code
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("messaging-server: ") and len(lines[0]) > len("messaging-server: ") + 10
    assert done.stdout == ""
    for text in mentions:
        assert text in lines[0], lines[0]
    assert picture(folder) == before
    return lines[0]


def test_a_missing_directory(folder):
    assert_refused(folder, folder / "missing" / "messaging.sqlite", mentions=["missing"], code=1)


def test_a_directory_in_place_of_the_file(folder):
    (folder / "messaging.sqlite").mkdir()
    assert_refused(folder, folder / "messaging.sqlite", mentions=["messaging.sqlite"], code=1)


@pytest.mark.parametrize("content", [
    b"These are my notes, please keep them.\n" * 100, b"short", b"\x00" * 8192, b"SQLite format 3\x00",
    b"SQLite format 3\x00" + b"\xff" * 8176], ids=["text", "short", "zeros", "magic", "magic and noise"])
def test_a_file_that_is_no_database(folder, content):
    path = folder / "messaging.sqlite"
    path.write_bytes(content)
    assert_refused(folder, path, mentions=[str(path)], code=1)


def test_a_truncated_database(folder, good_database):
    path = copy_of(good_database, folder)
    with open(path, "r+b") as file:
        file.truncate(path.stat().st_size // 2 // 4096 * 4096)
    assert_refused(folder, path, mentions=[str(path)], code=1)


@pytest.mark.parametrize("start, length", [(0, 100), (0, 4096), (4096, None), (100, 3000)],
                         ids=["header", "first page", "all but the first page", "schema"])
def test_a_garbled_database(folder, good_database, start, length):
    path = copy_of(good_database, folder)
    size = path.stat().st_size
    assert size > 8 * 4096
    with open(path, "r+b") as file:
        file.seek(start)
        file.write(b"\xa5" * ((length or size - start)))
    assert_refused(folder, path, mentions=[str(path)], code=1)


@pytest.mark.parametrize("version", [0, 1, 7])
def test_the_database_of_another_program(folder, version):
    path = folder / "messaging.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE notes (text TEXT)")
        other.execute("INSERT INTO notes VALUES ('keep me')")
        other.execute(f"PRAGMA user_version = {version}")
    other.close()
    assert_refused(folder, path, mentions=[str(path)], code=1)


def test_a_newer_version(folder, good_database):
    path = copy_of(good_database, folder)
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA journal_mode = DELETE")
        newer.execute("PRAGMA user_version = 999")
    newer.close()
    line = assert_refused(folder, path, mentions=[str(path)], code=1)
    assert "newer" in line or "999" in line, line


@pytest.mark.parametrize("file_mode, folder_mode", [(0o444, 0o777), (0o666, 0o555), (0o444, 0o555), (0o000, 0o777)],
                         ids=["read-only file", "read-only folder", "both", "unreadable file"])
def test_a_database_without_write_permission(folder, good_database, file_mode, folder_mode):
    path = copy_of(good_database, folder)
    for file in folder.iterdir():
        file.chmod(file_mode)
    folder.chmod(folder_mode)
    before = picture(folder)
    for writable, mode in ((path, file_mode), (folder, folder_mode)):
        assert subprocess.run(["test", "-w", writable], preexec_fn=without_privilege).returncode == (
            0 if mode & 0o200 else 1), "the test does not run under the restriction it is about"
    done = conformance.run("serve", "--port", "0", "--database", path, extra=conformance.bootstrap(),
                           cwd="/", preexec_fn=without_privilege)
    assert picture(folder) == before
    folder.chmod(0o755)
    for file in folder.iterdir():
        file.chmod(0o644)
        assert file.read_bytes() == (good_database.parent / file.name).read_bytes()
    assert done.returncode == 1 and done.stdout == ""
    [line] = done.stderr.splitlines()
    assert line.startswith("messaging-server: ") and str(path) in line


def test_a_database_locked_by_a_running_server_names_its_process(folder):
    with conformance.serving(folder / "messaging.sqlite") as server:
        caller = conformance.Caller(server, conformance.token(server))
        created = caller.post("/api/v2/messaging/settings", {"name": "Before"}).json()
        assert_refused(folder, server.database, mentions=[str(server.process.pid)], code=1)
        assert caller.get(f"/api/v2/messaging/settings/{created['id']}").json() == created
        assert caller.patch(f"/api/v2/messaging/settings/{created['id']}", {"name": "After"}).status == 200


def test_a_lock_left_by_a_killed_server_is_no_obstacle(tmp_path):
    database = tmp_path / "messaging.sqlite"
    server = conformance.Server(database).start()
    assert server.kill() == -signal.SIGKILL
    with conformance.serving(database) as again:
        assert conformance.token(again)


def test_a_bootstrap_secret_of_31_characters_is_refused_and_not_repeated(folder):
    secret = "thirty-one-characters-of-secret"
    assert len(secret) == 31
    line = assert_refused(folder, folder / "messaging.sqlite", extra={"MESSAGING_BOOTSTRAP_CLIENT_SECRET": secret},
                          mentions=["MESSAGING_BOOTSTRAP_CLIENT_SECRET", "32"], code=1)
    assert secret not in line and secret[:8] not in line


def test_a_bootstrap_secret_of_32_characters_is_enough(tmp_path):
    secret = "thirty-two-characters-of-secret!"
    assert len(secret) == 32
    with conformance.serving(tmp_path / "messaging.sqlite",
                             conformance.bootstrap({"MESSAGING_BOOTSTRAP_CLIENT_SECRET": secret})) as server:
        assert conformance.token(server, secret=secret)


@pytest.mark.parametrize("name, value", [
    ("MESSAGING_RATE_LIMIT", "many"), ("MESSAGING_RATE_LIMIT", "-1"), ("MESSAGING_RATE_LIMIT", "0"),
    ("MESSAGING_TOKEN_LIFETIME", "299"), ("MESSAGING_TOKEN_LIFETIME", "1h"),
    ("MESSAGING_MAX_CONNECTIONS", "0"), ("MESSAGING_REQUEST_TIMEOUT", "3601"), ("MESSAGING_IDLE_TIMEOUT", "1m"),
    ("MESSAGING_LOG_LEVEL", "loud")])
def test_a_bad_value_in_the_environment(folder, name, value):
    line = assert_refused(folder, folder / "messaging.sqlite", extra={name: value}, mentions=[value], code=1)
    assert f": {name} is " in line


@pytest.mark.parametrize("end", ["\n", "\r\n", "\tx", "ü€"])
def test_a_bootstrap_secret_that_clients_cannot_send_is_refused_and_not_repeated(folder, end):
    """RFC 6749, A.2: visible ASCII and spaces; `echo` writes a line feed at the end."""
    secret = "a-secret-of-more-than-32-characters" + end
    line = assert_refused(folder, folder / "messaging.sqlite", extra={"MESSAGING_BOOTSTRAP_CLIENT_SECRET": secret},
                          mentions=["MESSAGING_BOOTSTRAP_CLIENT_SECRET", "visible ASCII", "line feed"], code=1)
    assert "a-secret" not in line


def test_the_address_of_a_service_of_kubernetes_is_explained(folder):
    done = conformance.run("serve", "--database", folder / "messaging.sqlite", cwd="/", extra={"MESSAGING_PORT": "tcp://10.0.0.1:80"})
    one_line(done, 1, "MESSAGING_PORT is \"tcp://10.0.0.1:80\"", "Kubernetes", "enableServiceLinks: false", "another name")
    assert "--port" not in done.stderr and picture(folder) == {}


#: Values that a terminal or a reader of lines would interpret, and a value that is too long to be read.
ODD = ["1\n2", "\r\x1b[2J", "\x1b]0;title\x07", "\u009b31m", "\u2028x", "\u202ex", "x" * 100_000]


def one_line(done, code, *texts):
    """The error is one line of printable characters with these texts in it."""
    assert done.returncode == code and done.stdout == "", done
    text = done.stderr.removesuffix("\n")
    assert done.stderr == text + "\n" and text.startswith("messaging-server: ") and len(text) < 10_000
    assert all(character.isprintable() for character in text), repr(text)
    for expected in texts:
        assert expected in text, text


@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_an_error_is_one_line_for_any_value(tmp_path, value):
    database = tmp_path / "messaging.sqlite"
    one_line(conformance.run("serve", "--port", value, cwd="/"), 1, "--port", "65535")
    one_line(conformance.run("serve", extra={"MESSAGING_LOG_LEVEL": value}, cwd="/"), 1, "MESSAGING_LOG_LEVEL", "critical")
    one_line(conformance.run("serve", extra={"MESSAGING_BOOTSTRAP_CLIENT_ID": f"{value} "}, cwd=tmp_path), 1, "BOOTSTRAP_CLIENT_ID")
    folder = f"/no/{value}"
    one_line(conformance.run("serve", "--database", f"{folder}/db", cwd="/"), 1, "/no/")
    one_line(conformance.run("serve", "--port", "0", "--database", database, "--tls-certificate", folder, "--tls-key", folder,
                             cwd="/"), 1, "certificate")
    with conformance.serving(database):
        one_line(conformance.run("serve", "--port", "0", "--database", database, cwd="/"), 1, "in use")
    one_line(conformance.run("serve", "--port", "0", "--host", value, "--database", database, cwd="/",
                             extra=conformance.bootstrap({"MESSAGING_LOG_LEVEL": "error"})), 1, "cannot listen")
    for command in (["clients", "rotate", value], ["clients", "list", "--organization", value],
                    ["organizations", "create", "--name", (value * 300)[:50_000]]):
        one_line(conformance.run(*command, "--database", database, cwd="/"), 1)
    for arguments in (["serve", value], [value], ["serve", f"--{value}"], ["clients", "list", f"--{value}=x"]):
        one_line(conformance.run(*arguments, cwd="/"), 64, "--help")


def test_an_unknown_variable_is_named_and_its_value_is_not(tmp_path):
    unknown = {"MESSAGING_RATE_LIMITS": "a-value-that-nobody-may-see", "MESSAGING_\x1b[2J": "x"}
    with conformance.serving(tmp_path / "messaging.sqlite", conformance.bootstrap(unknown)) as server:
        [warning] = [line for line in server.errors().splitlines() if "MESSAGING_" in line]
    assert "MESSAGING_RATE_LIMITS" in warning and '"level":"warning"' in warning and "\\u{1B}[2J" in warning
    assert "nobody" not in server.errors() and "\x1b" not in server.errors()
    with conformance.serving(tmp_path / "messaging.sqlite") as server:
        pass
    assert "MESSAGING_" not in server.errors()


@pytest.mark.parametrize("value", ["abc", "70000", "-1"])
def test_a_bad_port_in_the_environment(folder, value):
    before = picture(folder)
    done = conformance.run("serve", "--database", folder / "messaging.sqlite", cwd="/",
                           extra=conformance.bootstrap({"MESSAGING_PORT": value}))
    [line] = done.stderr.splitlines()
    assert done.returncode == 1 and line.startswith("messaging-server: ")
    assert f"MESSAGING_PORT is \"{value}\"" in line
    assert picture(folder) == before


@pytest.mark.parametrize("value", ["70000", "65536", "-1", "abc"])
def test_a_bad_port_flag(folder, value):
    before = picture(folder)
    done = conformance.run("serve", f"--port={value}", "--database", folder / "messaging.sqlite", cwd="/",
                           extra=conformance.bootstrap())
    assert done.returncode in (1, 64), done
    assert "port" in done.stderr and done.stdout == ""
    if done.returncode == 1:
        [line] = done.stderr.splitlines()
        assert line.startswith("messaging-server: ")
    assert picture(folder) == before


def test_a_port_in_use(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = conformance.run("serve", "--port", port, "--database", folder / "messaging.sqlite", cwd="/",
                               extra=conformance.bootstrap({"MESSAGING_LOG_LEVEL": "error"}))
    [line] = done.stderr.splitlines()
    assert done.returncode == 1 and line.startswith("messaging-server: ") and port in line and "MESSAGING_PORT" in line
    assert "Listening" not in done.stdout


def test_an_unknown_host(folder):
    done = conformance.run("serve", "--port", "0", "--database", folder / "messaging.sqlite", cwd="/", extra=(
        conformance.bootstrap({"MESSAGING_LOG_LEVEL": "error", "MESSAGING_HOST": "not a host"})))
    [line] = done.stderr.splitlines()
    assert done.returncode == 1 and line.startswith("messaging-server: ") and "there is no such host" in line and "not a host" in line
    assert "--host or MESSAGING_HOST" in line
    assert "Listening" not in done.stdout


@pytest.mark.parametrize("arguments", [["serve", "--unknown"], ["unknown"], ["clients", "unknown"], ["clients", "create"]])
def test_wrong_usage_exits_with_64(folder, arguments):
    done = conformance.run(*arguments, cwd=folder)
    assert done.returncode == 64 and done.stderr.strip() and done.stdout == ""
    assert picture(folder) == {}


def test_an_empty_path_is_reported(tmp_path):
    for arguments in (("backup", ""), ("export", ""), ("import", ""), ("restore", ""), ("clients", "list", "--database", "")):
        one_line(conformance.run(*arguments, cwd=tmp_path), 1, " is empty")
