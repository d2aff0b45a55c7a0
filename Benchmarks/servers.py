"""Starts and stops the measured servers, and measures their processor time and memory. A server runs on the one core of the servers
unless it is given others."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVER = ROOT / ".build/release/messaging-server"
BENCH = ROOT / ".build/release/messaging-bench"
PYTHON = ROOT / ".venv/bench/bin/python"
SERVER_CORE, CLIENT_CORE, BOTH_CORES = "0", "1", "0,1"
CLIENT_ID = "0d6b9a52-7d3b-4c0e-9a51-000000000000"
CLIENT_SECRET = "bench-secret-of-more-than-32-characters"
TICKS = os.sysconf("SC_CLK_TCK")
#: Which of a process's clocks: the one that counts what the scheduler gave it.
SCHEDULED = 2


#: Executes a program that reads another mask of its processors than the system's, so that it has as many event loops as the mask has bits.
#: Everything else, such as Swift's threads, follows the processors that it really has.
WITH_MASK = """
status=$(mktemp) && sed "s/^Cpus_allowed:.*/Cpus_allowed:\\t$1/" /proc/$$/status > "$status" || exit 1
mount --bind "$status" /proc/$$/status && rm "$status" && shift && exec "$@"
"""


def on_core(core, *command):
    return ["taskset", "-c", core, *map(str, command)]


def with_loops(count, *command):
    """A command that runs our server with so many event loops. Its process id is that of the program."""
    mask = f"{(1 << count) - 1:x}"
    namespaces = ["--mount"] if os.getuid() == 0 else ["--mount", "--map-root-user"]
    return ["unshare", *namespaces, "bash", "-c", WITH_MASK, "with-loops", mask, *map(str, command)]


def environment(**extra):
    """The caller's environment without what would configure the server, plus `extra`."""
    return {key: value for key, value in os.environ.items() if not key.startswith("MESSAGING_")} | extra


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def with_children(pid):
    """A process and its children."""
    return [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]


def processor_seconds(pid):
    """What a process has had of the processor, to the nanosecond: by the clock that Linux keeps for each process."""
    return time.clock_gettime_ns(~pid << 3 | SCHEDULED) / 1e9


class Server:
    """A process that listens on a port of the loopback."""

    #: What works for it in processes of its own, whose processor time is measured apart: see shared_database.py.
    database = None

    def __init__(self, name, folder, command, ready="/", extra=None, cores=(SERVER_CORE, CLIENT_CORE)):
        self.name, self.folder, self.ready, self.extra = name, Path(folder), ready, extra or {}
        self.cores, self.client_cores = cores
        self.folder.mkdir(parents=True, exist_ok=True)
        self.make_command = command
        self.process = self.connection = None

    def spawn(self):
        """Executes it, and does not wait for anything."""
        self.port = free_port()
        with open(self.folder / "stdout", "ab") as output, open(self.folder / "stderr", "ab") as errors:
            self.process = subprocess.Popen(
                on_core(self.cores, *self.make_command(self.port)), cwd=self.folder, env=environment(**self.extra),
                stdin=subprocess.DEVNULL, stdout=output, stderr=errors)

    def start(self, timeout=60):
        self.spawn()
        deadline = time.monotonic() + timeout
        while not self.answers(self.ready):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{self.name} did not start: see {self.folder}/stderr")
            time.sleep(0.01)
        return self

    def answers(self, path, headers=None):
        """Whether a new connection gets any answer but a refusal of the server itself."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers=headers or {})
            return connection.getresponse().status < 500
        except (ConnectionError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    @property
    def ports(self):
        """The port that each thread of a client asks."""
        return [self.port]

    @property
    def processes(self):
        """The process and its children: those of nginx do the work."""
        return with_children(self.process.pid)

    def processor_seconds(self):
        """What it has had of the processor."""
        return sum(map(processor_seconds, self.processes))

    def threads(self, status="comm"):
        """A file of each of its threads: its name, or another one."""
        return [path.read_text() for pid in self.processes for path in Path(f"/proc/{pid}/task").glob(f"*/{status}")]

    def resident_kilobytes(self):
        total = 0
        for pid in self.processes:
            status = Path(f"/proc/{pid}/status").read_text()
            total += int(status.split("VmRSS:")[1].split()[0])
        return total

    def call(self, method, path, body=None, headers=None, expected=range(200, 300)):
        """One request on a connection that stays open; an answer of another status is an error."""
        if isinstance(body, (dict, list)):
            body, headers = json.dumps(body).encode(), {"Content-Type": "application/json"} | (headers or {})
        try:
            answer, content = self.exchange(method, path, body, headers or {})
        except (ConnectionError, http.client.HTTPException):
            # The server closed what was idle.
            self.connection = None
            answer, content = self.exchange(method, path, body, headers or {})
        if answer.status not in expected:
            raise RuntimeError(f"{self.name}: {method} {path}: {answer.status} {content[:200]}")
        return answer, content

    def exchange(self, *request):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.connection.request(*request)
        answer = self.connection.getresponse()
        return answer, answer.read()


class Started:
    """Servers that were started, to be stopped together."""

    def __init__(self):
        self.started = []

    def start(self, server):
        self.started.append(server)
        return server.start()

    def stop(self):
        for server in self.started:
            server.stop()


def ours(folder, name="ours", database=None, program=SERVER, loops=None, **settings):
    """The server with its defaults, but for limits that a benchmark reaches at once. Its sweep would fall into the measurement of one
    row or another, so it comes later.

    With a number of `loops`, the server and its client share both cores, and the server has so many event loops."""
    if database:
        Path(folder).mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "--reflink=auto", database, Path(folder) / "messaging.sqlite"], check=True)

    def command(port):
        command = [program, "serve", "--port", port]
        return with_loops(loops, *command) if loops else command
    return Server(name, folder, command, "/health/ready", {
        "MESSAGING_BOOTSTRAP_CLIENT_ID": CLIENT_ID, "MESSAGING_BOOTSTRAP_CLIENT_SECRET": CLIENT_SECRET,
        "MESSAGING_RATE_LIMIT": "1000000000", "MESSAGING_MAX_OBJECTS": "10000000",
        "MESSAGING_MAX_ORGANIZATION_BYTES": str(1 << 38), "MESSAGING_SNAPSHOT_MEMORY": str(1 << 20),
        "MESSAGING_SWEEP_INTERVAL": "86400"} | settings, (BOTH_CORES, BOTH_CORES) if loops else (SERVER_CORE, CLIENT_CORE))


def storeless(folder, program=BENCH):
    return Server("storeless", folder, lambda port: [program, "storeless", "--port", port], "/health/ready", {
        "MESSAGING_BOOTSTRAP_CLIENT_ID": CLIENT_ID, "MESSAGING_BOOTSTRAP_CLIENT_SECRET": CLIENT_SECRET})


def fixed(name, folder, file, path):
    """`nio` or `hummingbird`, which answer with the bytes of a file."""
    return Server(name, folder, lambda port: [BENCH, name, "--port", port, "--file", file], path)


def fastapi(folder, clients):
    command = [PYTHON, "-m", "uvicorn", "fastapi_settings:app", "--app-dir", ROOT / "Benchmarks/peers", "--workers", 1,
               "--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning", "--port"]
    return Server("fastapi", folder, lambda port: [*command, port], "/openapi.json", {
        "BENCH_DATABASE": "settings.sqlite", "BENCH_CLIENTS": ",".join(clients), "BENCH_SECRET": CLIENT_SECRET})


def nginx(folder, files):
    """nginx with one worker, which serves files; `files` is what it answers at which path."""
    folder = Path(folder)
    for path, content in files.items():
        place = folder / "root" / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)

    def command(port):
        user = "user root;" if os.getuid() == 0 else ""
        temporary = "\n".join(f"{kind}_temp_path {folder}/temporary;"
                              for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (folder / "nginx.conf").write_text(f"""
            {user} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
            events {{ worker_connections 1024; }}
            http {{
                access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; default_type application/json;
                open_file_cache max=1000 inactive=600s; open_file_cache_valid 600s; {temporary}
                server {{ listen 127.0.0.1:{port}; root {folder}/root; }}
            }}""")
        return [shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin"), "-p", folder, "-c", folder / "nginx.conf"]
    return Server("nginx", folder, command, next(iter(files)))
