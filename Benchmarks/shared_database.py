"""The rows about servers that share a PostgreSQL. It is durable, on the disk of the other databases and on the servers' core."""

import functools
import itertools
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import servers
from measuring import Row, flat_out, program
from rows import PATH, Tenants, token
from servers import BENCH, CLIENT_ID, CLIENT_SECRET, ROOT, SERVER_CORE, TICKS

sys.path.append(str(ROOT / "Tests/conformance"))
import postgres  # noqa: E402: it is among the tests

CLIENTS, SERVERS, OBJECTS = 64, 3, 1_000
#: The clients of the organizations to load have this id, with the number of the organization at its end.
COLD_ID = "0d6b9a52-7d3b-4c0e-9a52-000000000000"
#: How many rounds the row about cold organizations has for each one of the others.
TIMES = 3


class Database:
    """A PostgreSQL, and what it has had of the processor."""

    def __init__(self, folder):
        folder.mkdir(parents=True)
        self.cluster = postgres.Cluster(parent=folder)
        mask = os.sched_getaffinity(0)
        try:
            os.sched_setaffinity(0, {int(SERVER_CORE)})
            self.cluster.start()
        except BaseException:
            self.stop()
            raise
        finally:
            os.sched_setaffinity(0, mask)
        self.pid = int((self.cluster.data / "postmaster.pid").read_text().split()[0])

    def stop(self):
        self.cluster.remove()

    def processor_seconds(self):
        """Of all its processes, also of those that have ended."""
        return sum(map(self.of_process, servers.with_children(self.pid))) + self.of_ended()

    @staticmethod
    def of_process(pid):
        try:
            return servers.processor_seconds(pid)
        except OSError:
            # It has ended meanwhile.
            return 0

    def of_ended(self):
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[13:15])) / TICKS


class Spread:
    """Servers that share a database, as one server: each thread of a client asks one of them."""

    def __init__(self, asked):
        self.asked, first = asked, asked[0]
        self.name, self.folder, self.port, self.client_cores = first.name, first.folder, first.port, first.client_cores
        self.database, self.ports = first.database, [server.port for server in asked]

    def processor_seconds(self):
        return sum(server.processor_seconds() for server in set(self.asked))

    def call(self, *request):
        """The answer of the last one to what all are asked."""
        return [server.call(*request) for server in self.asked][-1]


class SharedDatabase(servers.Started):
    """Starts the database and its servers, and makes the rows. The first server is alone in all rows but one."""

    ONE, THREE = "GET one, PostgreSQL", "GET one, three servers on one PostgreSQL"
    COLD = f"cold organization of {OBJECTS:,} objects, PostgreSQL"
    WRITES = {method: f"{method}, {CLIENTS} clients, PostgreSQL" for method in ("POST", "PATCH")}
    NAMES = (ONE, THREE, COLD, *WRITES.values())

    def __init__(self, folder, effort):
        super().__init__()
        self.folder, self.effort = folder, effort
        self.database = Database(folder)
        try:
            self.begin()
        except BaseException:
            self.stop()
            raise

    def begin(self):
        self.address, self.bare = self.database.cluster.new_database(), self.database.cluster.new_database()
        self.embedded = Tenants(self.start(servers.ours(self.folder / "embedded", "embedded")))
        self.storeless = Tenants(self.start(servers.storeless(self.folder / "storeless")))
        self.servers = [self.start(self.server(f"server-{number}")) for number in range(1, SERVERS + 1)]
        self.shared = Tenants(self.servers[0])
        self.file = self.folder / "setting.json"
        self.file.write_bytes(self.shared.server.call("GET", self.shared.read[0], None, bearer(self.shared.reader))[1])

    def stop(self):
        try:
            super().stop()
        finally:
            self.database.stop()

    def server(self, name):
        server = servers.ours(self.folder / name, name, MESSAGING_DATABASE=self.address,
                              MESSAGING_ENCRYPTION_KEY=postgres.ENCRYPTION_KEY)
        server.database = self.database
        return server

    def rows(self):
        yield Row(self.ONE, flat_out(self.effort, {"embedded": self.embedded.get(), "PostgreSQL": self.shared.get()}, CLIENTS))
        yield Row(self.THREE, {"one server": self.together(self.servers[:1] * SERVERS),
                               "three servers": self.together(self.servers)})
        yield Row(self.COLD, {"running server": self.running(), "fresh server": self.fresh()}, times=TIMES)
        for method, name in self.WRITES.items():
            targets = {"ours": getattr(self.shared, method.lower())(), "storeless": getattr(self.storeless, method.lower())()}
            cells = flat_out(self.effort, targets, CLIENTS)
            sizes = CommitSizes(self.shared.server, cells["ours"])
            yield Row(name, cells | {"ours": sizes.measure, "db": self.commits(method, lambda: CLIENTS),
                                     "db, commits as of ours": self.commits(method, lambda: sizes.last)})

    def together(self, asked):
        """A cell whose processor time is that of all servers and of the database."""
        target = self.shared.get()
        target.server = Spread(asked)
        cell = flat_out(self.effort, {"": target}, CLIENTS)[""]

        def measure():
            measured = cell()
            return measured | {"cpu_us": measured["cpu_us"] + measured["database_us"]}
        return measure

    def commits(self, method, size):
        """A cell that commits the rows of so many requests at a time without HTTP."""
        return lambda: program(SERVER_CORE, BENCH, "store", "--database", self.bare, "--group", size(), "--file", self.file,
                               "--seconds", self.effort.seconds, *["--patch"] * (method == "PATCH"))()

    @functools.cached_property
    def cold(self):
        """Organizations that no server has loaded: for each the path of an object, and a token from the first server."""
        count = self.effort.rounds * TIMES
        subprocess.run(
            [BENCH, "seed", "--database", self.address, "--organizations", str(count), "--objects", str(OBJECTS), "--in-each"],
            check=True, timeout=600, env=servers.environment(MESSAGING_BOOTSTRAP_CLIENT_ID=COLD_ID,
                                                             MESSAGING_BOOTSTRAP_CLIENT_SECRET=CLIENT_SECRET))
        objects = self.database.cluster.run(
            "SELECT client_directory.id, min(record.id) FROM client_directory JOIN record USING (organization) "
            f"WHERE record.kind = 'messagingSetting' AND client_directory.id <> '{CLIENT_ID}' GROUP BY 1",
            self.address.rpartition("dbname=")[2])
        return [(f"{PATH}/{id}", token(self.servers[0], client)) for client, id in (line.split("|") for line in objects)]

    def running(self):
        """A cell in which a server that runs is asked for the next organization each time."""
        numbers, started = itertools.count(), []

        def cell():
            if not started:
                started.append(self.start(self.server("running")))
                started[0].call("GET", self.shared.read[0], None, bearer(self.shared.reader))
            return first_read(started[0], *self.cold[next(numbers)])
        return cell

    def fresh(self):
        """A cell in which the organization is the first one that a server is asked for."""
        numbers = itertools.count()

        def cell():
            number = next(numbers)
            server = self.server(f"fresh-{number}").start()
            try:
                return first_read(server, *self.cold[number])
            finally:
                server.stop()
        return cell


class CommitSizes:
    """A cell of a server that also counts the writes in a commit."""

    def __init__(self, server, cell):
        self.server, self.cell, self.last = server, cell, CLIENTS

    def counts(self):
        lines = self.server.call("GET", "/metrics")[1].decode().splitlines()
        return [float(next(line.split()[1] for line in lines if line.startswith(f"messaging_commit_writes_{part} "))) for part in ("sum", "count")]

    def measure(self):
        before = self.counts()
        measured = self.cell()
        writes, commits = (new - old for new, old in zip(self.counts(), before))
        self.last = round(writes / commits)
        return measured | {"writes": writes / commits}


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def first_read(server, path, token):
    """Measures a GET over a connection that is open, of an organization that the server does not have in memory."""
    server.call("GET", "/health/ready")
    spent, begin = server.processor_seconds(), time.perf_counter()
    server.call("GET", path, None, bearer(token))
    seconds = time.perf_counter() - begin
    spent = server.processor_seconds() - spent
    total = json.loads(server.call("GET", f"{PATH}?pageSize=1", None, bearer(token))[1])["total"]
    if total != OBJECTS:
        raise RuntimeError(f"{server.name}: an organization of {OBJECTS} objects has {total}")
    return {"rps": 1 / seconds, "p50_us": seconds * 1e6, "cpu_us": spent * 1e6}
