"""Files that are changed under a running server, and files of a wrong kind: no acknowledged change is lost unnoticed."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess

import pytest

import conformance
from conformance import Caller
from test_process_refusals import assert_refused, copy_of, folder, good_database  # noqa: F401

SETTINGS = f"{conformance.SUCCESSOR}/settings"
#: Seconds within which an idle server, which looks at its files once a second, has noticed, also on a busy machine.
NOTICED = 15


def beside(database, suffix):
    return database.with_name(database.name + suffix)


def replace(path):
    copy = beside(path, ".copy")
    shutil.copy(path, copy)
    copy.rename(path)


def delete_both(database):
    for path in (database, beside(database, "-wal")):
        path.unlink()


def write_older_copy(database):
    content = database.read_bytes()
    with open(database, "r+b") as file:
        file.truncate(0)
        file.write(content)


def rename_directory(database):
    away = database.parent.with_name("away")
    database.parent.rename(away)
    database.parent.mkdir()


ACTS = {
    "database deleted": lambda path: path.unlink(),
    "log deleted": lambda path: beside(path, "-wal").unlink(),
    "both deleted": delete_both,
    "database replaced": replace,
    "log replaced": lambda path: replace(beside(path, "-wal")),
    "older copy written over it": write_older_copy,
    "database emptied": lambda path: os.truncate(path, 0),
    "database cut off": lambda path: os.truncate(path, 4096),
    "log emptied": lambda path: os.truncate(beside(path, "-wal"), 0),
    "log cut in half": lambda path: os.truncate(beside(path, "-wal"), beside(path, "-wal").stat().st_size // 2),
    "directory renamed": rename_directory,
}


def critical(server):
    """The critical lines of the log, once there is one: it is written a little later."""
    def found():
        whole = server.errors().rpartition("\n")[0].splitlines()
        lines = [json.loads(line) for line in whole if line.startswith("{")]
        return [line for line in lines if line["level"] == "critical"]

    conformance.until(found, server.errors)
    return found()


@pytest.fixture
def server(tmp_path):
    place = tmp_path / "place"
    place.mkdir()
    server = conformance.Server(place / "messaging.sqlite")
    server.log = tmp_path / "stderr"
    yield server.start()
    if server.process.poll() is None:
        server.kill()


def ready(server):
    return Caller(server).get("/health/ready").status


@pytest.mark.parametrize("act", ACTS)
def test_every_acknowledged_write_is_in_the_files(server, act):
    caller = Caller(server, conformance.token(server))
    for number in range(5):
        assert caller.post(SETTINGS, {"name": f"before {number}"}).status == 200
    assert ready(server) == 200
    ACTS[act](server.database)
    answers = [caller.post(SETTINGS, {"name": f"after {number}"}) for number in range(5)]
    assert {answer.status for answer in answers} == {503}
    assert "not known" in answers[0].json()["message"] or "Nothing was changed" in answers[0].json()["message"]
    assert all("Nothing was changed" in answer.json()["message"] for answer in answers[1:])
    assert ready(server) == 503
    assert [entity["name"] for entity in caller.get(SETTINGS).json()["entities"]] == [f"before {n}" for n in range(5)]
    [line] = critical(server)
    assert line["cause"] and line["remedy"] and line["path"] == str(server.database)
    assert server.stop() == 0
    after_restart(server, act)


def after_restart(server, act):
    """Checks that acknowledged changes exist or the start is refused. Only an empty place gets a new database."""
    database = server.database
    if act == "directory renamed":
        database.parent.rmdir()
        database.parent.with_name("away").rename(database.parent)
    if act in ("database deleted", "both deleted", "database emptied", "database cut off"):
        done = conformance.run("serve", "--port", "0", "--database", database, extra=conformance.bootstrap())
        assert done.returncode == 1 and str(database) in done.stderr and len(done.stderr.splitlines()) == 1
        return
    if act in ("log emptied", "log cut in half"):
        return  # what was in it is gone, and a log that is shorter looks like an older one
    with conformance.serving(database) as again:
        names = [entity["name"] for entity in Caller(again, conformance.token(again)).everything(SETTINGS)]
    assert names[-5:] == [f"before {number}" for number in range(5)] or names[1:] == [f"before {n}" for n in range(5)]


@pytest.mark.parametrize("act", ACTS)
def test_an_idle_server_detects_changed_files(server, act):
    caller = Caller(server, conformance.token(server))
    for number in range(5):
        assert caller.post(SETTINGS, {"name": f"before {number}"}).status == 200
    ACTS[act](server.database)
    seconds = conformance.until(lambda: ready(server) != 200, within=NOTICED)
    print(f"noticed after {seconds:.2f} s")
    assert len(critical(server)) == 1
    assert caller.get(SETTINGS).json()["total"] == 5


def test_a_lost_database_is_not_replaced_unrequested(server):
    assert server.stop() == 0
    server.database.unlink()
    done = conformance.run("serve", "--port", "0", "--database", server.database, extra=conformance.bootstrap())
    [line] = done.stderr.splitlines()
    assert done.returncode == 1 and "--create" in line and str(server.database) in line
    done = conformance.run("organizations", "create", "--name", "x", "--database", server.database)
    assert done.returncode == 1 and "--create" in done.stderr and not server.database.exists()
    process = subprocess.Popen(
        [conformance.binary(), "serve", "--port", "0", "--database", server.database, "--create"],
        env=conformance.environment(conformance.bootstrap()), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        for line in process.stdout:
            if line.startswith("Listening"):
                break
        assert server.database.exists()
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(conformance.PATIENCE) == 0
        process.stdout.close()


def test_a_missing_log_after_a_kill_is_detected(server):
    caller = Caller(server, conformance.token(server))
    assert caller.post(SETTINGS, {"name": "in the log"}).status == 200
    server.kill()
    log = beside(server.database, "-wal")
    log.rename(beside(server.database, "-wal.away"))
    done = conformance.run("serve", "--port", "0", "--database", server.database, extra=conformance.bootstrap())
    assert done.returncode == 1 and str(log) in done.stderr and "missing" in done.stderr
    beside(server.database, "-wal.away").rename(log)
    with conformance.serving(server.database) as again:
        assert Caller(again, conformance.token(again)).get(SETTINGS).json()["total"] == 1


KINDS = ["fifo", "directory", "socket", "device", "link", "link to nothing", "hard link"]


def put(kind, path):
    """Puts a file of another kind at a path. Returns the target of a link."""
    if path.exists():
        path.unlink()
    target = path.with_name(f"{path.name}.target")
    target.write_bytes(b"precious\n")
    target.chmod(0o600)
    match kind:
        case "fifo": os.mkfifo(path)
        case "directory": path.mkdir()
        case "socket":
            with socket.socket(socket.AF_UNIX) as listener:
                listener.bind(str(path))
        case "device":
            os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 5))
        case "link": path.symlink_to(target)
        case "link to nothing": path.symlink_to(target.with_name("nothing"))
        case "hard link": os.link(target, path)
    return target


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("suffix", ["", "-wal", "-journal", ".lock", ".key", ".socket"])
def test_foreign_files_are_refused_and_left_alone(folder, good_database, suffix, kind):  # noqa: F811
    if kind == "device" and os.geteuid() != 0:
        pytest.skip("only root makes devices")
    database = copy_of(good_database, folder)
    path = beside(database, suffix)
    target = put(kind, path)
    if suffix == ".socket" and kind == "socket":
        path.unlink()
        return
    try:
        assert_refused(folder, database, mentions=[str(database)], code=1)
        assert target.read_bytes() == b"precious\n" and not target.with_name("nothing").exists()
    finally:
        path.rmdir() if path.is_dir() else path.unlink()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
def test_an_invalid_log_without_a_database_is_refused(folder, suffix, kind):  # noqa: F811
    if kind == "device" and os.geteuid() != 0:
        pytest.skip("only root makes devices")
    database = folder / "messaging.sqlite"
    path = beside(database, suffix)
    target = put(kind, path)
    try:
        assert_refused(folder, database, mentions=[str(path)], code=1)
        assert target.read_bytes() == b"precious\n" and not target.with_name("nothing").exists()
        done = conformance.run("organizations", "create", "--name", "x", "--database", database)
        assert done.returncode == 1 and str(path) in done.stderr and not database.exists()
    finally:
        path.rmdir() if path.is_dir() else path.unlink()


def test_all_files_are_beside_the_database_for_any_path_to_it(tmp_path):
    place, link = tmp_path / "place", tmp_path / "link"
    (place / "deep").mkdir(parents=True)
    link.symlink_to(place / "deep")
    server = conformance.Server(f"{link}/../größe.sqlite")
    server.log = tmp_path / "stderr"
    server.start()
    try:
        names = {path.name for path in place.iterdir() if path.is_file() or path.is_socket()}
        assert names == {f"größe.sqlite{suffix}" for suffix in ["", "-wal", ".lock", ".mark", ".key", ".socket"]}
        done = conformance.run("clients", "list", "--database", server.database)
        assert done.returncode == 0, done.stderr
    finally:
        assert server.stop() == 0
    assert not list(tmp_path.glob("*.sqlite*"))


@pytest.mark.parametrize("mode, group, is_taken", [
    (0o600, None, True), (0o640, 0, True), (0o660, None, True), (0o644, None, False), (0o602, None, False), (0o640, 54321, False)])
@pytest.mark.parametrize("name", ["key", "tls"])
def test_a_key_is_readable_by_its_owner_and_by_a_group_of_the_servers(folder, good_database, name, mode, group, is_taken):  # noqa: F811
    database = copy_of(good_database, folder)
    extra, path = dict(conformance.bootstrap()), beside(database, ".key")
    if name == "tls":
        extra, path = with_certificate(folder, extra)
    if group is not None and os.geteuid() != 0:
        pytest.skip("only root gives files away")
    if group is not None:
        os.chown(path, -1, group)
    path.chmod(mode)
    if not is_taken:
        line = assert_refused(folder, database, extra=extra, mentions=[str(path), "0600"], code=1)
        assert "may read or write it" in line
        return
    with conformance.serving(database, extra) as server:
        pass
    assert ('"level":"warning"' in server.errors()) == (mode != 0o600), server.errors()


def with_certificate(folder, extra):
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return extra | {"MESSAGING_TLS_CERTIFICATE": str(certificate), "MESSAGING_TLS_KEY": str(key)}, key


def test_a_lock_of_another_user_is_reported(folder, good_database):  # noqa: F811
    """By root without the capabilities that let it pass over modes."""
    if os.geteuid() != 0:
        pytest.skip("only root gives files away")
    from test_process_refusals import without_privilege
    database = copy_of(good_database, folder)
    lock = beside(database, ".lock")
    lock.write_text("4711\n")
    lock.chmod(0o600)
    os.chown(lock, 54321, 54321)
    done = conformance.run("serve", "--port", "0", "--database", database, extra=conformance.bootstrap(), cwd="/",
                           preexec_fn=without_privilege)
    [line] = done.stderr.splitlines()
    assert done.returncode == 1 and str(lock) in line and "54321" in line
    assert lock.read_text() == "4711\n"


def test_a_database_that_other_users_can_write_is_refused(folder, good_database):  # noqa: F811
    database = copy_of(good_database, folder)
    database.chmod(0o646)
    assert_refused(folder, database, mentions=[str(database), "0600"], code=1)
    database.chmod(0o644)
    with conformance.serving(database):
        pass
