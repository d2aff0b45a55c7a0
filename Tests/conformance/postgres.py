"""A PostgreSQL of the test's own, and servers that share one of its databases."""

import base64
import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path

import conformance

#: The key of all servers, which PostgreSQL has no place for.
ENCRYPTION_KEY = base64.b64encode(os.urandom(32)).decode()


def _binaries():
    """The directory of the newest PostgreSQL of this machine. A missing one is an error, never a reason to skip."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    initdb = shutil.which("initdb")
    assert found or initdb, "PostgreSQL is missing: install it with Scripts/install-system-packages.sh test"
    return found[-1] if found else Path(initdb).parent


class Cluster:
    """A PostgreSQL cluster that listens on a Unix socket in its folder. It is durable, unlike those of most tests."""

    def __init__(self, settings=(), primary=None, parent="/tmp"):
        """Creates a cluster, or a standby of a primary that is running. Its folder is in `parent`."""
        self.folder = Path(tempfile.mkdtemp(prefix="pg", dir=parent))
        self.data, self.settings, self.port = self.folder / "data", list(settings), 5432
        # initdb refuses to run as root.
        if os.getuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        if primary:
            self._run("pg_basebackup", "-h", primary.folder, "-U", "messaging", "-D", self.data, "-R", "-X", "stream", "-c", "fast")
        else:
            self._run("initdb", "-D", self.data, "-U", "messaging", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")

    def _run(self, program, *arguments):
        owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        done = subprocess.run([*owner, str(_binaries() / program), *map(str, arguments)], cwd=self.folder, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=conformance.PATIENCE)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def use_tls(self, certificate, key, port):
        """Lets the cluster listen on a port of this machine, too, with TLS, after its next start."""
        for source, target in ((certificate, "server.crt"), (key, "server.key")):
            shutil.copy(source, self.data / target)
            (self.data / target).chmod(0o600)
            if os.getuid() == 0:
                shutil.chown(self.data / target, "postgres", "postgres")
        self.settings += ["ssl=on", "listen_addresses=localhost", f"port={port}"]
        self.port = port

    def start(self):
        """Returns when the cluster accepts connections."""
        settings = [f"-c {setting}" for setting in
                    ("listen_addresses=''", "max_connections=200", "shared_buffers=64MB", *self.settings)]
        self._run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-s", "-o",
                  f"-k '{self.folder}' {' '.join(settings)}", "start")
        return self

    def stop(self, mode="immediate"):
        """Ends the cluster. The mode `immediate` is what a crash is to it."""
        self._run("pg_ctl", "-D", self.data, "-m", mode, "-s", "stop")

    def promote(self):
        """Makes a standby the primary."""
        self._run("pg_ctl", "-D", self.data, "-w", "-s", "promote")

    def copy(self, source, target):
        """Dumps a database and restores it in another one that is empty."""
        own = f"-h {self.folder} -U server"
        done = subprocess.run(f"{_binaries()}/pg_dump {own} {source} | {_binaries()}/psql {own} -qX -v ON_ERROR_STOP=1 {target}",
                              shell=True, capture_output=True, text=True, timeout=conformance.PATIENCE)
        assert done.returncode == 0, done.stderr

    def run(self, statement, database="postgres"):
        """The rows of a statement, one per line."""
        done = subprocess.run([_binaries() / "psql", "-h", self.folder, "-p", str(self.port), "-U", "messaging", "-d", database,
                               "-Atqc", statement],
                              capture_output=True, text=True, timeout=conformance.PATIENCE)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    def new_database(self):
        """The address of a new, empty database."""
        name = f"m{uuid.uuid4().hex}"
        # The servers need no rights but those on their database.
        self.run("DO $$ BEGIN CREATE ROLE server LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
        self.run(f"CREATE DATABASE {name} OWNER server")
        return f"host={self.folder} user=server dbname={name}"

    def remove(self):
        with contextlib.suppress(AssertionError):
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextlib.contextmanager
def cluster(settings=(), primary=None):
    """A running cluster, which is removed afterwards."""
    made = Cluster(settings, primary)
    try:
        yield made.start()
    finally:
        made.remove()


@contextlib.contextmanager
def pooler(cluster, connections):
    """PgBouncer in its transaction mode, with so many connections to a cluster; the value is its host."""
    folder, program = cluster.folder / "pooler", shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
    assert os.access(program, os.X_OK), "PgBouncer is missing: install it with Scripts/install-system-packages.sh test"
    folder.mkdir()
    (folder / "users").write_text('"server" ""\n')
    (folder / "pgbouncer.ini").write_text(f"""
        [databases]
        * = host={cluster.folder}
        [pgbouncer]
        pool_mode = transaction
        default_pool_size = {connections}
        auth_type = trust
        auth_file = {folder}/users
        unix_socket_dir = {folder}
        listen_port = 5432
        """.replace("        ", ""))
    owner = []
    if os.getuid() == 0:
        owner = ["runuser", "-u", "postgres", "--"]
        shutil.chown(folder, "postgres", "postgres")
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen([*owner, program, str(folder / "pgbouncer.ini")], cwd=cluster.folder,
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        conformance.until((folder / ".s.PGSQL.5432").exists, lambda: (folder / "log").read_text())
        yield folder
    finally:
        process.terminate()
        process.wait(conformance.PATIENCE)


class Server(conformance.Server):
    """A server whose database is at an address. Its own files are in a folder."""

    def __init__(self, address, folder, extra=None):
        super().__init__(folder / f"server-{uuid.uuid4().hex[:8]}", settings(extra))
        self.address = address


def settings(extra=None):
    """The environment of a server. All servers with one database need the same key."""
    return conformance.bootstrap({"MESSAGING_ENCRYPTION_KEY": ENCRYPTION_KEY} | (extra or {}))


@contextlib.contextmanager
def servers(address, folder, count, extra=None):
    """Running servers with one database; leaving the block stops them, and demands exit code 0 of each that was not killed."""
    running = [Server(address, folder, extra) for _ in range(count)]
    try:
        yield [server.start() for server in running]
        for server in running:
            if server.process.poll() is None:
                assert server.stop() == 0, server.errors()
    finally:
        for server in running:
            if server.process and server.process.poll() is None:
                server.kill()


@contextlib.contextmanager
def serving(address, folder, extra=None):
    """A running server; leaving the block stops it and demands exit code 0."""
    with servers(address, folder, 1, extra) as [server]:
        yield server
