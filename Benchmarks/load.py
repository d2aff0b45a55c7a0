"""Drives servers with wrk, as fast as they go."""

import contextlib
import json
import resource
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from servers import TICKS, on_core

#: Seconds after which a slow server is measured by what it answered.
LONGEST = 4

#: Tells what wrk counted in one line.
DONE = """
done = function(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        '{"requests": %d, "microseconds": %d, "failed": %d, "p50_us": %d, "p99_us": %d}\\n',
        summary.requests, summary.duration,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout,
        latency:percentile(50), latency:percentile(99)))
end
"""
#: Goes around the requests, which are made once.
AROUND = """
local made, next = {}, 0
function init(args)
    for number, each in ipairs(requests) do
        wrk.headers["Authorization"] = each[2]
        made[number] = wrk.format(nil, each[1])
    end
end
function request()
    next = next % #made + 1
    return made[next]
end
"""
#: Gives each thread of the client a port of its own.
TO_EACH = """
local last = 0
function setup(thread)
    last = last + 1
    thread.addr = wrk.lookup("127.0.0.1", ports[last])[1]
end
"""


@dataclass
class Target:
    """What is asked of a server. `places` are paths with the token for each; with more than one the client goes around them."""
    server: object
    places: list
    method: str = "GET"
    body: bytes | None = None
    headers: dict = field(default_factory=dict)
    expected: object = None
    #: How long it takes to get some answers for each connection, if that is longer than the effort.
    seconds: float = 0

    def fields(self, token):
        authorization = {"Authorization": token if " " in token else f"Bearer {token}"} if token else {}
        return self.headers | authorization

    def check(self):
        """One request, whose answer must be as expected."""
        path, token = self.places[0]
        answer, content = self.server.call(self.method, path, self.body, self.fields(token), {*range(200, 300), 304})
        if self.expected is not None and content != self.expected:
            raise RuntimeError(f"{self.server.name}: {path} answers {content[:300]} instead of {self.expected[:300]}")
        return answer

    def script(self):
        """The Lua script of wrk for it."""
        lines = [f"wrk.method = {quoted(self.method)}", *(
            f"wrk.headers[{quoted(name)}] = {quoted(value)}" for name, value in self.fields(self.places[0][1]).items())]
        if self.body is not None:
            lines.append(f"wrk.body = {quoted(self.body.decode())}")
        if len(self.places) > 1:
            requests = ",\n".join(f"{{{quoted(path)}, {quoted(self.fields(token).get('Authorization', ''))}}}"
                                  for path, token in self.places)
            lines += [f"requests = {{{requests}}}", AROUND]
        if len(self.server.ports) > 1:
            lines += [f"ports = {{{', '.join(map(str, self.server.ports))}}}", TO_EACH]
        return "\n".join(lines) + DONE


def quoted(text):
    return json.dumps(text)


def wrk(target, connections, seconds, warm_up):
    """Requests a second, quantiles, and what the server and its database took of their core for each."""
    script = target.server.folder / "wrk.lua"
    script.write_text(target.script())
    if warm_up:
        run_wrk(target, connections, warm_up, script)
    while True:
        before = clocks(target.server)
        counted = run_wrk(target, connections, max(seconds, target.seconds), script)
        spent, database, others = (now - then for now, then in zip(clocks(target.server), before))
        if counted is None or counted["failed"]:
            raise RuntimeError(f"{target.server.name}: {target.method} {target.places[0][0]}: wrk counted {counted}")
        if counted["requests"] >= 3 * connections or target.seconds >= LONGEST:
            break
        target.seconds = 3 * max(seconds, target.seconds)
    if not counted["requests"]:
        raise RuntimeError(f"{target.server.name}: {target.method} {target.places[0][0]}: no answer")
    duration = counted["microseconds"] / 1e6
    measured = {"rps": counted["requests"] / duration, "p50_us": counted["p50_us"], "p99_us": counted["p99_us"],
                "cpu_us": spent * 1e6 / counted["requests"], "busy": spent / duration, "others": max(0, others / duration)}
    if target.server.database:
        measured["database_us"] = database * 1e6 / counted["requests"]
    return measured


def clocks(server):
    """Seconds that the processors were busy with the server, with its database, and with neither of them nor a client."""
    database = server.database.processor_seconds() if server.database else 0
    spent = server.processor_seconds()
    return spent, database, busy() - spent - database


def busy():
    """Seconds that the processors were busy with anything but a client."""
    fields = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    idle_and_waiting = fields[3] + fields[4]
    return (sum(fields) - idle_and_waiting) / TICKS - children.ru_utime - children.ru_stime


def run_wrk(target, connections, seconds, script):
    """wrk takes whole seconds only. If it is interrupted, it reports its counts so far; while it starts, it ignores that."""
    url = f"http://127.0.0.1:{target.server.port}{target.places[0][0]}"
    command = on_core(target.server.client_cores, "wrk", f"-t{len(target.server.ports)}", f"-c{connections}", "-d60s",
                      "--timeout", "30s", "--latency", "-s", script, url)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    time.sleep(seconds)
    output = None
    while output is None:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            output, _ = process.communicate(timeout=1)
    lines = [line for line in output.splitlines() if line.startswith("{")]
    return json.loads(lines[0]) if lines else None
