"""SIGKILL while 16 writers write: no acknowledged write is lost, and none is stored in part."""

import random
import shutil
import sqlite3

import conformance
from conformance import Caller
from ledger import NEW, Load, Writer, compare, compare_after_start

ROUNDS, WRITERS, SEED = 20, 16, 20260301


def test_20_kills_lose_no_acknowledged_write(tmp_path, capsys):
    database, pick = tmp_path / "messaging.sqlite", random.Random(SEED)
    writers = [Writer(number, SEED) for number in range(WRITERS)]
    server = conformance.Server(database).start()
    try:
        token = conformance.token(server)
        factory = Caller(server, token).get(f"{NEW}/supportedcontent/default").json()
        for _ in range(ROUNDS):
            load = Load(server, token, writers)
            load.reach(pick.randint(100, 500))
            load.kill()
            server.start()
            compare(Caller(server, token), writers, factory)
        assert server.stop() == 0
        compare_after_start(server, token, writers, factory)
    finally:
        if server.process.poll() is None:
            server.kill()
    total = {action: sum(writer.acknowledged[action] for writer in writers) for action in writers[0].acknowledged}
    with capsys.disabled():
        print(f"\n{ROUNDS} kills, acknowledged: {total}")
    assert all(total.values())
    assert_intact(database, tmp_path / "copy")


def assert_intact(database, folder):
    folder.mkdir()
    for file in database.parent.glob(f"{database.name}*"):
        if file.is_file():
            shutil.copy(file, folder / file.name)
    with sqlite3.connect(folder / database.name) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert copy.execute("PRAGMA foreign_key_check").fetchall() == []
    copy.close()
