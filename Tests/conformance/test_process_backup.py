"""`backup` and `restore`, with and without a running server, and after a kill in the middle."""

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import threading
import time

import pytest

import conformance
import faults
from conformance import Caller, administer, run
from test_process_encryption import OPEN, create, key_id, signed_in
from test_process_refusals import picture

SETTINGS = "/api/v2/messaging/settings"


def names(caller):
    return sorted(setting["name"] for setting in caller.everything(SETTINGS))


def post(caller, name):
    answer = caller.post(SETTINGS, {"name": name})
    assert answer.status == 200, answer.body
    return answer.json()


def failing(*arguments, cwd):
    """Runs a command that must be refused, and returns its one line."""
    done = run(*arguments, cwd=cwd)
    assert done.returncode == 1 and done.stdout == "", done
    [line] = done.stderr.splitlines()
    return line


def integrity(path):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        return database.execute("PRAGMA integrity_check").fetchall()


@pytest.fixture(scope="module")
def backup(tmp_path_factory):
    """A backup with a setting and an integration, the key that it needs, and a token that was valid then."""
    folder = tmp_path_factory.mktemp("backup")
    with conformance.serving(folder / "messaging.sqlite") as server:
        token = conformance.token(server)
        caller = Caller(server, token)
        post(caller, "Then")
        create(caller)
        administer("backup", folder / "b", database=server.database)
        shutil.copy(server.key_file, folder / "b.key")
    return folder / "b", folder / "b.key", token


def test_a_backup_of_a_running_server_under_writes_is_restored_whole(tmp_path):
    with conformance.serving(tmp_path / "messaging.sqlite") as server:
        caller = signed_in(server)
        create(caller)
        for number in range(300):
            post(caller, f"{number:04} " + "x" * 200)
        stop, acknowledged = threading.Event(), []

        def write():
            own = signed_in(server)
            while not stop.is_set():
                acknowledged.append(post(own, f"new {len(acknowledged)}")["name"])

        writer = threading.Thread(target=write)
        writer.start()
        while len(acknowledged) < 5:
            time.sleep(0.01)
        before = list(acknowledged)
        summary = administer("backup", "b.sqlite", database=server.database)
        stop.set()
        writer.join()
        after = names(caller)
        [key] = summary["keys"]
        assert key == key_id(server.key_file.read_text())
    file = tmp_path / "b.sqlite"
    assert summary["file"] == str(file) and summary["bytes"] == file.stat().st_size
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and not list(tmp_path.glob("b.sqlite?*"))
    assert integrity(file) == [("ok",)]
    (tmp_path / "new").mkdir()
    restored = administer("restore", file, database=tmp_path / "new" / "messaging.sqlite")
    assert restored["missingKeys"] == [key] and restored["organizations"] == 1
    shutil.copy(server.key_file, tmp_path / "new" / "messaging.sqlite.key")
    with conformance.serving(tmp_path / "new" / "messaging.sqlite") as again:
        found = names(signed_in(again))
        assert set(before) <= set(found) <= set(after) and len(found) >= 300 + len(before)
        assert signed_in(again).get(OPEN).json()["entities"][0]["webhookHeaders"]


def test_a_backup_without_a_server_has_the_same_content(backup, tmp_path):
    file, key, _ = backup
    database = tmp_path / "messaging.sqlite"
    administer("restore", file, database=database)
    before = picture(tmp_path)
    summary = administer("backup", tmp_path / "second", database=database)
    assert summary["keys"] == [key_id(key.read_text())]
    assert {name: found for name, found in picture(tmp_path).items() if name != "second"} == before
    assert (tmp_path / "second").read_bytes()[100:] == database.read_bytes()[100:]


def test_the_lines_for_people(backup, tmp_path):
    file, key, _ = backup
    database = tmp_path / "messaging.sqlite"
    identifier = key_id(key.read_text())
    done = run("restore", file, "--database", database)
    assert f"Encryption key {identifier} is needed, and missing: without it the server does not start." in done.stdout
    assert "All tokens are invalid" in done.stdout and done.stderr == ""
    done = run("backup", "b", "--database", database, cwd=tmp_path)
    assert done.stdout == (f"Backed up to {tmp_path}/b: {(tmp_path / 'b').stat().st_size} bytes, "
                           f"encryption keys needed: {identifier}\n")
    assert done.stderr == ""
    shutil.copy(key, tmp_path / "messaging.sqlite.key")
    done = run("restore", "b", "--database", database, "--replace", "--keep-tokens", cwd=tmp_path)
    assert f"Encryption key {identifier} is needed, and found." in done.stdout
    assert "The previous database is kept as" in done.stdout and "even those that were revoked after it was made" in done.stdout


def test_a_restored_store_accepts_no_earlier_tokens_or_tags(tmp_path):
    database = tmp_path / "messaging.sqlite"
    with conformance.serving(database) as server:
        token, revoked = conformance.token(server), conformance.token(server)
        caller = Caller(server, token)
        post(caller, "Then")
        administer("backup", tmp_path / "b", database=database)
        assert Caller(server, revoked).delete("/api/v2/tokens/me").status in (200, 204)
        post(caller, "Later")
        tag = caller.get(SETTINGS).header("ETag")
    for keep in (False, True):
        administer("restore", tmp_path / "b", "--replace", *(["--keep-tokens"] if keep else []), database=database)
        with conformance.serving(database) as server:
            for each in (token, revoked):
                assert Caller(server, each).get(SETTINGS).status == (200 if keep else 401)
            fresh = signed_in(server)
            assert names(fresh) == ["Then"]
            post(fresh, "Other")
            assert fresh.call("GET", SETTINGS, headers={"If-None-Match": tag}).status == 200


def test_a_refused_backup_of_a_running_server_creates_nothing(tmp_path):
    with conformance.serving(tmp_path / "messaging.sqlite") as server:
        (tmp_path / "mine").write_text("mine")
        for file, word in ((tmp_path / "mine", "already"), (tmp_path / "missing" / "b", "No such file"), (tmp_path, "already")):
            line = failing("backup", file, "--database", server.database, cwd=tmp_path)
            assert str(file) in line and word in line, line
    assert (tmp_path / "mine").read_text() == "mine"
    assert failing("backup", "b", "--database", tmp_path / "none", cwd=tmp_path).endswith("there is no database at " + str(tmp_path / "none"))


def test_a_running_server_is_not_restored_over(backup, tmp_path):
    with conformance.serving(tmp_path / "messaging.sqlite") as server:
        line = failing("restore", backup[0], "--database", server.database, "--replace", cwd=tmp_path)
        assert str(server.process.pid) in line and "stop it first" in line
        post(signed_in(server), "goes on")


def test_a_damaged_backup_is_refused_and_nothing_is_touched(backup, tmp_path):
    shutil.copy(backup[0], tmp_path / "b")
    administer("restore", "b", database=tmp_path / "messaging.sqlite")
    with open(tmp_path / "b", "r+b") as file:
        file.seek(5 * 4096)
        file.write(b"\xa5" * 4096)
    before = picture(tmp_path)
    line = failing("restore", tmp_path / "b", "--database", tmp_path / "messaging.sqlite", "--replace", cwd=tmp_path)
    assert "corrupt" in line and str(tmp_path / "b") in line
    assert picture(tmp_path) == before


class Large:
    """A running server whose backup takes a while, and minutes while its disk is slow."""

    def __init__(self, folder, megabytes=40):
        self.disk = faults.Faults(folder / "faults")
        self.server = conformance.Server(folder / "messaging.sqlite", self.disk.environment)
        self.server.start()
        self.server.stop()
        with sqlite3.connect(self.server.database) as database:
            database.execute("CREATE TABLE filler (content BLOB)")
            database.executemany("INSERT INTO filler VALUES (randomblob(1000000))", [()] * megabytes)
        database.close()
        self.server.start()

    def ask(self, file):
        """A connection on which a backup runs."""
        stream = conformance.unix_socket(f"{self.server.database}.socket")
        head, body = "POST /platform/v1/administration/backups HTTP/1.1\r\nHost: s\r\nPrefer: progress\r\n", json.dumps({"file": str(file)})
        stream.sendall(f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
        lines = stream.makefile("rb")
        assert lines.readline() + lines.readline() == b"HTTP/1.1 102 Processing\r\n\r\n", "the request was received"
        progress = (lines.readline() + lines.readline()).removeprefix(b"HTTP/1.1 102 Processing\r\nMessaging-Progress: ")
        assert int(progress.split(b"/")[1]) > 0
        return stream


@pytest.fixture
def large(tmp_path):
    made = Large(tmp_path)
    yield made
    made.server.kill()


def drafts(folder):
    """Returns the unfinished files of a backup to `b`."""
    return list(folder.glob(".b.*.partial"))


def gone(folder):
    conformance.until(lambda: not drafts(folder), lambda: drafts(folder))


def test_a_client_that_disconnects_ends_its_backup(large, tmp_path):
    with large.disk.of("drag"):
        stream = large.ask(tmp_path / "b")
        assert drafts(tmp_path)
        stream.close()
        gone(tmp_path)
    assert not (tmp_path / "b").exists()
    administer("backup", tmp_path / "b", database=large.server.database)


def test_a_client_that_disconnects_ends_its_export(tmp_path):
    disk = faults.Faults(tmp_path / "faults")
    with conformance.serving(tmp_path / "messaging.sqlite", disk.environment) as server:
        with disk.of("hold"):
            process = subprocess.Popen(
                [conformance.binary(), "export", tmp_path / "b", "--with-secrets", "--database", server.database],
                env=conformance.environment())
            conformance.until(disk.holds_a_sync)
            process.kill()
            process.wait()
            for _ in range(8):  # What is answered after the end of the connection, the server learns after it.
                administer("clients", "list", database=server.database)
        gone(tmp_path)
        assert not (tmp_path / "b").exists()


def test_a_server_that_stops_ends_its_backup_at_once(large, tmp_path):
    def stop():
        if large.server.process.poll() is not None:
            large.server.start()
        with large.disk.of("drag"):
            stream = large.ask(tmp_path / "b")
            _, seconds = conformance.terminate(large.server)
        assert not (tmp_path / "b").exists() and not drafts(tmp_path)
        stream.close()
        return seconds

    assert conformance.is_sooner(conformance.CUT_OFF, stop)


def test_the_draft_of_a_killed_server_is_no_obstacle(large, tmp_path):
    with large.disk.of("drag"):
        stream = large.ask(tmp_path / "b")
        assert large.server.kill() == -signal.SIGKILL
    stream.close()
    assert not (tmp_path / "b").exists() and len(drafts(tmp_path)) == 1
    administer("backup", tmp_path / "b", database=large.server.database)
    assert len(drafts(tmp_path)) == 1 and integrity(tmp_path / "b") == [("ok",)]


@pytest.mark.parametrize("command", ["backup", "export"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_a_command_without_a_server_and_leaves_nothing(backup, tmp_path, command, number):
    database = tmp_path / "messaging.sqlite"
    administer("restore", backup[0], database=database)
    disk = faults.Faults(tmp_path / "faults")
    with disk.of("hold"):  # The draft is there while it is made durable.
        # Whoever started the tests may ignore the signal, as a shell does for what runs in its background; then so would the command.
        process = subprocess.Popen([conformance.binary(), command, "b", "--database", database], cwd=tmp_path,
                                   env=conformance.environment(disk.environment), stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, preexec_fn=lambda: signal.signal(number, signal.SIG_DFL))
        conformance.until(lambda: disk.holds_a_sync() or process.poll() is not None)
        assert drafts(tmp_path), process.communicate()
        process.send_signal(number)
        assert process.communicate(timeout=conformance.PATIENCE) == (b"", b"") and process.returncode == 128 + number
    assert not drafts(tmp_path) and not (tmp_path / "b").exists()
    administer(command, tmp_path / "b", database=database)


@faults.as_root
def test_a_full_disk_ends_a_backup_and_no_write(request, tmp_path):
    large = Large(tmp_path)
    with faults.small_disk(tmp_path / "disk", 10) as disk:
        line = failing("backup", disk / "b", "--database", large.server.database, cwd=tmp_path)
        assert "full" in line and str(disk / "b") in line, line
        assert list(disk.iterdir()) == []
    post(signed_in(large.server), "goes on")
    assert large.server.stop() == 0


@faults.as_root
def test_a_full_disk_is_not_reported_as_a_damaged_backup(request, backup, tmp_path):
    with faults.small_disk(tmp_path / "disk", 1) as disk:
        ballast = faults.Ballast(disk)
        ballast.fill()
        os.truncate(ballast.path, ballast.path.stat().st_size - 16384)
        line = failing("restore", backup[0], "--database", disk / "m.sqlite", cwd=tmp_path)
        assert line.endswith(f"cannot write {disk}/m.sqlite.restoring: No space left on device"), line
        assert list(disk.iterdir()) == [ballast.path]


@faults.as_root
def test_a_file_in_the_servers_own_file_system_is_reported_as_such(request, tmp_path):
    (tmp_path / "own").mkdir()
    wrapper = tmp_path / "wrapper"
    wrapper.write_text(f'#!/bin/sh\nexec unshare --mount sh -c \'mount -t tmpfs none {tmp_path}/own && exec "$0" "$@"\' '
                       f'{conformance.binary()} "$@"\n')
    wrapper.chmod(0o755)
    server = conformance.Server(tmp_path / "messaging.sqlite")
    server.binary = str(wrapper)
    server.start()
    for command, words in (("backup", "Backed up to"), ("export", "Exported Messaging to")):
        file = tmp_path / "own" / command
        done = run(command, file, "--database", server.database)
        assert done.returncode == 0 and done.stdout.startswith(f"{words} {file} in the file system of the server: "), done
        [line] = done.stderr.splitlines()
        assert line.startswith(f"messaging-server: the file {file} does not exist here"), line
    assert server.stop() == 0 and list((tmp_path / "own").iterdir()) == []


def test_a_server_without_its_lock_file_is_not_restored_over(backup, tmp_path):
    with conformance.serving(tmp_path / "messaging.sqlite") as server:
        os.unlink(f"{server.database}.lock")
        line = failing("restore", backup[0], "--database", server.database, "--replace", cwd=tmp_path)
        assert f"in use by process {server.process.pid}" in line and "stop it first" in line
        post(signed_in(server), "goes on")
        assert not list(tmp_path.glob("*.restor*"))


def test_a_fifo_in_place_of_a_file_blocks_no_command(backup, tmp_path):
    database = tmp_path / "messaging.sqlite"
    administer("restore", backup[0], database=database)
    os.mkfifo(tmp_path / "fifo")
    assert "not a regular file" in failing("restore", tmp_path / "fifo", "--database", tmp_path / "other", cwd=tmp_path)
    os.mkfifo(f"{database}.restored")
    for arguments in (("serve", "--port", "0"), ("backup", "b"), ("clients", "list"), ("restore", backup[0], "--replace")):
        line = failing(*arguments, "--database", database, cwd=tmp_path)
        assert f"{database}.restored" in line and "move it away" in line, line


def test_the_database_is_refused_as_a_document_and_keeps_its_locks(tmp_path):
    with conformance.serving(tmp_path / "messaging.sqlite") as server:
        os.link(server.database, tmp_path / "second name")
        for file in (server.database, tmp_path / "second name", f"{server.database}-wal", f"{server.database}.mark"):
            assert "database" in failing("import", file, "--database", server.database, cwd=tmp_path)
        with pytest.raises(sqlite3.OperationalError, match="locked"), sqlite3.connect(server.database, timeout=0) as other:
            other.execute("SELECT count(*) FROM record").fetchall()
        os.unlink(tmp_path / "second name")


def test_a_backup_that_changes_during_its_restoration_is_refused(tmp_path):
    """Such a program writes through a log, and SQLite's lock on the file does not stop it."""
    database, last = tmp_path / "messaging.sqlite", 2_999
    administer("organizations", "create", "--name", "o", database=database)
    with contextlib.closing(sqlite3.connect(database)) as other, other:
        rows = ((f"{row:04}", b"x" * 8_000 + b"0") for row in range(last + 1))
        other.executemany("INSERT INTO record VALUES ('o', 'k', ?, ?)", rows)
    stop, both = threading.Event(), f"kind = 'k' AND id IN ('0000', '{last:04}')"

    def change():
        count, other = 0, sqlite3.connect(database, isolation_level=None)
        while not stop.is_set():
            count += 1
            other.execute(f"UPDATE record SET bytes = ? WHERE {both}", (b"x" * 8_000 + b"%d" % count,))
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            time.sleep(0.001)
        other.close()

    writer = threading.Thread(target=change)
    writer.start()
    try:
        read = 0
        while read < 3:
            done = run("restore", database, "--database", tmp_path / "new.sqlite", "--replace")
            if "has a log" in done.stderr:
                continue
            read += 1
            if done.returncode == 0:
                with contextlib.closing(sqlite3.connect(tmp_path / "new.sqlite")) as new:
                    rows = new.execute(f"SELECT bytes FROM record WHERE {both}").fetchall()
                assert rows[0] == rows[1], [row[0][8_000:] for row in rows]
            else:
                assert "it was changed while it was read" in done.stderr, done
    finally:
        stop.set()
        writer.join()


def test_progress_is_shown_on_a_terminal_only(large, tmp_path):
    command = f"{conformance.binary()} backup b --database {large.server.database}"
    shown = subprocess.run(["script", "-qec", command, "/dev/null"], env=conformance.environment(), capture_output=True,
                           text=True, cwd=tmp_path, timeout=conformance.PATIENCE, stdin=subprocess.DEVNULL).stdout
    assert "Copying: " in shown and " pages" in shown and shown.splitlines()[-1].split("\x1b[K")[-1].startswith("Backed up to ")


#: The system calls that change names or content. The test kills the process at each of them.
COUNTED = 60


def test_a_kill_at_any_step_of_a_restoration_leaves_the_old_store_or_the_new(backup, tmp_path):
    file, key, _ = backup
    old = tmp_path / "old"
    old.mkdir()
    with conformance.serving(old / "messaging.sqlite") as server:
        post(signed_in(server), "Old")
        server.kill()
        shutil.copytree(old, tmp_path / "kept", ignore=shutil.ignore_patterns("*.socket", "*.stderr"))
        server.start()
    outcomes = []
    for number in range(1, COUNTED):
        folder = tmp_path / f"kill-{number}"
        shutil.copytree(tmp_path / "kept", folder)
        database = folder / "messaging.sqlite"
        extra = {"LD_PRELOAD": str(faults.library()), "KILL_AT": str(number)}
        done = run("restore", file, "--database", database, "--replace", extra=extra)
        is_killed = done.returncode == -signal.SIGKILL
        assert is_killed or done.returncode == 0, done
        shutil.copy(key, folder / "messaging.sqlite.key")
        with conformance.serving(database) as server:
            found = names(signed_in(server))
        assert found in (["Old"], ["Then"]), (number, found)
        outcomes.append(found[0])
        assert not list(folder.glob("*.restor*")), sorted(folder.iterdir())
        kept = [each for each in folder.glob("*.before-*") if not each.name.endswith("-wal")]
        assert len(kept) == (found == ["Then"]), (number, kept)
        if kept:
            shutil.copytree(folder, tmp_path / f"again-{number}")
            assert sqlite_names(tmp_path / f"again-{number}" / kept[0].name) == ["Old"]
        shutil.rmtree(folder)
        if not is_killed:
            break
    assert not is_killed and outcomes == sorted(outcomes) and set(outcomes) == {"Old", "Then"}, outcomes


def sqlite_names(path):
    """The names of the settings in a database that was kept, with its log."""
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT bytes FROM record WHERE kind = 'messagingSetting'").fetchall()
    return sorted(json.loads(row[0])["name"] for row in rows)
