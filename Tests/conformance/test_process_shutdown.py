"""SIGTERM: what was accepted is answered, what was not answered did not happen."""

import http.client
import random
import signal
import socket
import threading
import time

import conformance
from conformance import Caller
from ledger import Tally

ROUNDS, CLIENTS = 10, 64
PATH = "/api/v2/messaging/settings"


class Poster(threading.Thread):
    """Creates settings until its connection ends; keeps what was answered and what was not.

    A request on a connection that the server had not told it would close is one that the server accepted.
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


def terminate(server):
    started = time.monotonic()
    code = server.stop(timeout=15)
    return code, time.monotonic() - started


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
        reached = tally.wait_for(pick.randint(200, 800), timeout=60)
        code, seconds = terminate(server)
        for poster in posters:
            poster.join(40)
            assert not poster.is_alive()
            if poster.failure:
                raise poster.failure
        assert reached and code == 0, (reached, code, server.errors()[-2000:])
        assert seconds <= 10
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
    server = conformance.Server(tmp_path / "messaging.sqlite").start()
    token = conformance.token(server)
    callers = [Caller(server, token) for _ in range(CLIENTS)]
    for caller in callers:
        assert caller.get(PATH).status == 200
    silent = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(8)]
    code, seconds = terminate(server)
    assert code == 0 and seconds <= 10
    for stream in silent:
        stream.close()


def test_sigterm_does_not_wait_for_half_requests(tmp_path):
    server = conformance.Server(tmp_path / "messaging.sqlite").start()
    token = conformance.token(server)
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
    body = 'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"name":"half"'
    stalled = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(8)]
    for index, stream in enumerate(stalled):
        stream.sendall((head if index % 2 else head + body).encode())
    assert Caller(server, token).post(PATH, {"name": "whole"}).status == 200
    code, seconds = terminate(server)
    assert code == 0 and seconds <= 10, (code, seconds)
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
        started = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        while conformance.Caller(server, token).get("/health/ready").status != 503:
            assert time.monotonic() - started < 1
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(10) == 1
        assert time.monotonic() - started < 5
    with conformance.serving(server.database) as again:
        assert [entity["name"] for entity in Caller(again, token).everything(PATH)] == ["kept"]


def test_sigint_ends_like_sigterm(tmp_path):
    server = conformance.Server(tmp_path / "messaging.sqlite").start()
    assert Caller(server, conformance.token(server)).post(PATH, {"name": "x"}).status == 200
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(10) == 0


def test_a_connection_that_was_made_just_before_sigterm_is_served(tmp_path):
    for number in range(20):
        server = conformance.Server(tmp_path / f"{number}.sqlite").start()
        stream = socket.create_connection(("127.0.0.1", server.port))
        stream.sendall(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
        server.process.send_signal(signal.SIGTERM)
        answer = b""
        while part := stream.recv(4096):
            answer += part
        assert answer.startswith(b"HTTP/1.1 200 "), answer
        assert server.process.wait(10) == 0
