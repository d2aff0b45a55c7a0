"""Syncs that fail, take long, or are the last thing the server did: no answer tells what is not on the disk."""

import threading
import time

import pytest

import conformance
from conformance import Caller
from faults import DELAY, Faults
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


def test_no_answer_and_no_reader_is_ahead_of_the_sync(server, faults, capsys):
    token = conformance.token(server)
    caller, times, answers = Caller(server, token), [], []

    def post():
        answers.append((Caller(server, token).post(f"{NEW}/settings", {"name": "late"}), time.monotonic()))

    with faults.of("delay"):
        started = time.monotonic()
        writer = threading.Thread(target=post)
        writer.start()
        while not (seen := caller.get(f"{NEW}/settings").json()["total"]):
            assert writer.is_alive() or answers[0][0].status == 200
            times.append(time.monotonic() - started)
        visible = time.monotonic() - started
        writer.join()
    answer, answered = answers[0]
    assert seen == 1 and answer.status == 200
    assert visible >= DELAY and answered - started >= DELAY
    slowest = max((later - earlier for earlier, later in zip(times, times[1:])), default=0)
    with capsys.disabled():
        print(f"\na sync of {DELAY} s: seen after {visible:.3f} s; {len(times)} reads meanwhile, slowest {slowest:.3f} s")
    assert slowest < DELAY


def test_failing_syncs_under_load(server, faults, capsys):
    """Five faults of a second each, ended while the server runs; then one that a SIGKILL ends."""
    token = conformance.token(server)
    factory = Caller(server, token).get(f"{NEW}/supportedcontent/default").json()
    writers = [PatientWriter(number, 7) for number in range(8)]
    bystander = conformance.Tenant(server).caller()
    kept = Caller(server, token).post(f"{OLD}/settings", {"name": "kept"}).json()
    other = bystander.post(f"{OLD}/settings", {"name": "of another organization"}).json()
    load, slowest, unknown = Load(server, token, writers), 0, 0
    readers = [Reader(Caller(server, token), kept, {200}), Reader(bystander, other, {200})]
    load.reach(100)
    for number in range(6):
        faults.begin("fail")
        began = time.monotonic()
        time.sleep(1)
        if number == 5:
            load.kill()
        ended = time.monotonic()
        faults.end("fail")
        if number < 5:
            slowest = max(slowest, load.recovered(ended, 3 * RECOVERY))
            load.reach(100)
        unknown += load.check_nothing_done_between(began, ended)
    for reader in readers:
        reader.join_after_the_end()
    compare_after_start(server, token, writers, factory, kept)
    with capsys.disabled():
        print(f"\nfailing syncs: {load.tally.count} acknowledged, {unknown} unknown, slowest recovery {slowest:.3f} s"
              f" (goal {RECOVERY} s); reads: {readers[0].counts} of the organization, {readers[1].counts} of another")
    assert unknown >= 6


def test_sigterm_while_syncs_fail(server, faults, capsys):
    token = conformance.token(server)
    factory = Caller(server, token).get(f"{NEW}/supportedcontent/default").json()
    writers = [PatientWriter(number, 13) for number in range(8)]
    load = Load(server, token, writers)
    load.reach(100)
    with faults.of("fail"):
        load.refused()
        began = time.monotonic()
        assert server.stop(timeout=30) == 0, server.errors()
        stopped = time.monotonic() - began
        load.join()
    compare_after_start(server, token, writers, factory)
    with capsys.disabled():
        print(f"\nSIGTERM while syncs fail: stopped in {stopped:.3f} s (goal 10 s)")
