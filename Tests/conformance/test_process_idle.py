"""The cost of an idle connection."""

import resource
import socket
import time

import conformance

CONNECTIONS = 2000
GOAL = 32  # KiB of resident memory for each


def with_room_for(files):
    """Raises this process's limit of open files, which the server inherits."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < files:
        assert hard == resource.RLIM_INFINITY or hard >= files, f"at most {hard} open files are allowed, {files} are needed"
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))


def ask(stream, request):
    """Sends a request and reads its whole response."""
    stream.sendall(request)
    received = b""
    while b"\r\n\r\n" not in received:
        chunk = stream.recv(65536)
        assert chunk, f"the connection ended with {received}"
        received += chunk
    head, body = received.split(b"\r\n\r\n", 1)
    [length] = [int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    while len(body) < length:
        body += stream.recv(65536)
    assert head.startswith(b"HTTP/1.1 200 ") and len(body) == length, received


def test_an_idle_connection_costs_little(tmp_path, capsys):
    with_room_for(CONNECTIONS + 500)
    extra = conformance.bootstrap({"MESSAGING_IDLE_TIMEOUT": "600"})
    streams = []
    with conformance.serving(tmp_path / "messaging.sqlite", extra, "MESSAGING_SERVER_RELEASE") as server:
        request = (f"GET /api/v2/users/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {conformance.token(server)}\r\n\r\n"
                   ).encode()

        def connect():
            stream = socket.create_connection(("127.0.0.1", server.port), timeout=conformance.PATIENCE)
            ask(stream, request)
            return stream

        try:
            for _ in range(200):
                connect().close()
            time.sleep(1)
            before = conformance.resident_kilobytes(server.process.pid)
            streams += [connect() for _ in range(CONNECTIONS)]
            time.sleep(1)
            after = conformance.resident_kilobytes(server.process.pid)
            for stream in streams:
                ask(stream, request)
        finally:
            for stream in streams:
                stream.close()
    each = (after - before) / CONNECTIONS
    with capsys.disabled():
        print(f"\n{CONNECTIONS} idle connections: {each:.1f} KiB each ({before} to {after} KiB)")
    assert each <= 3 * GOAL
