"""SIGKILL while 16 writers write: nothing acknowledged is lost, nothing is half there."""

import random
import shutil
import signal
import sqlite3
import threading

import conformance
from conformance import FAMILIES, Caller
from ledger import Tally, Writer

ROUNDS, WRITERS, SEED = 20, 16, 20260301
OLD, NEW = FAMILIES["messaging"], FAMILIES["conversations"]


def kill_under_load(server, token, writers, acknowledgements):
    tally = Tally()
    threads = [threading.Thread(target=writer.write_until_the_server_dies, args=(server, token, tally.add))
               for writer in writers]
    for thread in threads:
        thread.start()
    reached = tally.wait_for(acknowledgements, timeout=60)
    code = server.kill()
    for thread in threads:
        thread.join(40)
    assert not any(thread.is_alive() for thread in threads)
    for writer in writers:
        if writer.failure:
            raise writer.failure
    assert reached, f"only {tally.count} of {acknowledgements} writes were acknowledged in 60 s"
    assert code == -signal.SIGKILL
    return tally.count


def compare(caller, writers, factory):
    """The server holds exactly what its acknowledgements and the settled requests say."""
    present = {resource: {entity["id"]: entity for entity in caller.everything(f"{NEW}/{resource}")}
               for resource in ("settings", "supportedcontent")}
    assert present["supportedcontent"].pop(factory["id"]) == factory
    default = caller.get(f"{OLD}/settings/default")
    default = default.json()["id"] if default.status == 200 else None
    for writer in writers:
        writer.settle(present, default)
    for resource, found in present.items():
        expected = {key: entity for writer in writers for key, entity in writer.objects[resource].items()}
        lost = expected.keys() - found.keys()
        unexpected = found.keys() - expected.keys()
        assert (lost, unexpected) == (set(), set()), resource
        for key, entity in expected.items():
            assert found[key] == entity
    for writer in writers:
        for resource, own in writer.objects.items():
            for key in list(own)[-2:]:
                assert caller.get(f"{OLD}/{resource}/{key}").json() == own[key]


def test_20_kills_lose_nothing_that_was_acknowledged(tmp_path, capsys):
    database, pick = tmp_path / "messaging.sqlite", random.Random(SEED)
    writers = [Writer(number, SEED) for number in range(WRITERS)]
    server = conformance.Server(database).start()
    try:
        token = conformance.token(server)
        factory = Caller(server, token).get(f"{NEW}/supportedcontent/default").json()
        for _ in range(ROUNDS):
            kill_under_load(server, token, writers, pick.randint(100, 500))
            server.start()
            compare(Caller(server, token), writers, factory)
        assert server.stop() == 0
        server.start()
        compare(Caller(server, token), writers, factory)
        assert server.stop() == 0
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
