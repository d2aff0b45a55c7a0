"""A running server deletes expired tokens and the history beyond its limits."""

import hashlib
import shutil
import sqlite3
import time
import uuid

import conformance
from conformance import Caller

SETTINGS = "/api/v2/messaging/settings"
INTERVAL = 1
#: Seconds within which expired data is deleted, even on a busy machine. The default interval is a minute.
SWEPT = 20 * INTERVAL


def sweeping(changes):
    return conformance.bootstrap({
        "MESSAGING_SWEEP_INTERVAL": str(INTERVAL), "MESSAGING_HISTORY_CHANGES": str(changes), "MESSAGING_HISTORY_MIN_DAYS": "0"})


def stored(database, query):
    """Reads the present content of the database from a copy, since the server has it locked."""
    folder = database.parent / uuid.uuid4().hex
    folder.mkdir()
    for suffix in ("", "-wal"):
        file = database.with_name(database.name + suffix)
        if file.exists():
            shutil.copy(file, folder / file.name)
    copy = sqlite3.connect(folder / database.name)
    try:
        return copy.execute(query).fetchone()[0]
    finally:
        copy.close()


def test_tokens_are_deleted_once_they_expire(tmp_path, capsys):
    database = tmp_path / "messaging.sqlite"
    with conformance.serving(database) as server:
        conformance.token(server)
    with sqlite3.connect(database) as connection:
        now = int(time.time())
        for number, lifetime in enumerate((-60, 8, 86_400)):
            connection.execute(
                "INSERT INTO token (digest, organization, client, scopes, expires) SELECT ?, organization, client, scopes, ?"
                " FROM token LIMIT 1", (hashlib.sha256(bytes([number])).digest(), now + lifetime))
    connection.close()
    with conformance.serving(database, sweeping(100)):
        def count():
            return stored(database, "SELECT count(*) FROM token")

        conformance.until(lambda: count() <= 3, within=SWEPT)
        waited = conformance.until(lambda: count() == 2, within=8 + SWEPT)
        assert time.time() >= now + 8, "it went before it had expired"
    with capsys.disabled():
        print(f"\na token that lived 8 s from before the start was deleted {waited:.1f} s after the one that had expired")


def test_the_history_is_cut_while_the_server_runs(tmp_path, capsys):
    database = tmp_path / "messaging.sqlite"
    with conformance.serving(database, sweeping(5)) as server:
        caller = Caller(server, conformance.token(server))
        for _ in range(2):
            for number in range(20):
                assert caller.post(SETTINGS, {"name": f"setting {number}"}).status == 200
            waited = conformance.until(lambda: stored(database, "SELECT count(*) FROM history") == 5, within=SWEPT)
        listed = caller.everything(SETTINGS)
    with conformance.serving(database, sweeping(5)) as server:
        assert Caller(server, conformance.token(server)).everything(SETTINGS) == listed
    assert len(listed) == 40
    with capsys.disabled():
        print(f"\nhistory cut to its limit {waited:.1f} s after the last change; a sweep each {INTERVAL} s")
