"""The output of a start, the secrets that never leave the process, and its time and memory."""

import contextlib
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

import conformance
from conformance import Caller

PLAIN = {"MESSAGING_LOG_LEVEL": "trace"}
#: How many times the time of a small program a start with its first response may take, of which it takes one or two.
SLOWER = 8


def printed(server, label):
    return [line for line in server.output if line.startswith(label)]


def files_of(folder):
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file() and path.suffix != ".stderr")


def test_an_empty_store_prints_its_secret_once(tmp_path):
    database = tmp_path / "messaging.sqlite"
    with conformance.serving(database, PLAIN) as server:
        [organization], [client], [secret] = (printed(server, f"{label}:") for label in (
            "Organization", "Client ID", "Client secret"))
        assert re.fullmatch(r"Organization:  \S+  \S.*", organization)
        assert re.fullmatch(r"Client ID:     \S+", client)
        found = re.fullmatch(r"Client secret: (\S{43,})  \(shown once\)", secret)
        assert found, secret
        assert server.output[-1] == f"Listening on {server.url}"
        identifier, secret = client.split()[-1], found.group(1)
        token = conformance.token(server, identifier, secret)
        caller = Caller(server, token)
        assert caller.get("/api/v2/organizations/me").json()["id"] == organization.split()[1]
        assert caller.post("/api/v2/messaging/settings", {"name": "Works"}).status == 200
    assert "\n".join(server.output).count(secret) == 1
    assert secret not in server.errors() and token not in server.errors()
    with conformance.serving(database, PLAIN) as again:
        assert conformance.token(again, identifier, secret)
    assert printed(again, "Client secret") == [] and secret not in "\n".join(again.output) + again.errors()
    assert again.output[-1] == f"Listening on {again.url}"
    stored = files_of(tmp_path)
    assert secret.encode() not in stored and token.encode() not in stored


def test_the_bootstrap_secret_and_tokens_are_never_printed_or_stored(tmp_path):
    database = tmp_path / "messaging.sqlite"
    extra = conformance.bootstrap(PLAIN)
    with conformance.serving(database, extra) as server:
        [client] = printed(server, "Client ID:")
        assert client.split()[-1] == conformance.CLIENT_ID
        assert printed(server, "Client secret") == []
        token = conformance.token(server)
        form = {"grant_type": "client_credentials", "client_id": conformance.CLIENT_ID,
                "client_secret": conformance.CLIENT_SECRET}
        assert conformance.ask_token(server, form).status == 200
        assert conformance.ask_token(server, form | {"scope": "wrong"}).status == 400
        assert conformance.ask_token(server, form, conformance.basic("x", conformance.CLIENT_SECRET)).status == 400
        caller = Caller(server, token)
        for path in ("settings", "settings/none", "settings?pageSize=0"):
            caller.get(f"/api/v2/messaging/{path}")
        caller.post("/api/v2/messaging/settings", b"{")
        made = conformance.administer("clients", "create", "--name", "Other", database=database)
        assert conformance.token(server, made["id"], made["secret"])
        while_running = files_of(tmp_path)
    seen = "\n".join(server.output) + server.errors()
    stored = while_running + files_of(tmp_path)
    for hidden in (conformance.CLIENT_SECRET, token, made["secret"],
                   conformance.basic(conformance.CLIENT_ID, conformance.CLIENT_SECRET).split()[1]):
        assert hidden not in seen
        assert hidden.encode() not in stored


def test_bootstrap_variables_are_read_only_while_the_store_is_empty(tmp_path):
    database = tmp_path / "messaging.sqlite"
    with conformance.serving(database):
        pass
    other = "another-secret-of-more-than-32-characters"
    extra = conformance.bootstrap({"MESSAGING_BOOTSTRAP_CLIENT_ID": "other", "MESSAGING_BOOTSTRAP_CLIENT_SECRET": other})
    with conformance.serving(database, extra) as server:
        assert conformance.token(server)
        for client in ("other", conformance.CLIENT_ID):
            answer = conformance.ask_token(server, {"grant_type": "client_credentials"}, conformance.basic(client, other))
            assert answer.status == 401
        assert [client["id"] for client in conformance.administer("clients", "list", database=database)] == [
            conformance.CLIENT_ID]


def test_flags_win_over_the_environment_which_commands_read(tmp_path):
    extra = conformance.bootstrap({"MESSAGING_DATABASE": "elsewhere.sqlite", "MESSAGING_PORT": "1"})
    with conformance.serving(tmp_path / "chosen.sqlite", extra):
        assert (tmp_path / "chosen.sqlite").exists() and not (tmp_path / "elsewhere.sqlite").exists()
    done = conformance.run("organizations", "list", "--json", cwd=tmp_path, extra={"MESSAGING_DATABASE": "chosen.sqlite"})
    assert done.returncode == 0 and conformance.CLIENT_SECRET not in done.stdout


def seconds_of_python():
    """Returns the time of a small Python program from its start to its end, which measures the machine."""
    program = [sys.executable, "-c", "import http.client, json, sqlite3, ssl"]
    return conformance.seconds_of(lambda: subprocess.run(program, check=True))


def test_restart_to_first_200_and_idle_memory_of_the_release_build(tmp_path, capsys):
    """The fastest of some starts does not take many times as long as the fastest of as many small programs at the same time."""
    database, seconds, others = tmp_path / "messaging.sqlite", [], []
    release = "MESSAGING_SERVER_RELEASE"
    with conformance.serving(database, variable=release) as server:
        caller = Caller(server, conformance.token(server))
        for index in range(100):
            created = caller.post("/api/v2/messaging/settings", {"name": f"Setting {index}"}).json()
    for _ in range(5):
        others.append(seconds_of_python())
        server = conformance.Server(database, variable=release)
        started = time.monotonic()
        server.start()
        answer = Caller(server, caller.token).get(f"/api/v2/messaging/settings/{created['id']}")
        seconds.append(time.monotonic() - started)
        assert answer.status == 200 and answer.json() == created
        time.sleep(1)
        memory = conformance.resident_kilobytes(server.process.pid) / 1024
        assert server.stop() == 0
    median = statistics.median(seconds) * 1000
    with capsys.disabled():
        print(f"\nrestart to first 200: median {median:.0f} ms of {[round(each * 1000) for each in seconds]}; "
              f"idle VmRSS {memory:.0f} MB ({os.path.basename(server.binary)}, release); Python: {min(others) * 1000:.0f} ms at best")
    assert min(seconds) <= SLOWER * min(others)
    assert memory <= 3 * 60


def test_the_release_build_contains_the_swift_runtime():
    libraries = subprocess.run(["ldd", os.environ["MESSAGING_SERVER_RELEASE"]], capture_output=True, text=True, check=True).stdout
    assert "libsqlite3" in libraries
    assert not re.search("swift|Foundation|dispatch", libraries), libraries


def test_a_pinned_server_has_as_many_event_loops_as_processors(tmp_path):
    allowed = os.sched_getaffinity(0)
    for count in {1, len(allowed)}:
        os.sched_setaffinity(0, sorted(allowed)[:count])
        try:
            with conformance.serving(tmp_path / f"{count}.sqlite") as server:
                assert Caller(server).get("/health/live").status == 200
                assert event_loops(server) == count
        finally:
            os.sched_setaffinity(0, allowed)


def event_loops(server):
    """The number of event loops, by the names of threads. Each has a name of its own; a thread that one begins may have its name too."""
    names = set()
    for task in Path(f"/proc/{server.process.pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):
            names.add((task / "comm").read_text())
    return sum(name.startswith("NIO-SGLTN") for name in names)
