"""Clients that take more than their share. Each function runs in a separate process until a time of the monotonic clock, and returns
the number of its requests by outcome: a status, or the name of the error of a connection."""

import base64
import collections
import http.client
import json
import os
import socket
import time
import urllib.parse

API = "/api/v2/conversations/messaging"


class Connection:
    """Sends requests one after the other, over a new connection if the last one broke, and counts the responses."""

    def __init__(self, port, token=None):
        self.port, self.token = port, token
        self.counts = collections.Counter()
        self.connection = None

    def call(self, method, path, body=None, fields=None):
        """The status and the body; 0 and nothing when the connection broke."""
        sent = dict(fields or {})
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            self.connection.request(method, path, body, sent)
            response = self.connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            self.counts[type(error).__name__] += 1
            self.connection.close()
            self.connection = None
            time.sleep(0.01)
            return 0, b""
        self.counts[response.status] += 1
        if response.status == 429:
            time.sleep(0.05)
        return response.status, content


def largest_profile(entries=1_000):
    """A profile with the most entries that are allowed, each as long as its type may be here."""
    return {"name": "largest", "mediaTypes": {"allow": {
        "inbound": [{"type": f"application/vnd.{'x' * 200}-{number:05}"} for number in range(entries)]}}}


def until(end, step):
    while time.monotonic() < end:
        step()


def unread_answers(end, port, connections=100, requests=400):
    """Pipelines requests for the largest document and reads nothing, wave after wave."""
    request = b"GET /openapi.json HTTP/1.1\r\nHost: test\r\n\r\n" * requests
    counts = collections.Counter()

    def wave():
        opened = []
        for _ in range(connections):
            stream = socket.socket()
            stream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            stream.settimeout(5)
            try:
                stream.connect(("127.0.0.1", port))
                stream.setblocking(False)
                stream.send(request)
                counts["sent"] += 1
            except OSError as error:
                counts[type(error).__name__] += 1
            opened.append(stream)
        time.sleep(min(8, max(0, end - time.monotonic())))
        for stream in opened:
            stream.close()
    until(end, wave)
    return counts


def slow_bodies(end, port, token, connections=100):
    """Begins to send bodies as large as they may be, and goes on slowly."""
    head = (f"POST {API}/settings HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {token}\r\n"
            "Content-Type: application/json\r\nContent-Length: 1048576\r\n\r\n").encode()
    counts = collections.Counter()

    def wave():
        opened = []
        for _ in range(connections):
            try:
                stream = socket.create_connection(("127.0.0.1", port), timeout=5)
                stream.sendall(head + b" " * 1_000_000)
                opened.append(stream)
                counts["sent"] += 1
            except OSError as error:
                counts[type(error).__name__] += 1
        for _ in range(5):
            for stream in opened:
                try:
                    stream.sendall(b" ")
                except OSError as error:
                    counts[type(error).__name__] += 1
            time.sleep(min(1, max(0, end - time.monotonic())))
        for stream in opened:
            stream.close()
    until(end, wave)
    return counts


def large_decisions(end, port, token, profile):
    """Decides on the most attachments that one question may have, none of which the profile has."""
    client = Connection(port, token)
    question = json.dumps({"direction": "Inbound", "attachments": [{"mime": "z/z"}] * 10_000}).encode()
    until(end, lambda: client.call("POST", f"/platform/v1/supportedcontent/{profile}/decisions", question))
    return client.counts


def expanded_lists(end, port, token):
    """Asks for integrations together with the profile that all of them have."""
    client = Connection(port, token)
    until(end, lambda: client.call("GET", f"{API}/integrations/open?expand=supportedContent&pageSize=25"))
    return client.counts


def large_patches(end, port, token, profile):
    """Changes the name of a large profile, which rewrites all of it."""
    client = Connection(port, token)
    until(end, lambda: client.call("PATCH", f"{API}/supportedcontent/{profile}", {"name": "x"}))
    return client.counts


def long_histories(end, port, token):
    """Asks for pages far behind the first one."""
    client = Connection(port, token)
    until(end, lambda: client.call("GET", "/platform/v1/changes?pageSize=100&pageNumber=100"))
    return client.counts


def endless_fields(end, port, token, profile):
    """Simulates with logs whose first row has a field that does not end."""
    client = Connection(port, token)
    log = b'direction,mime\ninbound,"' + b"x" * (4 << 20)
    path = f"/platform/v1/supportedcontent/{profile}/simulations"
    until(end, lambda: client.call("POST", path, log, {"Content-Type": "text/csv"}))
    return client.counts


def revoked_tokens(end, port, client, secret):
    """Gets a token and revokes it, again and again, as a client that may only read."""
    connection = Connection(port)

    def once():
        token = issue(connection, client, secret)
        if token:
            connection.call("DELETE", "/api/v2/tokens/me", None, {"Authorization": f"Bearer {token}"})
    until(end, once)
    return connection.counts


def kept_tokens(end, port, client, secret):
    """Gets one token after the other and keeps them all."""
    connection = Connection(port)
    until(end, lambda: issue(connection, client, secret))
    return connection.counts


def guesses(end, port, client):
    """Shows wrong secrets of a client that exists."""
    connection = Connection(port)
    until(end, lambda: issue(connection, client, "wrong-secret-0123456789abcdef0123456789"))
    return connection.counts


def issue(connection, client, secret):
    """A new token; nothing when there was none to be had."""
    credentials = base64.b64encode(f"{client}:{secret}".encode()).decode()
    status, body = connection.call(
        "POST", "/oauth/token", urllib.parse.urlencode({"grant_type": "client_credentials"}).encode(),
        {"Authorization": f"Basic {credentials}", "Content-Type": "application/x-www-form-urlencoded"})
    return json.loads(body)["access_token"] if status == 200 else None


def attack(function, results, *arguments):
    """Runs an attack less urgently than all else on the machine, and puts its counts into the queue `results`."""
    os.nice(10)
    counts = function(*arguments)
    results.put((function.__name__, {str(answer): count for answer, count in counts.items()}))
