"""All attacks at once beside the ordinary traffic of another organization, for ten minutes (`SOAK_SECONDS`), as a part of `make check-long`.

The times of another organization's requests are compared with their times before the attacks.
"""

import json
import multiprocessing
import os
import threading
import time

import attacks
import conformance
from conformance import Caller, Tenant, resident_kilobytes
from ledger import Writer, compare
from test_process_kill import assert_intact

API = attacks.API
QUIET_SECONDS = 15
SECONDS = int(os.environ.get("SOAK_SECONDS", "600"))
#: Seconds that all attacks together may add to the 99th percentile of another organization's requests, and the 99th percentile of health.
#: One attack alone should add half of that. The clients share the processors with the server, so nothing else should run.
MOST_ADDED, MOST_FOR_HEALTH = 0.020, 0.100
#: The memory that the server may take, in MiB, with the largest objects, bodies and responses that all limits together allow.
MOST_MEMORY = 256


class Traffic:
    """The ordinary requests of an organization: a writer and a reader with a fixed pace, and requests for the health."""

    def __init__(self, server, tenant):
        self.server, self.tenant = server, tenant
        self.writer = Writer(1, 20260301)
        self.times = {"write": [], "read": [], "health": []}
        self.failures = []
        self.stopping = threading.Event()
        self.threads = []

    def start(self):
        self.stopping.clear()
        self.times = {name: [] for name in self.times}
        steps = {"write": self.write(), "read": self.read(), "health": self.health()}
        self.threads = [threading.Thread(target=self.run, args=item) for item in steps.items()]
        for thread in self.threads:
            thread.start()

    def stop(self):
        """The 99th percentiles since the start, in seconds."""
        self.stopping.set()
        for thread in self.threads:
            thread.join(60)
        assert not self.failures, self.failures[:3]
        return {name: sorted(times)[len(times) * 99 // 100] for name, times in self.times.items()}

    def run(self, name, step):
        try:
            while not self.stopping.wait(0.01):
                start = time.monotonic()
                next(step)
                self.times[name].append(time.monotonic() - start)
        except BaseException as error:
            self.failures.append((name, repr(error)))

    def write(self):
        caller = self.tenant.caller()
        while True:
            request = self.writer.choose()
            self.writer.open.append(request)
            answer = self.writer.send(caller, API, request)
            assert answer.status < 300, (request.action, answer)
            self.writer.open.remove(request)
            self.writer.learn(request, answer)
            self.writer.acknowledged[request.action] += 1
            yield

    def read(self):
        caller = self.tenant.caller()
        while True:
            for path in ("settings?pageSize=25", "supportedcontent", "supportedcontent/default"):
                answer = caller.get(f"{API}/{path}")
                assert answer.status == 200, answer
                yield

    def health(self):
        connection = Caller(self.server)
        while True:
            answer = connection.get("/health/ready")
            assert answer.status == 200, answer
            yield


def prepared_attacks(server, end):
    """The organization of the attackers, and their attacks: functions and arguments."""
    tenant = Tenant(server, "Attackers")
    caller = tenant.caller()
    profile = caller.post(f"{API}/supportedcontent", attacks.largest_profile()).json()["id"]
    for number in range(100):
        made = caller.post(f"{API}/integrations/open", {
            "name": f"i{number}", "supportedContent": {"id": profile},
            "outboundNotificationWebhookUrl": "https://example.com/",
            "outboundNotificationWebhookSignatureSecretToken": conformance.new_secret("token")})
        assert made.status == 200, made
    reading = tenant.new_client("--permission", "messaging:setting:view", "--scope", "messaging:readonly")
    keeping = tenant.new_client("--permission", "messaging:setting:view")
    port, token = server.port, caller.token
    return [
        (attacks.unread_answers, end, port),
        (attacks.slow_bodies, end, port, token),
        (attacks.large_decisions, end, port, token, profile),
        (attacks.large_decisions, end, port, token, profile),
        (attacks.expanded_lists, end, port, token),
        *[(attacks.large_patches, end, port, token, profile)] * 8,
        *[(attacks.long_histories, end, port, token)] * 4,
        (attacks.endless_fields, end, port, token, profile),
        (attacks.revoked_tokens, end, port, reading["id"], reading["secret"]),
        (attacks.kept_tokens, end, port, keeping["id"], keeping["secret"]),
        (attacks.guesses, end, port, tenant.client["id"]),
    ]


def test_attacks_of_one_organization_leave_another_one_alone(tmp_path, capsys):
    database = tmp_path / "messaging.sqlite"
    server = conformance.Server(database, conformance.bootstrap({
        "MESSAGING_LOG_LEVEL": "warning", "MESSAGING_RATE_LIMIT": "1000000", "MESSAGING_MAX_TOKENS": "1000",
        "MESSAGING_MAX_ORGANIZATION_BYTES": str(256 << 20), "MESSAGING_SNAPSHOT_MEMORY": "1024", "MESSAGING_HISTORY_MIN_DAYS": "0",
        "MESSAGING_SWEEP_INTERVAL": "5"})).start()
    try:
        traffic = Traffic(server, Tenant(server, "Others"))
        factory = traffic.tenant.caller().get(f"{API}/supportedcontent/default").json()
        traffic.start()
        time.sleep(QUIET_SECONDS)
        quiet = traffic.stop()

        spawning = multiprocessing.get_context("spawn")
        results = spawning.Queue()
        running = [spawning.Process(target=attacks.attack, args=(function, results, *arguments), daemon=True)
                   for function, *arguments in prepared_attacks(server, time.monotonic() + SECONDS)]
        traffic.start()
        for process in running:
            process.start()
        peak, backups = watch(server, running, database, tmp_path)
        attacked = traffic.stop()
        counts = [results.get(timeout=30) for _ in running]

        compare(traffic.tenant.caller(), [traffic.writer], factory)
        assert server.stop() == 0, server.errors()
        server.start()
        compare(traffic.tenant.caller(), [traffic.writer], factory)
        assert server.stop() == 0, server.errors()
    finally:
        if server.process.poll() is None:
            server.kill()
    assert_intact(database, tmp_path / "copy")
    with capsys.disabled():
        report(quiet, attacked, peak, backups, counts, traffic)
    assert peak <= MOST_MEMORY
    assert attacked["health"] <= MOST_FOR_HEALTH
    for name in ("write", "read"):
        assert attacked[name] <= quiet[name] + MOST_ADDED, (name, quiet[name], attacked[name])


def watch(server, running, database, folder):
    """Returns the largest memory of the server until the attacks end, in MiB, and the number of backups meanwhile."""
    peak = backups = 0
    while any(process.is_alive() for process in running):
        assert server.process.poll() is None, server.errors()
        peak = max(peak, resident_kilobytes(server.process.pid) / 1024)
        if backups < SECONDS // 30 and int(time.monotonic()) % 20 == 0:
            file = folder / f"backup-{backups}.sqlite"
            done = conformance.run("backup", file, "--database", database, timeout=120)
            assert done.returncode == 0, done.stderr
            file.unlink()
            backups += 1
        time.sleep(0.2)
    for process in running:
        process.join(60)
        assert process.exitcode == 0
    return peak, backups


def report(quiet, attacked, peak, backups, counts, traffic):
    print(f"\n{SECONDS} s of attacks; at most {peak:.0f} MiB resident; {backups} backups meanwhile")
    for name in quiet:
        print(f"  {name}: p99 {quiet[name] * 1e3:.1f} ms before, {attacked[name] * 1e3:.1f} ms under attack "
              f"(at most {(quiet[name] + MOST_ADDED) * 1e3:.1f} ms)")
    print(f"  acknowledged meanwhile: {traffic.writer.acknowledged}")
    for name, answers in sorted(counts, key=str):
        print(f"  {name}: {json.dumps(answers)}")
