"""The memory that clients cost who send requests and do not read."""

import contextlib
import socket
import ssl
import time

import pytest

import conformance
from test_process_idle import ask, with_room_for
from test_process_tls import Files

CONNECTIONS, REQUESTS = 1000, 400
MIB = 1024
#: MiB of resident memory above an idle server, without and with TLS; and MiB that may be left after the attack.
GOAL, SECURE_GOAL, KEPT = 64, 128, 16
#: Bytes that wait at least for each client, as the server counts them, without and with TLS.
WAITING, SECURE_WAITING = 24_000, 384
#: Seconds within which memory was returned. A server checks once a second if there is a need, and returns it once a minute without one.
GIVEN_BACK = 20
#: Pages of 8 MiB, and MiB above an idle server while all of them are requested: 64 of responses, and the memory of one page.
PAGES, PAGES_GOAL = 40, 160
DOCUMENT = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"
ALIVE = b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture
def server(request, tmp_path):
    with_room_for(CONNECTIONS + 500)
    extra = conformance.bootstrap({"MESSAGING_IDLE_TIMEOUT": "600"})
    context = None
    if request.param == "tls":
        files = Files(tmp_path)
        extra, context = extra | files.settings, files.context()
    with conformance.serving(tmp_path / "messaging.sqlite", extra, "MESSAGING_SERVER_RELEASE") as running:
        running.context = context
        yield running


def connect(server):
    stream = socket.socket()
    stream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    stream.settimeout(conformance.PATIENCE)
    stream.connect(("127.0.0.1", server.port))
    return server.context.wrap_socket(stream, server_hostname="127.0.0.1") if server.context else stream


def resident(server):
    return conformance.resident_kilobytes(server.process.pid) / MIB


def wait_until_sent(server):
    """Waits until every connection has a waiting response, by the server's metrics.

    Returns the highest memory meanwhile, and the bytes that wait; none when the server has cut a connection, which it does after half a
    minute.
    """
    peak, previous = 0, -1
    while True:
        waiting = metric(server, "messaging_response_bytes_waiting")
        peak = max(peak, resident(server))
        if metric(server, "messaging_connections_open") <= CONNECTIONS:
            return peak, 0
        if waiting == previous:
            return peak, waiting
        previous = waiting
        time.sleep(0.5)


def metric(server, name):
    stream = socket.create_connection(("127.0.0.1", server.port), timeout=conformance.PATIENCE)
    if server.context:
        stream = server.context.wrap_socket(stream, server_hostname="127.0.0.1")
    with stream:
        stream.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        received = b""
        while chunk := stream.recv(65536):
            received += chunk
    lines = [line for line in received.decode().splitlines() if line.startswith(name + " ")]
    return int(lines[0].split()[1]) if lines else 0


def attack(server):
    """Returns the highest resident memory while the clients do not read, and closes them.

    All connections are there, and have a response that waits, at the same time. A machine that is too slow for that begins again.
    """
    highest = 0
    for _ in range(5):
        streams = []
        try:
            for _ in range(CONNECTIONS):
                stream = connect(server)
                streams.append(stream)
                ask(stream, ALIVE)
            for stream in streams:
                stream.sendall(DOCUMENT * REQUESTS)
            peak, waiting = wait_until_sent(server)
        finally:
            for stream in streams:
                stream.close()
        highest = max(highest, peak)
        if waiting:
            print(f"{waiting / CONNECTIONS:.0f} bytes wait for each of {CONNECTIONS} connections")
            assert waiting >= CONNECTIONS * (SECURE_WAITING if server.context else WAITING)
            return highest
    raise AssertionError(f"{CONNECTIONS} connections were not held at a time")


def comes_down(server, most):
    """Waits until the server has no other connection and at most so many MiB. Returns its MiB."""
    conformance.until(lambda: metric(server, "messaging_connections_open") <= 1)
    conformance.until(lambda: resident(server) <= most, lambda: f"{resident(server):.0f} MiB are left", within=GIVEN_BACK)
    return resident(server)


@pytest.mark.parametrize("server", ["plain", "tls"], indirect=True)
def test_clients_that_pipeline_and_do_not_read_cost_little(server, capsys):
    goal = SECURE_GOAL if server.context else GOAL
    idle = resident(server)
    first = attack(server)
    warm = comes_down(server, idle + 2 * KEPT)
    second = attack(server)
    after = comes_down(server, warm + KEPT)
    with capsys.disabled():
        print(f"\n{CONNECTIONS} connections that do not read: idle {idle:.0f} MiB, attacks {first:.0f} and {second:.0f}, "
              f"after them {warm:.0f} and {after:.0f}")
    assert first - idle <= goal and second - idle <= goal
    assert metric(server, "messaging_responses_cut_total") == 0


def test_pages_of_a_history_wait_without_their_bytes(tmp_path, capsys):
    """Clients that do not read request more pages than fit into memory. All pages are made, and few are kept."""
    extra = conformance.bootstrap() | {"MESSAGING_MAX_RESPONSE_MEMORY": "64", "MESSAGING_RATE_LIMIT": "1000000"}
    with conformance.serving(tmp_path / "messaging.sqlite", extra, "MESSAGING_SERVER_RELEASE") as server:
        server.context = None
        token = conformance.token(server)
        caller = conformance.Caller(server, token)
        types = [{"type": f"application/x{number:05d}{'a' * 237}"} for number in range(1000)]
        path = "/api/v2/conversations/messaging/supportedcontent"
        made = caller.post(path, {"name": "p", "mediaTypes": {"allow": {"inbound": types, "outbound": []}}})
        assert made.status == 200, made.body
        for _ in range(15):
            assert caller.patch(f"{path}/{made.json()['id']}", {"name": "q"}).status == 200
        idle, peak, streams = resident(server), 0, []
        try:
            for _ in range(PAGES):
                stream = connect(server)
                streams.append(stream)
                stream.sendall(f"GET /platform/v1/changes?kind=supportedcontent&id={made.json()['id']}&pageSize=14 HTTP/1.1\r\n"
                               f"Host: x\r\nAuthorization: Bearer {token}\r\n\r\n".encode())

            def are_made():
                nonlocal peak
                peak = max(peak, resident(server))
                return metric(server, 'messaging_requests_total{operation="getPlatformChanges",status="200"}') >= PAGES

            conformance.until(are_made)
        finally:
            for stream in streams:
                stream.close()
        with capsys.disabled():
            print(f"\n{PAGES} pages of a history: idle {idle:.0f} MiB, at most {peak:.0f} MiB")
        assert peak - idle <= PAGES_GOAL


@pytest.mark.parametrize("server", ["plain", "tls"], indirect=True)
def test_a_client_that_reads_gets_every_response_in_order(server):
    stream = connect(server)
    stream.sendall((DOCUMENT + b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n") * 20)
    reader = stream.makefile("rb")
    for index in range(40):
        status = reader.readline()
        assert status.startswith(b"HTTP/1.1 404 " if index % 2 else b"HTTP/1.1 200 "), status
        length = None
        while (line := reader.readline()) != b"\r\n":
            name, value = line.split(b":", 1)
            if name.lower() == b"content-length":
                length = int(value)
        body = reader.read(length)
        assert len(body) == length
        conformance.strict_json(body)
    with contextlib.suppress(ssl.SSLError):
        stream.close()
