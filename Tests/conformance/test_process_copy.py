"""`copy`: a whole store from one engine to the other."""

import contextlib
import json
import os
import pty
import re
import signal
import sqlite3
import subprocess
import threading

import pytest

import conformance
import postgres
from conformance import CANARIES, Caller
from ledger import NEW
from test_process_encryption import OPEN, create, key_id
from test_process_refusals import picture
from waiting import until

#: MiB that a copy may take at most, whatever the size of the store.
MEMORY = 64
#: Objects of a large store, and bytes of each: 90 MB together.
OBJECTS, BYTES = 30_000, 3_000


def copy(source, target, *flags, extra=None):
    """Copies a store, and returns the report."""
    done = conformance.run("copy", source, target, "--json", *flags, extra=postgres.settings(extra))
    assert done.returncode == 0 and done.stderr == "", done
    return json.loads(done.stdout)


def refusal(source, target, *flags):
    done = conformance.run("copy", source, target, *flags, extra=postgres.settings())
    assert done.returncode == 1 and done.stdout == "", done
    [line] = done.stderr.splitlines()
    return line.removeprefix("messaging-server: ")


@contextlib.contextmanager
def serving_file(path):
    with conformance.serving(path, postgres.settings()) as server:
        yield server


def fill(server):
    """Makes objects of all kinds in two organizations, and returns what a caller of each can see, and a request that was made with a key."""
    tenants = [conformance.Tenant(server, name) for name in ("Ä, \"quoted\"", "Other")]
    callers = [tenant.caller() for tenant in tenants]
    for tenant, caller in zip(tenants, callers):
        caller.organization = tenant.organization["id"]
        made = [caller.post(f"{NEW}/settings", {"name": f"é {number} 🙂"}).json() for number in range(30)]
        assert caller.delete(f"{NEW}/settings/{made[0]['id']}").status == 204
        assert caller.patch(f"{NEW}/settings/{made[1]['id']}", {"name": "changed"}).status == 200
        content = {"name": "c", "mediaTypes": {"allow": {"inbound": [{"type": "image/png"}]}}}
        assert caller.post(f"{NEW}/supportedcontent", content).status == 200
        create(caller)
    repeated = {"name": "once"}
    first = callers[0].call("POST", f"{NEW}/settings", repeated, {"Idempotency-Key": "k-1"})
    assert first.status == 200
    return callers, (repeated, first.json())


def seen(caller):
    """Everything that a caller can see, object by object and change by change."""
    return [caller.everything(path) for path in (f"{NEW}/settings", f"{NEW}/supportedcontent", OPEN, "/platform/v1/changes")]


def expect_same(server, callers, before, request):
    body, first = request
    for caller, expected in zip(callers, before):
        # The token is copied, too.
        assert seen(Caller(server, caller.token)) == expected
    again = Caller(server, callers[0].token).call("POST", f"{NEW}/settings", body, {"Idempotency-Key": "k-1"})
    assert (again.status, again.json()) == (200, first)


def test_a_store_moves_from_a_running_server_to_postgresql_and_back(address, tmp_path):
    conformance.run("migrate", "--database", address, "--partitions", "3")
    with serving_file(tmp_path / "messaging.sqlite") as server:
        callers, request = fill(server)
        before = [seen(caller) for caller in callers]
        there = copy(server.database, address)
    assert there["organizations"] == len(there["revisions"]) == 3
    assert {each["organization"] for each in there["revisions"]} > {caller.organization for caller in callers}
    with postgres.serving(address, tmp_path) as server:
        expect_same(server, callers, before, request)
        back = copy(address, tmp_path / "back.sqlite")
    # The engine makes no difference, and reading makes none either.
    assert (back["digest"], back["revisions"]) == (there["digest"], there["revisions"])
    with serving_file(tmp_path / "back.sqlite") as server:
        expect_same(server, callers, before, request)
        for caller in callers:
            assert Caller(server, caller.token).post(f"{NEW}/settings", {"name": "new"}).status == 200
    assert not list(tmp_path.glob("*.cop*"))


def test_a_store_is_copied_through_a_pooler(cluster, address, tmp_path):
    with postgres.serving(address, tmp_path) as server:
        callers, request = fill(server)
        before = [seen(caller) for caller in callers]
    other, through = cluster.new_database(), {"MESSAGING_DATABASE_POOLER": "true"}
    with postgres.pooler(cluster, connections=2) as folder:
        behind = [each.replace(f"host={cluster.folder}", f"host={folder}") for each in (address, other)]
        there = copy(*behind, extra=through)
        assert copy(behind[1], tmp_path / "back.sqlite", "--final", extra=through)["digest"] == there["digest"]
    with serving_file(tmp_path / "back.sqlite") as server:
        expect_same(server, callers, before, request)


def test_the_keys_that_a_copy_needs_are_named(tmp_path):
    with conformance.serving(tmp_path / "messaging.sqlite") as server:
        create(Caller(server, conformance.token(server)))
        done = conformance.run("copy", server.database, tmp_path / "new.sqlite")
    assert done.returncode == 0 and done.stderr == "", done
    key = key_id(server.key_file.read_text())
    first, *_, last = done.stdout.splitlines()
    assert re.fullmatch(r"Copied .*/messaging.sqlite to .*/new.sqlite: 1 organization, \d+ objects, \d+ changes, 1 token\.", first)
    assert last == f"Encryption key {key} is needed, and missing: without it no server of the copy starts."
    assert "The copy does not have later writes to the first database: use --final to move for good." in done.stdout


def test_a_file_is_not_served_before_its_copy_is_complete(tmp_path):
    (tmp_path / "m.sqlite.copying").write_bytes(b"")
    done = conformance.run("serve", "--port", "0", "--database", tmp_path / "m.sqlite", extra=postgres.settings(), cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith(f": a copy to it is not complete: run messaging-server copy again, or delete "
                                                 f"{tmp_path}/m.sqlite.copying"), done
    assert not (tmp_path / "m.sqlite").exists()


def test_a_damaged_unfinished_copy_is_refused(tmp_path):
    conformance.administer("organizations", "create", "--name", "o", database=tmp_path / "m.sqlite")
    (tmp_path / "new.sqlite.copying").write_bytes(b"no database" * 100)
    (tmp_path / "new.sqlite.copying").chmod(0o600)
    assert refusal(tmp_path / "m.sqlite", tmp_path / "new.sqlite").startswith(f"cannot open {tmp_path}/new.sqlite: ")
    (tmp_path / "new.sqlite.copying").unlink()
    assert copy(tmp_path / "m.sqlite", tmp_path / "new.sqlite")["organizations"] == 1


def test_a_later_copy_ends_an_earlier_one(cluster, address, large, tmp_path):
    earlier = Copying(large, address)
    until(lambda: earlier.done(1))
    conformance.administer("organizations", "create", "--name", "o", database=tmp_path / "m.sqlite")
    # The other store is the one that stays.
    digest = copy(tmp_path / "m.sqlite", address)["digest"]
    code, _ = earlier.wait()
    assert code == 1 and "another copy to it was begun" in earlier.shown, earlier.shown[-300:]
    assert copy(address, tmp_path / "again.sqlite")["digest"] == digest


class Writers:
    """Threads that create settings on servers until they are refused, and the names that were acknowledged."""

    def __init__(self, servers, token):
        self.acknowledged, self.refused = [], []
        self.threads = [threading.Thread(target=self._write, args=(Caller(server, token), number))
                        for number, server in enumerate(servers * 4)]
        for thread in self.threads:
            thread.start()

    def _write(self, caller, number):
        for count in range(1_000_000):
            name = f"{number} {count}"
            answer = caller.post(f"{NEW}/settings", {"name": name})
            if answer.status != 200:
                self.refused.append(answer)
                return
            self.acknowledged.append(name)

    def wait(self):
        for thread in self.threads:
            thread.join(conformance.PATIENCE)
        assert len(self.refused) == len(self.threads)


def expect_final(servers, token, source, target, copied):
    """Moves a store away from servers that take writes: the copy has each that was acknowledged, and no later one is."""
    writers = Writers(servers, token)
    until(lambda: len(writers.acknowledged) > 20)
    assert copy(source, target, "--final")["final"]
    writers.wait()
    for answer in writers.refused:
        assert answer.status == 503 and "Nothing was changed." in answer.json()["message"]
    with copied() as server:
        found = Caller(server, token).everything(f"{NEW}/settings")
        assert sorted(setting["name"] for setting in found) == sorted(writers.acknowledged)


def expect_no_writes(server, token):
    caller = Caller(server, token)
    assert caller.get(f"{NEW}/settings").status == 200
    assert caller.post(f"{NEW}/settings", {"name": "late"}).status == 503
    authorization = conformance.basic(conformance.CLIENT_ID, conformance.CLIENT_SECRET)
    assert conformance.ask_token(server, {"grant_type": "client_credentials"}, authorization).status == 503
    until(lambda: "copied with --final" in server.errors())


def test_a_file_takes_no_writes_after_its_final_copy(address, tmp_path):
    with serving_file(tmp_path / "messaging.sqlite") as server:
        token = conformance.token(server)
        expect_final([server], token, server.database, address, lambda: postgres.serving(address, tmp_path))
        expect_no_writes(server, token)
    with serving_file(server.database) as again:
        expect_no_writes(again, token)
    # Another copy of what is final is as good.
    assert copy(server.database, tmp_path / "second.sqlite", "--final")["tokens"] == 1


def test_a_database_takes_no_writes_after_its_final_copy(cluster, address, tmp_path):
    conformance.run("migrate", "--database", address, "--partitions", "2")
    with postgres.servers(address, tmp_path, 2) as servers:
        token = conformance.token(servers[0])
        expect_final(servers, token, address, tmp_path / "new.sqlite", lambda: serving_file(tmp_path / "new.sqlite"))
        for server in servers:
            expect_no_writes(server, token)
        with postgres.serving(address, tmp_path) as third:
            expect_no_writes(third, token)
    other = cluster.new_database()
    assert copy(address, other, "--final")["tokens"] == 1
    with postgres.serving(other, tmp_path) as server:
        assert Caller(server, token).post(f"{NEW}/settings", {"name": "first"}).status == 200


def test_a_store_that_is_not_empty_is_no_target(address, tmp_path):
    with serving_file(tmp_path / "messaging.sqlite") as server, postgres.serving(address, tmp_path) as other:
        before = seen(Caller(other, conformance.token(other)))
        assert refusal(server.database, address).endswith(": it has organizations, and a copy needs an empty store")
        copy(server.database, tmp_path / "new.sqlite")
        assert refusal(address, tmp_path / "new.sqlite").endswith(": there already is a database, and a copy needs a new one")
        assert refusal(server.database, server.database).startswith(f"cannot open {server.database}: ")
        assert seen(Caller(other, conformance.token(other))) == before


@pytest.mark.parametrize("source, target, line", [
    ("none.sqlite", "new.sqlite", "there is no database at none.sqlite"),
    ("postgresql://u:pa55word@localhost/m", "new.sqlite", "the address of the database has a password, which other users of this machine"),
    ("m.sqlite", "host=localhost password=pa55word", "the address of the database has a password, which other users of this machine"),
    ("postgresql://u:pa55word@[localhost/m", "new.sqlite", "the address of the database is not valid; it must be a path, or an address"),
    ("postgresql://u@127.0.0.1:1/m", "new.sqlite", "cannot copy the PostgreSQL database m on 127.0.0.1:1: "),
    ("m.sqlite", "postgresql://u@127.0.0.1:1/m", "cannot copy to the PostgreSQL database m on 127.0.0.1:1: "),
    ("m.sqlite", "none/new.sqlite", "cannot open none/new.sqlite: the directory none does not exist"),
    ("m.sqlite", "", "the path of the database is empty"),
], ids=["missing", "password", "password of the target", "malformed", "away", "target away", "no folder", "empty"])
def test_what_cannot_be_copied_is_refused_in_one_line(tmp_path, source, target, line):
    conformance.administer("organizations", "create", "--name", "o", database=tmp_path / "m.sqlite")
    before = picture(tmp_path)
    done = conformance.run("copy", source, target, cwd=tmp_path)
    assert done.returncode == 1 and done.stdout == "", done
    assert done.stderr.splitlines()[-1].startswith(f"messaging-server: {line}"), done.stderr
    assert "pa55word" not in done.stderr
    assert picture(tmp_path) == before


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A file with many objects and changes."""
    path = tmp_path_factory.mktemp("large") / "large.sqlite"
    conformance.administer("organizations", "create", "--name", "o", database=path)
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {OBJECTS})"
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute(f"INSERT INTO record {numbers} SELECT (SELECT id FROM organization), 'x', i, randomblob({BYTES}) FROM n")
        database.execute(f"""
            INSERT INTO history (organization, revision, position, kind, id, user, operation, context, time_ms, after)
            {numbers} SELECT (SELECT id FROM organization), 9, i, 'x', i, 'u', 'o', 'c', i, randomblob(20) FROM n""")
    return path


class Copying:
    """A copy that runs with a terminal, by the release."""

    def __init__(self, source, target):
        master, slave = pty.openpty()
        self.process = subprocess.Popen([conformance.binary("MESSAGING_SERVER_RELEASE"), "copy", str(source), str(target)],
                                        env=conformance.environment(postgres.settings()), stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=slave, text=True)
        conformance.STARTED.append(self.process)
        os.close(slave)
        self.shown, self.memory = "", 0
        self.reader = threading.Thread(target=self._read, args=(master,), daemon=True)
        self.reader.start()

    def _read(self, master):
        # A terminal without processes is an error to its reader.
        with contextlib.suppress(OSError), open(master, "rb", buffering=0) as terminal:
            while text := terminal.read(4096):
                self.shown += text.decode()
                with contextlib.suppress(OSError), open(f"/proc/{self.process.pid}/status") as status:
                    # A process that has ended has no such line.
                    for peak in re.findall(r"VmHWM:\s*(\d+)", status.read()):
                        self.memory = max(self.memory, int(peak) / 1024)

    def done(self, share):
        """Whether so many hundredths are copied."""
        return any(int(percent) >= share for percent in re.findall(r"Copying: (\d+) %", self.shown))

    def kill(self):
        self.process.kill()
        return self.wait()[0]

    def wait(self):
        output, _ = self.process.communicate(timeout=conformance.PATIENCE)
        self.reader.join(conformance.PATIENCE)
        CANARIES.write("output", output)
        return self.process.returncode, output


@pytest.mark.parametrize("engine", ["postgresql", "sqlite"])
def test_a_large_copy_takes_little_memory_and_is_continued_after_a_kill(cluster, address, large, tmp_path, capsys, engine):
    target = address if engine == "postgresql" else tmp_path / "new.sqlite"

    def first_row():
        """What shows that the first row was not written again."""
        if engine == "sqlite":
            # A file that was begun anew would be another one.
            return next(path for path in (target.with_name("new.sqlite.copying"), target) if path.exists()).stat().st_ino
        return cluster.run("SELECT xmin, ctid FROM record ORDER BY id LIMIT 1", address.split("dbname=")[1])

    killed = Copying(large, target)
    until(lambda: killed.done(1))
    assert killed.kill() == -signal.SIGKILL
    written = first_row()
    if engine == "postgresql":
        refused = conformance.run("serve", "--port", "0", "--database", address, extra=postgres.settings(), cwd=tmp_path)
        assert refused.stderr.endswith(": it is an unfinished copy: run messaging-server copy again\n"), refused
    else:
        assert not target.exists()
    # What SIGKILL left is not used again.
    assert len(list(large.parent.glob("large.sqlite.copy-source-*"))) == 1
    [left] = large.parent.glob("large.sqlite.copy-source-*")
    left.unlink()
    last = Copying(large, target)
    code, output = last.wait()
    assert code == 0 and f"1 organization, {OBJECTS + 3} objects" in output, (code, output)
    assert first_row() == written
    for text in ("Backing up: ", "Copying: ", "Comparing: ", f" of {2 * OBJECTS + 7} rows, ", " a second, ", " s left"):
        assert text in last.shown, last.shown[-1000:]
    again = Copying(target, tmp_path / "again.sqlite")
    assert again.wait()[1].splitlines()[-2] == output.splitlines()[-2]
    with capsys.disabled():
        print(f"\n{max(killed.memory, last.memory, again.memory):.0f} MiB")
    assert 0 < max(killed.memory, last.memory, again.memory) <= MEMORY
