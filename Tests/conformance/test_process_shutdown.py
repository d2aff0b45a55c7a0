"""SIGTERM: accepted requests get their responses, and requests without a response changed nothing."""

import contextlib
import http.client
import json
import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

import pytest

import conformance
from conformance import Caller
from faults import Faults
from ledger import Tally

ROUNDS, CLIENTS = 10, 64
PATH = "/api/v2/messaging/settings"


class Poster(threading.Thread):
    """Creates settings until its connection ends. Keeps the requests with and without a response.

    A request counts as accepted unless the server had announced that it closes the connection.
    """

    def __init__(self, number, server, token, tally):
        super().__init__(daemon=True)
        self.number, self.tally = number, tally
        self.caller = Caller(server, token)
        self.created, self.unanswered, self.lost, self.failure = {}, [], [], None

    def run(self):
        accepted = False
        try:
            for count in range(1_000_000):
                name = f"client {self.number:02} request {count:06}"
                try:
                    answer = self.caller.post(PATH, {"name": name})
                except (OSError, http.client.HTTPException):
                    self.unanswered.append(name)
                    if accepted:
                        self.lost.append(name)
                    return
                accepted = "close" not in (answer.header("Connection") or "").lower()
                assert answer.status == 200, answer
                self.created[name] = answer.json()
                self.tally.add()
        except BaseException as error:
            self.failure = error


def test_sigterm_under_64_clients_10_rounds(tmp_path, capsys):
    pick, durations, total = random.Random(7), [], 0
    for number in range(ROUNDS):
        folder = tmp_path / f"round-{number}"
        folder.mkdir()
        server = conformance.Server(folder / "messaging.sqlite").start()
        token, tally = conformance.token(server), Tally()
        posters = [Poster(index, server, token, tally) for index in range(CLIENTS)]
        for poster in posters:
            poster.start()
        reached = tally.wait_for(pick.randint(200, 800))
        code, seconds = conformance.terminate(server)
        for poster in posters:
            poster.join(conformance.PATIENCE)
            assert not poster.is_alive()
            if poster.failure:
                raise poster.failure
        assert reached and code == 0, (reached, code, server.errors()[-2000:])
        durations.append(round(seconds, 2))
        assert [name for poster in posters for name in poster.lost] == [], "an accepted request was not answered"
        created = {name: entity for poster in posters for name, entity in poster.created.items()}
        silent = {name for poster in posters for name in poster.unanswered}
        with conformance.serving(folder / "messaging.sqlite") as again:
            present = {entity["name"]: entity for entity in Caller(again, token).everything(PATH)}
        assert present.keys() & silent == set(), "a request without an answer had an effect"
        assert present == created
        total += len(created)
    with capsys.disabled():
        print(f"\n{ROUNDS} SIGTERMs, {total} answered writes, seconds to exit {durations}")


def test_sigterm_does_not_wait_for_idle_connections(tmp_path):
    def stop():
        server = conformance.Server(tmp_path / "messaging.sqlite").start()
        token = conformance.token(server)
        callers = [Caller(server, token) for _ in range(CLIENTS)]
        for caller in callers:
            assert caller.get(PATH).status == 200
        silent = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(8)]
        _, seconds = conformance.terminate(server)
        for stream in silent:
            stream.close()
        return seconds

    assert conformance.is_sooner(conformance.CUT_OFF, stop)


def test_sigterm_does_not_wait_for_half_requests(tmp_path):
    """The requests have ten minutes to become complete."""
    patient = conformance.bootstrap({"MESSAGING_REQUEST_TIMEOUT": "600"})
    server = conformance.Server(tmp_path / "messaging.sqlite", patient).start()
    token = conformance.token(server)
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
    body = 'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"name":"half"'
    stalled = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(8)]
    for index, stream in enumerate(stalled):
        stream.sendall((head if index % 2 else head + body).encode())
    assert Caller(server, token).post(PATH, {"name": "whole"}).status == 200
    conformance.until(lambda: re.search(rb"\nmessaging_body_bytes [1-9]", Caller(server).get("/metrics").body))
    conformance.terminate(server)
    for stream in stalled:
        stream.close()
    with conformance.serving(server.database) as again:
        assert [entity["name"] for entity in Caller(again, token).everything(PATH)] == ["whole"]


def test_a_second_signal_ends_at_once(tmp_path):
    server = conformance.Server(tmp_path / "messaging.sqlite").start()
    token = conformance.token(server)
    caller = Caller(server, token)
    assert caller.post(PATH, {"name": "kept"}).status == 200
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
    with socket.create_connection(("127.0.0.1", server.port)) as stalled:
        stalled.sendall(f"{head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n".encode())
        assert caller.get(PATH).status == 200
        server.process.send_signal(signal.SIGTERM)
        conformance.until(lambda: Caller(server).get("/health/ready").status == 503)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(conformance.STOP) == 1
        assert "took too long" not in server.errors(), "it ended by the signal, not at the end of its time"
    with conformance.serving(server.database) as again:
        assert [entity["name"] for entity in Caller(again, token).everything(PATH)] == ["kept"]


def test_sigint_ends_like_sigterm(tmp_path):
    server = conformance.Server(tmp_path / "messaging.sqlite").start()
    assert Caller(server, conformance.token(server)).post(PATH, {"name": "x"}).status == 200
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(conformance.STOP) == 0


def test_a_connection_opened_just_before_sigterm_is_served(tmp_path):
    for number in range(20):
        server = conformance.Server(tmp_path / f"{number}.sqlite").start()
        stream = socket.create_connection(("127.0.0.1", server.port))
        stream.sendall(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
        server.process.send_signal(signal.SIGTERM)
        answer = b""
        while part := stream.recv(4096):
            answer += part
        assert answer.startswith(b"HTTP/1.1 200 "), answer
        assert server.process.wait(conformance.STOP) == 0


def test_sigterm_is_handled_while_the_database_is_checked(tmp_path):
    database = tmp_path / "messaging.sqlite"
    server = conformance.Server(database).start()
    assert server.stop() == 0
    with sqlite3.connect(database) as large:
        large.execute("CREATE TABLE ballast (bytes BLOB)")
        large.executemany("INSERT INTO ballast VALUES (randomblob(1048576))", [()] * 64)
    large.close()
    disk = Faults(tmp_path / "faults")
    disk.begin("drag")
    process = subprocess.Popen(
        [conformance.binary(), "serve", "--port", "0", "--database", database], env=conformance.environment(disk.environment),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    wait_until_it_reads(process.pid, database)
    process.send_signal(signal.SIGTERM)
    output, errors = process.communicate(timeout=conformance.STOP)
    assert process.returncode == 0, errors
    assert "Listening" not in output
    assert "Stopped before serving requests" in errors
    assert server.start().stop() == 0


def wait_until_it_reads(pid, database):
    """Returns once the process has the database open, or has ended."""
    while True:
        try:
            if str(database) in {os.readlink(file) for file in Path(f"/proc/{pid}/fd").iterdir()}:
                return
        except FileNotFoundError:
            if not Path(f"/proc/{pid}").exists():
                return


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_early_signal_ends_the_start(tmp_path, number):
    """Before the arguments are read, and so long before there is anything that could handle it."""
    early = Faults(tmp_path / "faults").environment | {"EARLY_SIGNAL": str(int(number))}
    done = conformance.run("serve", "--port", "0", "--database", tmp_path / "messaging.sqlite", extra=early)
    assert done.returncode == 0, done
    assert "Stopped before serving requests" in done.stderr and "Listening" not in done.stdout


def test_an_early_sighup_is_ignored(tmp_path):
    early = Faults(tmp_path / "faults").environment | {"EARLY_SIGNAL": str(int(signal.SIGHUP))}
    with conformance.serving(tmp_path / "messaging.sqlite", early) as server:
        assert Caller(server).get("/health/ready").status == 200
    assert server.errors().count("Ignored SIGHUP") == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_an_early_signal_ends_other_commands(tmp_path, number):
    early = Faults(tmp_path / "faults").environment | {"EARLY_SIGNAL": str(int(number))}
    assert conformance.run("openapi", extra=early).returncode == -number
    ignoring = lambda: signal.signal(number, signal.SIG_IGN)  # noqa: E731
    assert conformance.run("openapi", extra=early, preexec_fn=ignoring).returncode == 0


def test_a_stop_takes_at_most_ten_seconds_with_a_stuck_disk_and_log_reader(tmp_path):
    faults, database = Faults(tmp_path / "faults"), tmp_path / "messaging.sqlite"
    process = subprocess.Popen(
        [conformance.binary(), "serve", "--port", "0", "--database", database], env=conformance.environment(faults.environment),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    conformance.STARTED.append(process)
    server = conformance.Server(database)
    server.port = next(int(line.rsplit(":", 1)[1]) for line in process.stdout if line.startswith("Listening on"))
    token = conformance.token(server)
    for _ in range(600):  # more lines than the pipe takes
        Caller(server, token).get(PATH)
    faults.begin("hang")
    stuck = socket.create_connection(("127.0.0.1", server.port))
    stuck.sendall(f"POST {PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
                  "Content-Length: 12\r\n\r\n{\"name\":\"x\"}".encode())
    conformance.until(faults.holds_a_sync)
    started = time.monotonic()
    process.terminate()
    assert process.wait(conformance.STOP) == 1
    print(f"stopped after {time.monotonic() - started:.1f} s")
    stuck.close()
    process.stdout.close()
    process.stderr.close()


def test_sighup_without_a_certificate_is_ignored(tmp_path):
    with conformance.serving(tmp_path / "messaging.sqlite") as server:
        server.process.send_signal(signal.SIGHUP)
        conformance.until(lambda: "Ignored SIGHUP" in server.errors(), server.errors)
        assert Caller(server).get("/health/ready").status == 200


def test_an_exit_with_many_heavy_waiting_writes_takes_at_most_ten_seconds(tmp_path):
    """The disk is so slow that the writes would take more than a minute on any machine."""
    disk = Faults(tmp_path / "faults")
    room = disk.environment | {"MESSAGING_MAX_ORGANIZATION_BYTES": str(1 << 30), "MESSAGING_SNAPSHOT_MEMORY": "4096"}
    server = conformance.Server(tmp_path / "messaging.sqlite", room).start()
    token = conformance.token(server)
    profile = {"name": "large", "mediaTypes": {"allow": {
        "inbound": [{"type": f"application/vnd.{'x' * 200}-{number:05}"} for number in range(1_000)]}}}
    path = f"{conformance.SUCCESSOR}/supportedcontent"
    identifier = Caller(server, token).post(path, profile).json()["id"]
    body = json.dumps(profile)
    head = (f"PATCH {path}/{identifier} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n")
    streams = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(256)]
    disk.begin("drag")
    for stream in streams:
        stream.sendall((head + body).encode())
    code, seconds = conformance.terminate(server)
    disk.end("drag")
    answers = [status_of(stream) for stream in streams]
    print(f"stopped after {seconds:.1f} s, with {code}; {answers.count(200)} writes answered")
    assert set(answers) <= {200, 503, None}, set(answers)
    assert code or "the server is stopping" in server.errors(), "writes that waited were refused"
    with conformance.serving(server.database) as again:
        changes = Caller(again, token).get(f"{path}/{identifier}").json()["version"] - 1
    assert answers.count(200) <= changes <= len(streams) - answers.count(503)


def status_of(stream):
    """The status of the response that a connection got; nothing when it got none."""
    stream.settimeout(conformance.PATIENCE)
    with stream, contextlib.suppress(ConnectionError):
        received = stream.recv(64)
        if received:
            return int(received.split()[1])
