"""Compares two builds of the server, an old and a new one: what an ordinary request costs each.

    python3 Benchmarks/compare/compare.py OLD NEW [ROUNDS]

In each round both are measured, the one that begins changes from round to round. A row has, for each of the two, the median of the rounds of
allocations, system calls and microseconds of CPU for a request, and the median of the ratios of each round. Allocations, system calls and
time are measured by servers of their own, since counting takes time. The requests of a row go over one connection, one after the other.
"""

import base64
import http.client
import json
import mmap
import os
import re
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
CLIENT, SECRET = "compare-client", "compare-secret-0123456789abcdef0123456789abcdef"
SETTINGS = "/api/v2/conversations/messaging/settings"
CHANGES = "/platform/v1/changes?pageSize=25&kind=settings"
REQUESTS, COUNTED = 2_000, 400


class Server:
    """One server on a new database, with 1,000 settings. The newest 25 changes are 12 changes of a setting and 13 creations."""

    def __init__(self, program, folder, preload=None):
        self.folder = Path(tempfile.mkdtemp(dir=folder))
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MESSAGING_")}
        environment = kept | {
            "MESSAGING_BOOTSTRAP_CLIENT_ID": CLIENT, "MESSAGING_BOOTSTRAP_CLIENT_SECRET": SECRET,
            "MESSAGING_RATE_LIMIT": "1000000000", "MESSAGING_LOG_LEVEL": "warning",
            "MESSAGING_SWEEP_INTERVAL": "86400",
        } | (preload or {})
        self.process = subprocess.Popen(
            [program, "serve", "--port", "0", "--database", str(self.folder / "messaging.sqlite")], env=environment,
            stdout=subprocess.PIPE, stderr=open(self.folder / "log", "ab"), text=True)
        port = None
        for line in self.process.stdout:
            found = re.match(r"Listening on http://127\.0\.0\.1:(\d+)", line)
            if found:
                port = int(found.group(1))
                break
        assert port, (self.folder / "log").read_text()
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.token = self.new_token()
        created = [self.call("POST", SETTINGS, {"name": f"setting {number:04}"}) for number in range(1_000)]
        created = [f"{SETTINGS}/{json.loads(setting)['id']}" for setting in created]
        self.one = created[-1]
        for path in created[-13:-1]:
            self.call("PATCH", path, {"event": {"typing": {"on": {"inbound": "Enabled"}}}})
        changes = json.loads(self.call("GET", CHANGES))["entities"]
        assert [len(changes), sum("before" in each for each in changes)] == [25, 12], changes
        profile = json.loads(self.call("GET", f"{SETTINGS.removesuffix('settings')}supportedcontent/default"))
        self.decisions = f"/platform/v1/supportedcontent/{profile['id']}/decisions"

    def new_token(self):
        secret = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        self.connection.request("POST", "/oauth/token", "grant_type=client_credentials", {
            "Authorization": f"Basic {secret}", "Content-Type": "application/x-www-form-urlencoded"})
        response = self.connection.getresponse()
        body = response.read()
        assert response.status == 200, body
        return json.loads(body)["access_token"]

    def call(self, method, path, body=None):
        fields = {"Authorization": f"Bearer {self.token}"}
        if body is not None:
            fields["Content-Type"] = "application/json"
        self.connection.request(method, path, None if body is None else json.dumps(body), fields)
        response = self.connection.getresponse()
        content = response.read()
        assert response.status == 200, (method, path, response.status, content)
        return content

    def cpu(self):
        """Microseconds of CPU so far, by the scheduler's own count."""
        return sum(int(Path(task, "schedstat").read_text().split()[0]) for task in
                   Path(f"/proc/{self.process.pid}/task").iterdir()) / 1_000

    def stop(self):
        self.connection.close()
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


ROWS = {
    "GET one": lambda server, number: server.call("GET", server.one),
    "GET list of 25": lambda server, number: server.call("GET", f"{SETTINGS}?pageSize=25"),
    "25 changes": lambda server, number: server.call("GET", CHANGES),
    "PATCH": lambda server, number: server.call("PATCH", server.one, {"name": f"name {number}"}),
    "POST": lambda server, number: server.call("POST", SETTINGS, {"name": f"name {number}"}),
    "decision": lambda server, number: server.call(
        "POST", server.decisions, {"direction": "Outbound", "attachments": [{"mime": "image/png"}]}),
    "token": lambda server, number: server.new_token(),
}


def repeat(server, row, times):
    for number in range(times):
        ROWS[row](server, number)


def counted_allocations(program, folder, library):
    """Allocations for a request, by row."""
    counter = Path(folder, "count")
    counter.write_bytes(bytes(mmap.PAGESIZE))
    server = Server(program, folder, {"LD_PRELOAD": str(library), "ALLOCATIONS_FILE": str(counter)})
    with open(counter, "r+b") as file, mmap.mmap(file.fileno(), mmap.PAGESIZE) as page:
        def count():
            return struct.unpack("Q", page[:8])[0]
        result = {}
        for row in ROWS:
            repeat(server, row, 100)
            before = count()
            repeat(server, row, COUNTED)
            result[row] = (count() - before) / COUNTED
    server.stop()
    return result


def counted_calls(program, folder):
    """System calls for a request, by row."""
    server = Server(program, folder)
    result = {}
    for row in ROWS:
        repeat(server, row, 100)
        summary = Path(folder, "calls")
        tracer = subprocess.Popen(["strace", "-f", "-c", "-S", "calls", "-o", str(summary), "-p", str(server.process.pid)],
                                  stderr=subprocess.PIPE, text=True)
        while "attached" not in tracer.stderr.readline():
            assert tracer.poll() is None
        repeat(server, row, COUNTED)
        tracer.send_signal(signal.SIGINT)
        tracer.stderr.read()
        tracer.wait()
        [total] = [line.split() for line in summary.read_text().splitlines() if line.endswith(" total")]
        result[row] = int(total[-3] if len(total) > 5 else total[-2]) / COUNTED
    server.stop()
    return result


def measured_time(program, folder):
    """Microseconds of CPU for a request, by row."""
    server = Server(program, folder)
    result = {}
    for row in ROWS:
        repeat(server, row, 200)
        before = server.cpu()
        repeat(server, row, REQUESTS)
        result[row] = (server.cpu() - before) / REQUESTS
    server.stop()
    return result


def main(old, new, rounds=10):
    folder = tempfile.mkdtemp()
    library = Path(folder, "allocations.so")
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", library, HERE / "allocations.c"], check=True)
    kinds = {
        "allocations": lambda program: counted_allocations(program, folder, library),
        "system calls": lambda program: counted_calls(program, folder),
        "us of CPU": lambda program: measured_time(program, folder),
    }
    measured = {kind: {old: [], new: []} for kind in kinds}
    for number in range(rounds):
        order = [old, new] if number % 2 == 0 else [new, old]
        for kind, measure in kinds.items():
            for program in order:
                measured[kind][program].append(measure(program))
        print(f"round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    for kind in kinds:
        print(f"\n{kind:16}{'old':>10}{'new':>10}{'ratio':>8}{'from':>8}{'to':>7}")
        for row in ROWS:
            one, two = ([each[row] for each in measured[kind][program]] for program in (old, new))
            ratios = sorted(after / before for before, after in zip(one, two))
            print(f"{row:16}{statistics.median(one):10.1f}{statistics.median(two):10.1f}"
                  f"{statistics.median(ratios):8.3f}{ratios[0]:8.3f}{ratios[-1]:7.3f}")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
