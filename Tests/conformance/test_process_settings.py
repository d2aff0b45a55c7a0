"""The flags of the binary are the settings in docs/operations.md."""

import json
import os
import re
from pathlib import Path

import conformance

TABLE = (Path(__file__).resolve().parents[2] / "docs" / "operations.md").read_text()
ROW = re.compile(r"^\| (?:`--(?P<flag>[a-z-]+)`)? ?\| `(?P<variable>MESSAGING_[A-Z_]+)` \| (?P<default>[^|]+) \|", re.MULTILINE)


def test_the_help_has_every_flag_of_the_table_with_its_variable_and_default():
    help_text = " ".join(conformance.run("serve", "--help").stdout.split())
    rows = [match for match in ROW.finditer(TABLE)]
    assert len(rows) > 10
    flags = {match["flag"] for match in rows} - {None}
    assert set(re.findall(r" --([a-z-]+)", help_text)) - {"help", "create", "version"} == flags
    for match in rows:
        if match["flag"]:
            assert f"[{match['variable']}] (default: {match['default'].strip('`')})" in help_text


def test_every_flag_reaches_the_server(tmp_path):
    """Each flag with a value that it does not take is refused by its name."""
    wrong = {"port": "x", "tls-certificate": "only", "tls-key": "only", "public-url": "x", "trusted-proxies": "x",
             "cors-origins": "x", "socket": "x" * 104, "log-level": "x", "log-format": "x",
             "integration-delay": "x", "history-min-days": "x", "stale-reads": "x"}
    for match in ROW.finditer(TABLE):
        flag = match["flag"]
        if flag in (None, "host", "database"):
            continue
        is_switch = match["default"] == "`false`"
        arguments, extra = ([f"--{flag}"], {"MESSAGING_PORT": "x"}) if is_switch else ([f"--{flag}", wrong.get(flag, "0")], {})
        done = conformance.run("serve", *arguments, extra=extra, cwd=tmp_path)
        if is_switch:
            assert done.returncode == 1 and "MESSAGING_PORT" in done.stderr, "a switch takes no value"
            done = conformance.run("serve", extra={match["variable"]: "x"}, cwd=tmp_path)
        name = match["variable"] if is_switch else f"--{flag}"
        assert done.returncode == 1 and name in done.stderr and done.stdout == "", (flag, done)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_variable_counts_as_absent(tmp_path):
    """Compose writes NAME=${NAME:-} as a variable that is empty."""
    empty = {match["variable"]: "" for match in ROW.finditer(TABLE)}
    database = tmp_path / "messaging.sqlite"
    with conformance.serving(database, empty | {"MESSAGING_LOG_LEVEL": "warning"}) as server:
        assert server.output[0].startswith("Organization: ") and server.output[2].startswith("Client secret: ")
        for variables in (empty, {"MESSAGING_DATABASE": str(database)} | {"MESSAGING_SOCKET": ""}):
            done = conformance.run("organizations", "list", "--database", database, extra=variables, cwd="/")
            assert done.returncode == 0 and "Messaging" in done.stdout and done.stderr == ""
    assert "MESSAGING_" not in server.errors()


def test_the_program_and_its_metrics_report_the_same_version(server):
    done = conformance.run("--version")
    version = re.fullmatch(r"messaging-server (\S+) \(commit (unknown|[0-9a-f]{12,40}(?:-dirty)?), SQLite (3\.[0-9.]+)\)\n", done.stdout)
    assert done.returncode == 0 and version, done
    assert version[2] == (os.environ.get("MESSAGING_COMMIT") or "unknown"), "make says what it builds from"
    metrics = conformance.Caller(server).get("/metrics").body.decode()
    [labels] = re.findall(r"^messaging_build_info\{(.*)\} 1$", metrics, re.MULTILINE)
    assert labels.startswith(f'version="{version[1]}",commit="{version[2]}",sqlite="{version[3]}",')
    [opened] = [json.loads(line) for line in server.errors().splitlines() if '"Opened the database"' in line]
    assert (opened["version"], opened["commit"], opened["sqlite"]) == version.groups()


def test_the_tokens_of_a_client_are_limited_even_after_a_restart(tmp_path):
    database = tmp_path / "messaging.sqlite"
    limit = conformance.bootstrap({"MESSAGING_MAX_TOKENS": "2"})
    form, secret = {"grant_type": "client_credentials"}, conformance.basic(conformance.CLIENT_ID, conformance.CLIENT_SECRET)
    with conformance.serving(database, limit) as server:
        first = conformance.token(server)
        assert [conformance.ask_token(server, form, secret).status for _ in range(3)] == [200, 429, 429]
    with conformance.serving(database, limit) as server:
        refused = conformance.ask_token(server, form, secret)
        assert refused.status == 429 and refused.header("Retry-After") is None
        assert refused.json()["error"] == "invalid_request" and "revoke" in refused.json()["error_description"]
        assert conformance.Caller(server, first).delete("/api/v2/tokens/me").status == 204
        assert [conformance.ask_token(server, form, secret).status for _ in range(2)] == [200, 429]
    with conformance.serving(database) as server:
        assert conformance.token(server)


@conformance.counted_in_a_minute
def test_the_limits_of_clients_and_organizations_reach_the_server(tmp_path):
    limits = {"MESSAGING_CLIENT_RATE_LIMIT": "3", "MESSAGING_ORGANIZATION_RATE_LIMIT": "4"}
    with conformance.serving(tmp_path / "messaging.sqlite", conformance.bootstrap(limits)) as server:
        callers = [conformance.Caller(server, conformance.token(server)) for _ in range(2)]
        assert [callers[index % 2].get("/api/v2/users/me").status for index in range(4)] == [200, 200, 200, 429]
        refused = callers[0].get("/api/v2/users/me")
        assert "of the client" in refused.json()["message"] and 1 <= int(refused.header("Retry-After")) <= 60
        [client] = conformance.administer("clients", "list", database=server.database)
        other = conformance.administer("clients", "create", "--name", "Other", "--organization", client["organization"],
                                       database=server.database)
        caller = conformance.Caller(server, conformance.token(server, other["id"], other["secret"]))
        assert caller.get("/api/v2/users/me").status == 200
        assert "of the organization" in caller.get("/api/v2/users/me").json()["message"]
