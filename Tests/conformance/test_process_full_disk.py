"""A full disk: writes are refused as a whole, reads go on, and the service resumes by itself."""

import time

import conformance
from conformance import Caller
from faults import Ballast, Faults, as_root, small_disk
from ledger import NEW, OLD, Load, PatientWriter, Reader, compare_after_start

RECOVERY = 2.0


@as_root
def test_a_full_disk_under_load(request, tmp_path, capsys):
    """Fills the disk three times; the last time SIGTERM ends the server on the full disk, where none can start."""
    with small_disk(tmp_path / "disk", megabytes=24) as disk:
        server = conformance.Server(disk / "messaging.sqlite")
        server.log = tmp_path / "stderr"
        server.start()
        try:
            fill_and_heal(server, Ballast(disk), capsys)
        finally:
            if server.process.poll() is None:
                server.kill()


def fill_and_heal(server, ballast, capsys):
    token = conformance.token(server)
    factory = Caller(server, token).get(f"{NEW}/supportedcontent/default").json()
    writers = [PatientWriter(number, 11) for number in range(8)]
    kept = Caller(server, token).post(f"{OLD}/settings", {"name": "kept"}).json()
    load, slowest, refused = Load(server, token, writers), 0, 0
    reader = Reader(Caller(server, token), kept, {200})
    for number in range(3):
        load.reach(100)
        ballast.fill()
        load.refused()
        began = time.monotonic()
        load.refused()
        time.sleep(1)
        if number == 2:
            stopping = time.monotonic()
            assert server.stop() == 0, server.errors()
            stopping = time.monotonic() - stopping
            load.join()
            assert "cannot open" in refusal(server) and "full" in refusal(server)
        ended = time.monotonic()
        ballast.remove()
        if number < 2:
            slowest = max(slowest, load.recovered())
        # What is left of a large commit that did not fit may hold a small one: a write for each writer at most.
        load.check_nothing_done_between(began, ended, fitting=len(writers))
    reader.join_after_the_end()
    compare_after_start(server, token, writers, factory, kept)
    assert "not closed" not in server.errors()
    with capsys.disabled():
        print(f"\nfull disk: {load.tally.count} acknowledged, slowest recovery {slowest:.3f} s (goal {RECOVERY} s),"
              f" {reader.counts[200]} reads, stopped in {stopping:.3f} s")
    assert load.unknown == 0


def becomes(server, status):
    """Waits for readiness; an idle server looks at its disk every ten seconds."""
    conformance.until(lambda: Caller(server).get("/health/ready").status == status, server.errors, within=90)


@as_root
def test_readiness_while_the_disk_is_full(request, tmp_path):
    """Of a server without requests, of one whose small writes may fit where large ones do not, and of one that has room again."""
    with small_disk(tmp_path / "disk", megabytes=2) as disk:
        server = conformance.Server(disk / "messaging.sqlite")
        server.log = tmp_path / "stderr"
        server.start()
        try:
            token = conformance.token(server)
            revision = Caller(server, token).get(f"{NEW}/settings").header("ETag")
            becomes(server, 200)
            ballast = Ballast(disk)
            ballast.fill()
            becomes(server, 503)
            for _ in range(3):
                while Caller(server, token).post(f"{NEW}/settings", {"name": "x"}).status == 200:
                    revision = None
                for _ in range(30):
                    assert Caller(server).get("/health/ready").status == 503
                    time.sleep(0.05)
            assert "Stopped writing: the disk is full" in server.errors()
            ballast.remove()
            becomes(server, 200)
            assert revision in (None, Caller(server, token).get(f"{NEW}/settings").header("ETag"))
            assert Caller(server, token).post(f"{NEW}/settings", {"name": "again"}).status == 200
            assert not list(disk.glob("*.room"))
            assert server.stop() == 0
        finally:
            if server.process.poll() is None:
                server.kill()


def test_readiness_while_a_quota_is_used_up(tmp_path):
    """SQLite reports this as an I/O error. The server then opens the database again, which takes no room."""
    faults = Faults(tmp_path / "faults")
    with conformance.serving(tmp_path / "messaging.sqlite", faults.environment) as server:
        caller = Caller(server, conformance.token(server))
        with faults.of("quota"):
            assert caller.post(f"{NEW}/settings", {"name": "x" * 200}).status == 503
            for _ in range(60):
                assert Caller(server).get("/health/ready").status == 503
                time.sleep(0.05)
            assert "Reopened the database" in server.errors()
        becomes(server, 200)
        assert caller.post(f"{NEW}/settings", {"name": "again"}).status == 200


def refusal(server):
    """The one line of a start that fails."""
    done = conformance.run("serve", "--port", "0", "--database", server.database)
    assert done.returncode == 1 and done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, lines
    return lines[0]
