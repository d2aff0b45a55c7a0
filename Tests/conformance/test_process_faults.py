"""Syncs that fail, take long, or are the server's last action: no response reports a change that is not on the disk."""

import threading
import time

import pytest

import conformance
from conformance import Caller
from faults import Faults
from ledger import NEW, OLD, Load, PatientWriter, Reader, compare_after_start

RECOVERY = 2.0


@pytest.fixture
def faults(tmp_path):
    return Faults(tmp_path / "faults")


@pytest.fixture
def server(tmp_path, faults):
    server = conformance.Server(tmp_path / "messaging.sqlite", faults.environment).start()
    yield server
    if server.process.poll() is None:
        server.kill()


def test_no_response_and_no_read_is_ahead_of_the_sync(server, faults):
    """Reads go on meanwhile."""
    token = conformance.token(server)
    caller, answers = Caller(server, token), []
    writer = threading.Thread(target=lambda: answers.append(Caller(server, token).post(f"{NEW}/settings", {"name": "late"})))
    with faults.of("hang"):
        writer.start()
        conformance.until(faults.holds_a_sync)
        for _ in range(100):
            assert caller.get(f"{NEW}/settings").json()["total"] == 0
        assert writer.is_alive() and answers == []
    writer.join(conformance.PATIENCE)
    assert answers[0].status == 200
    assert caller.get(f"{NEW}/settings").json()["total"] == 1


def test_failing_syncs_under_load(server, faults, capsys):
    """Five faults of a second or more, ended while the server runs; then one that a SIGKILL ends."""
    token = conformance.token(server)
    factory = Caller(server, token).get(f"{NEW}/supportedcontent/default").json()
    writers = [PatientWriter(number, 7) for number in range(8)]
    bystander = conformance.Tenant(server).caller()
    kept = Caller(server, token).post(f"{OLD}/settings", {"name": "kept"}).json()
    other = bystander.post(f"{OLD}/settings", {"name": "of another organization"}).json()
    load, slowest = Load(server, token, writers), 0
    readers = [Reader(Caller(server, token), kept, {200}), Reader(bystander, other, {200})]
    load.reach(100)
    for number in range(6):
        unknown = load.unknown
        faults.begin("fail")
        began = time.monotonic()
        load.refused()
        conformance.until(lambda: load.unknown > unknown, lambda: "the commit whose sync failed was not said to be unknown")
        time.sleep(1)
        if number == 5:
            load.kill()
        ended = time.monotonic()
        faults.end("fail")
        if number < 5:
            slowest = max(slowest, load.recovered())
            load.reach(100)
        load.check_nothing_done_between(began, ended)
    for reader in readers:
        reader.join_after_the_end()
    compare_after_start(server, token, writers, factory, kept)
    with capsys.disabled():
        print(f"\nfailing syncs: {load.tally.count} acknowledged, {load.unknown} unknown, slowest recovery {slowest:.3f} s"
              f" (goal {RECOVERY} s); reads: {readers[0].counts} of the organization, {readers[1].counts} of another")


def test_sigterm_while_syncs_fail(server, faults, capsys):
    token = conformance.token(server)
    factory = Caller(server, token).get(f"{NEW}/supportedcontent/default").json()
    writers = [PatientWriter(number, 13) for number in range(8)]
    load = Load(server, token, writers)
    load.reach(100)
    with faults.of("fail"):
        load.refused()
        began = time.monotonic()
        assert server.stop() == 0, server.errors()
        stopped = time.monotonic() - began
        load.join()
    compare_after_start(server, token, writers, factory)
    with capsys.disabled():
        print(f"\nSIGTERM while syncs fail: stopped in {stopped:.3f} s (goal 10 s)")


def ask_for_token(server):
    credentials = conformance.basic(conformance.CLIENT_ID, conformance.CLIENT_SECRET)
    return conformance.ask_token(server, {"grant_type": "client_credentials"}, credentials)


def ask_for_tokens(server, count):
    """Starts a thread for each token. The list grows by each response."""
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(ask_for_token(server))) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads, answers


def test_no_token_is_returned_before_its_sync(server, faults):
    with faults.of("hang"):
        threads, answers = ask_for_tokens(server, 16)
        conformance.until(faults.holds_a_sync)
        assert all(thread.is_alive() for thread in threads) and answers == []
    for thread in threads:
        thread.join(conformance.PATIENCE)
    assert [answer.status for answer in answers] == [200] * 16
    server.kill()
    server.start()
    for answer in answers:
        assert Caller(server, answer.json()["access_token"]).get(f"{NEW}/settings").status == 200


def test_no_token_is_returned_while_syncs_fail(server, faults):
    """And the next ones are issued once they succeed."""
    with faults.of("fail"):
        threads, answers = ask_for_tokens(server, 16)
        for thread in threads:
            thread.join(conformance.PATIENCE)
        assert [answer.status for answer in answers] == [503] * 16
        assert not any("access_token" in answer.json() for answer in answers)
    conformance.until(lambda: ask_for_token(server).status == 200)
    token = conformance.token(server)
    server.kill()
    server.start()
    assert Caller(server, token).get(f"{NEW}/settings").status == 200
