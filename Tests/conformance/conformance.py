"""Starts the real server as a process and speaks plain HTTP to it."""

import base64
import contextlib
import hashlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.parse
import uuid
from dataclasses import dataclass
from pathlib import Path

from canaries import Canaries
from waiting import (CUT_OFF, PATIENCE, STOP, counted_in_a_minute, is_sooner,  # noqa: F401: for the tests
                     later_millisecond, seconds_of, until)

CLIENT_ID = "0d6b9a52-7d3b-4c0e-9a51-2f1c6a4b8e10"
CLIENT_SECRET = "conformance-secret-of-more-than-32-characters"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
FAMILIES = {"messaging": "/api/v2/messaging", "conversations": "/api/v2/conversations/messaging"}
UNKNOWN_ID = "4c3d2a10-0000-4000-8000-000000000000"
SUCCESSOR = FAMILIES["conversations"]
ERROR_KEYS = {"message", "code", "status", "contextId", "details", "errors"}
ERROR_OPTIONAL = {"messageWithParams", "messageParams", "entityId", "entityName", "limit"}

#: Kinds of responses that may contain secrets of integrations (canaries.py).
INTEGRATION_CHANGES, INTEGRATION_READS = "answers to changes of integrations", "answers about integrations"

#: Kinds of responses of an emulator that may contain secrets.
EMULATED_ORGANIZATIONS, EMULATOR_STATES = "answers that create organizations for tests", "answers with the content of an organization"

STARTED = []
CANARIES = Canaries()


def binary(variable="MESSAGING_SERVER"):
    """A program's path from the environment; a missing one is an error, never a reason to skip."""
    value = os.environ.get(variable)
    assert value, f"set {variable} to the path of its program"
    path = Path(value).resolve()
    assert os.access(path, os.X_OK), f"{variable}={path} is not an executable file"
    return str(path)


def environment(extra=None):
    """The caller's environment without any MESSAGING_ variable, plus `extra`."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("MESSAGING_")}
    extra = extra or {}
    CANARIES.learn(extra.get("MESSAGING_BOOTSTRAP_CLIENT_SECRET", ""), extra.get("MESSAGING_BOOTSTRAP_CLIENT_ID"))
    for key in extra.get("MESSAGING_ENCRYPTION_KEY", "").split(","):
        CANARIES.learn_key(key)
    return kept | extra


def bootstrap(extra=None):
    return {
        "MESSAGING_BOOTSTRAP_CLIENT_ID": CLIENT_ID,
        "MESSAGING_BOOTSTRAP_CLIENT_SECRET": CLIENT_SECRET,
        "MESSAGING_RATE_LIMIT": "1000000",
    } | (extra or {})


def run(*arguments, extra=None, timeout=PATIENCE, **options):
    """Runs the binary to its end and returns the completed process with text output."""
    done = subprocess.run(
        [binary(), *map(str, arguments)], env=environment(extra), capture_output=True, text=True,
        timeout=timeout, stdin=subprocess.DEVNULL, **options)
    CANARIES.learn_printed(done.stdout)
    if not {"create", "rotate", "import"} & set(arguments):
        CANARIES.write("output", done.stdout)
    CANARIES.write("errors of commands", done.stderr)
    CANARIES.write("arguments", *arguments)
    return done


def administer(*arguments, database):
    """Runs an administration command that must succeed; returns its JSON document."""
    folder = None if "host=" in str(database) else Path(database).parent
    done = run(*arguments, "--database", database, "--json", cwd=folder)
    assert done.returncode == 0, f"{arguments}: exit {done.returncode}: {done.stderr}"
    if folder:
        CANARIES.watch(folder)
    document = json.loads(done.stdout)
    if "secret" in document:
        CANARIES.learn(document["secret"], document["id"])
    return document


class Tenant:
    """A new organization of a running server, with a client that may do everything."""

    def __init__(self, server, name="Tenant"):
        self.server = server
        self.organization = self._administer("organizations", "create", "--name", name)
        self.client = self.new_client()

    def _administer(self, *arguments):
        return administer(*arguments, database=self.server.address)

    def new_client(self, *options):
        return self._administer("clients", "create", "--name", "Client",
                                "--organization", self.organization["id"], *options)

    def caller(self, client=None):
        client = client or self.client
        return Caller(self.server, token(self.server, client["id"], client["secret"]))


class Server:
    """One `messaging-server serve` process on a port of its own choice."""

    def __init__(self, database, extra=None, variable="MESSAGING_SERVER"):
        self.database = Path(database)
        #: What the program gets as its database: the path, or an address.
        self.address = str(database)
        self.extra = bootstrap() if extra is None else extra
        self.binary = binary(variable)
        self.process = None
        self.output = []
        self.log = self.database.parent / f"{self.database.name}.{uuid.uuid4().hex[:8]}.stderr"

    def start(self):
        self.output = []
        self.host = self.port = None
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [self.binary, "serve", "--port", "0", "--database", self.address],
                env=environment(self.extra), cwd=self.database.parent, text=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
        STARTED.append(self.process)
        self.listening = threading.Event()
        self.reader = threading.Thread(target=self._read, args=(self.process.stdout, self.listening), daemon=True)
        self.reader.start()
        self.listening.wait(PATIENCE)
        if self.port is None:
            self.kill()
            raise AssertionError(f"no Listening line: {self.output} {self.errors()}")
        CANARIES.watch(self.database.parent)
        CANARIES.watch_process(self.process)
        if self.key_file.exists():
            for key in self.key_file.read_text().split(","):
                CANARIES.learn_key(key.strip())
        return self

    def _read(self, stream, listening):
        for line in stream:
            self.output.append(line.rstrip("\n"))
            if line.startswith("Client secret: "):
                CANARIES.learn_printed(line)
            else:
                CANARIES.write("output", line)
            found = re.fullmatch(r"Listening on (https?)://127\.0\.0\.1:(\d+)", self.output[-1])
            if found:
                self.scheme, self.port = found.group(1), int(found.group(2))
                listening.set()
        stream.close()
        listening.set()

    @property
    def key_file(self):
        return self.database.with_name(f"{self.database.name}.key")

    @property
    def url(self):
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def errors(self):
        return self.log.read_text(errors="replace")

    def stop(self):
        """SIGTERM; returns the exit code, which the caller compares with 0: that of a server that stopped before its own limit."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self._finish(STOP)

    def kill(self):
        self.process.kill()
        return self._finish(PATIENCE)

    def _finish(self, limit):
        try:
            code = self.process.wait(limit)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"the server did not exit within {limit} s")
        self.reader.join(PATIENCE)
        return code


def terminate(server):
    """Sends SIGTERM. Returns the exit code, 1 if the server logged that it reached its own time limit and else 0, and the seconds."""
    started = time.monotonic()
    code = server.stop()
    assert code == ("Exited with unanswered requests" in server.errors()), (code, server.errors()[-2000:])
    return code, time.monotonic() - started


@contextlib.contextmanager
def serving(database, extra=None, variable="MESSAGING_SERVER"):
    """A running server; leaving the block stops it and demands exit code 0."""
    server = Server(database, extra, variable).start()
    try:
        yield server
    except BaseException:
        server.kill()
        raise
    assert server.stop() == 0, server.errors()


@dataclass
class Answer:
    status: int
    headers: list
    body: bytes

    def header(self, name):
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        assert len(values) <= 1, f"{name} sent {len(values)} times"
        return values[0] if values else None

    def json(self):
        return strict_json(self.body)


def strict_json(text):
    """Parses a response. A null or a repeated name anywhere in it is an error."""
    def members(pairs):
        names = [name for name, _ in pairs]
        assert len(names) == len(set(names)), f"repeated name in {names}"
        assert all(value is not None for _, value in pairs), f"null in {pairs}"
        return dict(pairs)

    value = json.loads(text, object_pairs_hook=members)
    assert value is not None
    return value


def place(method, path):
    """Returns the kind of a response, since only some kinds may contain secrets."""
    if (method, path) == ("POST", "/platform/v1/emulator/organizations"):
        return EMULATED_ORGANIZATIONS
    if (method, path) == ("GET", "/platform/v1/emulator/state"):
        return EMULATOR_STATES
    if "/integrations/open" not in path:
        return "answers"
    return INTEGRATION_CHANGES if method in ("POST", "PATCH") else INTEGRATION_READS


def new_secret(what):
    return f"{what}-{uuid.uuid4().hex}"


def learn_integration(token, headers):
    """Registers the secrets of an integration. Its token may be in responses to changes only, its headers in responses to reads too."""
    if isinstance(token, str):
        CANARIES.learn(token, places=(INTEGRATION_CHANGES,))
    if isinstance(headers, dict):
        for value in headers.values():
            if isinstance(value, str):
                CANARIES.learn(value, places=(INTEGRATION_CHANGES, INTEGRATION_READS))


def learn_request(method, path, body):
    """Registers the secrets in the body of a request, and the digest that would confirm a guess of them."""
    if place(method, path) != INTEGRATION_CHANGES:
        return
    CANARIES.learn(hashlib.sha256(body).hexdigest())
    with contextlib.suppress(ValueError):
        document = json.loads(body)
        if isinstance(document, dict):
            learn_integration(document.get("outboundNotificationWebhookSignatureSecretToken"),
                              document.get("webhookHeaders"))


def check_answer(path, answer, kind="answers"):
    """Checks what holds for every response of the API, success or refusal. No refusal contains a secret."""
    kind = "answers" if answer.status >= 400 else kind
    CANARIES.write(kind, *(f"{name}: {value}" for name, value in answer.headers), answer.body)
    if not path.startswith("/api/"):
        return
    names = [name for name, _ in answer.headers]
    assert names.count("ININ-Correlation-Id") == 1, names
    correlation = answer.header("ININ-Correlation-Id")
    assert uuid.UUID(correlation)
    assert answer.header("Genesys-Correlation-Id") == correlation
    if answer.status == 204:
        assert answer.body == b"" and answer.header("Content-Type") is None
    else:
        assert answer.header("Content-Type").split(";")[0].strip() == "application/json"
        body = answer.json()
        if answer.status >= 400:
            check_error(body, answer.status, correlation)


def check_error(body, status, correlation):
    assert ERROR_KEYS <= set(body) <= ERROR_KEYS | ERROR_OPTIONAL, sorted(body)
    assert isinstance(body["message"], str) and body["message"].strip()
    assert isinstance(body["code"], str) and re.fullmatch(r"[a-z]+(\.[a-z]+)*", body["code"])
    assert body["status"] == status and type(body["status"]) is int
    assert body["contextId"] == correlation
    assert isinstance(body["details"], list) and isinstance(body["errors"], list)
    for detail in body["details"]:
        assert set(detail) <= {"errorCode", "fieldName", "entityId", "entityName"}, detail
    if "messageParams" in body:
        assert all(isinstance(value, str) for value in body["messageParams"].values())


class Caller:
    """HTTP calls with one bearer token and one keep-alive connection. Every response is checked."""

    def __init__(self, server, token=None, scheme="Bearer"):
        self.server, self.token, self.scheme = server, token, scheme
        CANARIES.learn(token or "")
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)

    def call(self, method, path, body=None, headers=None):
        sent = {}
        if self.token is not None:
            sent["Authorization"] = f"{self.scheme} {self.token}"
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        if body is not None:
            sent["Content-Type"] = "application/json"
            learn_request(method, path, body)
        self.connection.request(method, path, body=body, headers=sent | (headers or {}))
        response = self.connection.getresponse()
        answer = Answer(response.status, response.getheaders(), response.read())
        check_answer(path, answer, place(method, path))
        return answer

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, body):
        return self.call("POST", path, body)

    def put(self, path, body):
        return self.call("PUT", path, body)

    def patch(self, path, body):
        return self.call("PATCH", path, body)

    def delete(self, path):
        return self.call("DELETE", path)

    def everything(self, path):
        """All entities of a listing, walked page by page as clients do."""
        entities, number = [], 1
        while True:
            answer = self.get(f"{path}?pageSize=100&pageNumber={number}")
            assert answer.status == 200, answer.body
            page = answer.json()
            entities += page["entities"]
            if "nextUri" not in page:
                assert page["total"] == len(entities)
                return entities
            number += 1


def basic(client, secret):
    CANARIES.learn(secret, client)
    return "Basic " + base64.b64encode(f"{client}:{secret}".encode()).decode()


def ask_token(server, form=None, authorization=None, content_type="application/x-www-form-urlencoded",
              path="/oauth/token", address="127.0.0.1"):
    """POST to an OAuth endpoint as given, from a loopback address, unchecked."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE, source_address=(address, 0))
    headers = {"Content-Type": content_type}
    if authorization:
        headers["Authorization"] = authorization
    body = form if isinstance(form, bytes) else urllib.parse.urlencode(form or {}).encode()
    connection.request("POST", path, body=body, headers=headers)
    response = connection.getresponse()
    answer = Answer(response.status, response.getheaders(), response.read())
    connection.close()
    if answer.status == 200:
        CANARIES.learn_printed(answer.body)
    else:
        CANARIES.write("answers", *(f"{name}: {value}" for name, value in answer.headers), answer.body)
    return answer


def token(server, client=CLIENT_ID, secret=CLIENT_SECRET, scope=None):
    form = {"grant_type": "client_credentials"} | ({"scope": scope} if scope else {})
    answer = ask_token(server, form, basic(client, secret))
    assert answer.status == 200, answer.body
    return answer.json()["access_token"]


def raw_exchange(server, request):
    """Sends the bytes as they are and returns all bytes until the server closes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as stream:
        stream.sendall(request)
        received = b""
        while chunk := stream.recv(65536):
            received += chunk
    CANARIES.write("answers", received)
    return received


def unix_socket(path):
    """A connection to the server that listens on a Unix socket."""
    stream = socket.socket(socket.AF_UNIX)
    stream.connect(path)
    stream.settimeout(PATIENCE)
    return stream


def free_port():
    """A port on which nobody listens, at any address."""
    with socket.socket() as probe:
        probe.bind(("", 0))
        return probe.getsockname()[1]


def resident_kilobytes(pid):
    with open(f"/proc/{pid}/status") as status:
        [line] = [line for line in status if line.startswith("VmRSS:")]
    return int(line.split()[1])


def processor_seconds(pid):
    """The time that a process has had on processors, of all its threads."""
    with open(f"/proc/{pid}/stat") as stat:
        numbers = stat.read().rsplit(")", 1)[1].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")
