"""Several servers with one PostgreSQL."""

import subprocess
import threading
import time

import pytest

import conformance
import postgres
import shared_load
from conformance import Caller
from cutting_proxy import CuttingProxy
from ledger import NEW
from linearizable import violations
from test_process_idle import with_room_for
from waiting import seconds_of, until

CLIENTS, RESPONSES = 64, 1_000


def expect_linearizable(record, caller):
    found = violations(record.requests, record.history(caller))
    assert found == [], "\n".join(found[:10])


def expect_recovery(record, caller, seconds, capsys):
    """Some requests were refused, and nothing else went wrong. `seconds` are those until each server was ready again."""
    expect_linearizable(record, caller)
    assert record.refused
    with capsys.disabled():
        print(f"\n{len(record.refused)} refused, {record.unanswered} without a known outcome, ready after {seconds}")


def seconds_until_ready(servers):
    return [until(lambda: health(server, "ready") == 200) for server in servers]


def test_the_responses_of_three_servers_are_those_of_one(address, tmp_path, capsys):
    with postgres.servers(address, tmp_path, 3) as servers:
        token = conformance.token(servers[0])
        record = shared_load.run(servers, token, CLIENTS, RESPONSES)
        expect_linearizable(record, Caller(servers[0], token))
        assert record.unanswered == 0 and not record.refused
        with capsys.disabled():
            print(f"\n{len(record.requests)} responses, {record.acknowledged} of them to writes")


#: Organizations with one writer each, and the writes of each.
ORGANIZATIONS, WRITES = 1_000, 3


def cloned(cluster, address, tenant, count):
    """The ids of the clients of new organizations, which are copies of one. The program would need two commands for each."""
    old, client = tenant.organization["id"], tenant.client["id"]
    text = f"replace(replace(convert_from(bytes, 'UTF8'), '{old}', 'o' || i), '{client}', 'c' || i)"
    numbers = f"generate_series(1, {count}) AS i"
    cluster.run(f"""
        INSERT INTO organization SELECT 'o' || i, revision, changes, dropped, record_bytes, history_bytes, keys, internal_dropped
            FROM organization, {numbers} WHERE id = '{old}';
        INSERT INTO history SELECT 'o' || i, revision, position, kind, id, "user", client, operation, context, address, time_ms,
            before, after FROM history, {numbers} WHERE organization = '{old}';
        INSERT INTO record SELECT 'o' || i, kind, CASE id WHEN '{old}' THEN 'o' || i WHEN '{client}' THEN 'c' || i ELSE id END,
            convert_to({text}, 'UTF8') FROM record, {numbers} WHERE organization = '{old}';
        INSERT INTO client_directory SELECT 'c' || i, 'o' || i FROM {numbers};
        """, address.split("dbname=")[1])
    return [f"c{number}" for number in range(1, count + 1)]


def concurrently(actions):
    """Runs each action in a thread of its own, and returns the seconds until all have ended. An exception of one is that of all."""
    failures, start = [], threading.Barrier(len(actions) + 1)

    def run(action):
        start.wait()
        try:
            action()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    start.wait()
    seconds = seconds_of(lambda: [thread.join(conformance.PATIENCE) for thread in threads])
    assert not any(thread.is_alive() for thread in threads), "some do not finish"
    if failures:
        raise failures[0]
    return seconds


def post_settings(caller, prefix):
    for number in range(WRITES):
        answer = caller.post(f"{NEW}/settings", {"name": f"{prefix} {number}"})
        assert answer.status == 200, answer


def test_a_thousand_organizations_with_one_writer_each_make_progress(cluster, address, tmp_path, capsys):
    with_room_for(2 * ORGANIZATIONS + 500)
    with postgres.servers(address, tmp_path, 3) as servers:
        tenant = conformance.Tenant(servers[0])
        clients = cloned(cluster, address, tenant, ORGANIZATIONS)
        callers = [Caller(servers[number % 3], conformance.token(servers[0], client, tenant.client["secret"]))
                   for number, client in enumerate(clients)]
        seconds = concurrently([lambda caller=caller: post_settings(caller, "s") for caller in callers])
        for number, caller in enumerate(callers):
            # Another server has the same.
            listed = Caller(servers[(number + 1) % 3], caller.token).get(f"{NEW}/settings").json()
            assert listed["total"] == WRITES
        with capsys.disabled():
            print(f"\n{ORGANIZATIONS * WRITES / seconds:.0f} writes a second of {ORGANIZATIONS} organizations on three servers")


def test_64_writers_of_one_organization_make_progress(address, tmp_path, capsys):
    with postgres.servers(address, tmp_path, 3) as servers:
        token = conformance.token(servers[0])
        for count in (1, 3):
            callers = [Caller(servers[number % count], token) for number in range(64)]
            seconds = concurrently([lambda caller=caller, number=number: [post_settings(caller, f"{count} {number} {turn}")
                                                                          for turn in range(10)]
                                    for number, caller in enumerate(callers)])
            with capsys.disabled():
                print(f"\n{64 * 10 * WRITES / seconds:.0f} writes a second of one organization, 64 writers, servers: {count}")
        listed = Caller(servers[0], token).get(f"{NEW}/settings").json()
        assert listed["total"] == 2 * 64 * 10 * WRITES


def test_a_killed_server_loses_no_acknowledged_write(address, tmp_path):
    with postgres.servers(address, tmp_path, 3) as servers:
        token = conformance.token(servers[0])

        record = shared_load.run(servers, token, CLIENTS, RESPONSES, servers[2].kill)
        expect_linearizable(record, Caller(servers[0], token))
        assert record.unanswered > 0


def test_a_crash_of_the_database_loses_no_acknowledged_write(tmp_path, capsys):
    with postgres.cluster() as cluster, postgres.servers(cluster.new_database(), tmp_path, 3) as servers:
        token = conformance.token(servers[0])
        seconds = []

        def crash():
            cluster.stop("immediate")
            for server in servers:
                until(lambda: health(server, "ready") == 503)
            cluster.start()
            seconds.extend(seconds_until_ready(servers))

        record = shared_load.run(servers, token, CLIENTS, RESPONSES, crash)
        expect_recovery(record, Caller(servers[0], token), seconds, capsys)


def test_stale_reads_are_found_and_writes_stay_exact(address, tmp_path):
    """The checker finds the violation that the setting is."""
    with postgres.servers(address, tmp_path, 2, {"MESSAGING_STALE_READS": "60"}) as servers:
        token = conformance.token(servers[0])
        one, other = (Caller(server, token) for server in servers)
        made = one.post(f"{NEW}/settings", {"name": "a"}).json()
        path = f"{NEW}/settings/{made['id']}"
        asked = time.monotonic()
        seen = other.get(path)

        def is_stale(answer):
            """Whether it has the age of what was seen first: at most the time since then."""
            return 0 <= int(answer.header("Age")) <= time.monotonic() - asked

        assert seen.header("Age") is None and is_stale(other.get(path))
        changed = one.patch(path, {"name": "b"})
        stale = other.get(path)
        assert (stale.json(), stale.header("ETag")) == (made, seen.header("ETag")) and is_stale(stale)
        refused = other.call("PATCH", path, {"name": "c"}, {"If-Match": stale.header("ETag")})
        assert refused.status == 412 and refused.header("Age") is None
        assert other.call("PATCH", path, {"name": "c"}, {"If-Match": changed.header("ETag")}).status == 200
        record = shared_load.run(servers, token, 16, RESPONSES // 2)
        assert violations(record.requests, record.history(one)) != []


def test_servers_share_a_pooler(cluster, address, tmp_path):
    with postgres.pooler(cluster, connections=3) as folder:
        through = address.replace(f"host={cluster.folder}", f"host={folder}")
        with postgres.servers(through, tmp_path, 2, {"MESSAGING_DATABASE_POOLER": "true"}) as servers:
            token = conformance.token(servers[0])
            record = shared_load.run(servers, token, CLIENTS, RESPONSES)
            expect_linearizable(record, Caller(servers[0], token))
            assert record.unanswered == 0 and not record.refused


def test_servers_follow_a_failover_to_a_synchronous_standby(tmp_path, capsys):
    with postgres.cluster() as primary, postgres.cluster(primary=primary) as standby:
        primary.run("ALTER SYSTEM SET synchronous_standby_names = '*'")
        primary.run("SELECT pg_reload_conf()")
        until(lambda: primary.run("SELECT sync_state FROM pg_stat_replication") == ["sync"])
        address = primary.new_database()
        # The standby comes first, so the servers do not just take the first host.
        both = address.replace(f"host={primary.folder}", f"host={standby.folder},{primary.folder}")
        with postgres.servers(both, tmp_path, 3) as servers:
            token = conformance.token(servers[0])
            seconds = []

            def fail_over():
                primary.stop()
                standby.promote()
                seconds.extend(seconds_until_ready(servers))

            record = shared_load.run(servers, token, CLIENTS, RESPONSES, fail_over)
            expect_recovery(record, Caller(servers[0], token), seconds, capsys)


@pytest.mark.parametrize("side", ["client", "server"])
def test_a_connection_that_is_cut_at_any_message_of_a_commit_loses_and_doubles_nothing(cluster, address, tmp_path, capsys, side):
    proxy = CuttingProxy(cluster)
    away = address.replace(f"host={cluster.folder}", f"host=127.0.0.1 port={proxy.port}")
    with postgres.serving(away, tmp_path) as server:
        caller = Caller(server, conformance.token(server))
        names, expected, outcomes = [], set(), {}
        for count in range(1, 1_000):
            names.append(f"cut {side} {count:03}")
            proxy.arm(names[-1].encode(), side, count)
            answer = caller.post(f"{NEW}/settings", {"name": names[-1]})
            if answer.status == 200:
                expected.add(names[-1])
            else:
                assert answer.status == 503, answer
                # With the lost connection, the outcome was looked up.
                assert "Nothing was changed." in answer.json()["message"]
            outcomes.setdefault(answer.status, []).append(count)
            if proxy.cuts < count:
                break
        proxy.side = None
        found = [setting["name"] for setting in caller.everything(f"{NEW}/settings")]
        assert sorted(found) == sorted(expected)
        assert proxy.cuts > 12
        with capsys.disabled():
            print(f"\n{proxy.cuts} cuts, " + ", ".join(f"{len(counts)} times {status}" for status, counts in outcomes.items()))
    proxy.close()


def health(server, name):
    return Caller(server).get(f"/health/{name}").status


def test_a_revoked_token_and_a_deleted_client_are_refused_on_all_servers_at_once(address, tmp_path):
    with postgres.servers(address, tmp_path, 2) as servers:
        tenant = conformance.Tenant(servers[0])
        for _ in range(20):
            one, other = (Caller(server, tenant.caller().token) for server in servers)
            other.token = one.token
            assert [other.get(f"{NEW}/settings").status for _ in range(2)] == [200, 200]
            form = {"token": one.token}
            authorization = conformance.basic(tenant.client["id"], tenant.client["secret"])
            assert conformance.ask_token(servers[0], form, authorization, path="/oauth/revoke").status == 200
            assert other.get(f"{NEW}/settings").status == 401
        other = Caller(servers[1], conformance.token(servers[0], tenant.client["id"], tenant.client["secret"]))
        assert other.get(f"{NEW}/settings").status == 200
        conformance.administer("clients", "delete", tenant.client["id"], database=address)
        assert other.get(f"{NEW}/settings").status == 401


def test_ten_servers_that_start_together_make_one_organization(address, tmp_path):
    servers = [postgres.Server(address, tmp_path) for _ in range(10)]
    try:
        threads = [threading.Thread(target=server.start) for server in servers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(conformance.PATIENCE)
        printed = [line for server in servers for line in server.output if line.startswith("Organization: ")]
        assert len(printed) == 1
        listed = conformance.run("organizations", "list", "--database", address, "--json")
        assert listed.returncode == 0 and listed.stdout.count('"id"') == 1, listed
        # A token of one server is one of all.
        token = conformance.token(servers[0])
        for server in servers:
            assert Caller(server, token).get(f"{NEW}/settings").status == 200
    finally:
        for server in servers:
            if server.process and server.process.poll() is None:
                assert server.stop() == 0


def test_without_the_database_requests_are_refused_at_once(tmp_path):
    with postgres.cluster() as cluster, postgres.serving(cluster.new_database(), tmp_path) as server:
        caller = Caller(server, conformance.token(server))
        assert caller.post(f"{NEW}/settings", {"name": "a"}).status == 200
        cluster.stop()
        until(lambda: health(server, "ready") == 503)
        assert health(server, "live") == 200
        for method, body in (("GET", None), ("POST", {"name": "b"})):
            answer = caller.call(method, f"{NEW}/settings", body)
            assert answer.status == 503 and answer.header("Retry-After")
        cluster.start()
        until(lambda: health(server, "ready") == 200)
        assert caller.get(f"{NEW}/settings").json()["total"] == 1
        assert caller.post(f"{NEW}/settings", {"name": "c"}).status == 200


@pytest.mark.parametrize("arguments, line", [
    (["--database", "postgresql://u:pa55word@localhost/m"], "--database has a password, which other users of this machine can see"),
    (["--database", "host=localhost password=pa55word"], "--database has a password, which other users of this machine can see"),
    (["--database", "postgresql://u:pa55word@[localhost/m"], "--database cannot be used: it must be a path, or an address"),
    (["--database", "postgresql://u@127.0.0.1:1/m"], "cannot open the PostgreSQL database m on 127.0.0.1:1: "),
], ids=["URI", "keywords", "malformed", "away"])
def test_what_cannot_be_used_is_refused_in_one_line(arguments, line, tmp_path):
    done = conformance.run("serve", "--port", "0", *arguments, extra=postgres.settings(), cwd=tmp_path)
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith(f"messaging-server: {line}"), done.stderr
    assert "pa55word" not in done.stderr + done.stdout


def refusal(address, folder):
    done = conformance.run("serve", "--port", "0", "--database", address, extra=postgres.settings(), cwd=folder)
    assert done.returncode == 1, done
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes"])
def test_a_cluster_that_a_crash_would_destroy_is_refused(setting, tmp_path):
    with postgres.cluster([f"{setting}=off"]) as cluster:
        assert f": {setting} is off, so " in refusal(cluster.new_database(), tmp_path)


@pytest.mark.parametrize("setting, reason", [
    ("synchronous_commit = off", "synchronous_commit is off, so a crash would lose commits"),
    ("default_transaction_read_only = on", "the database is read-only"),
])
def test_a_database_that_would_lose_writes_is_refused(cluster, address, tmp_path, setting, reason):
    name = address.split("dbname=")[1]
    cluster.run(f"ALTER DATABASE {name} SET {setting}")
    assert refusal(address, tmp_path).endswith(reason)


def test_a_restored_dump_has_the_data_and_a_new_epoch(cluster, address, tmp_path):
    with postgres.serving(address, tmp_path) as server:
        token = conformance.token(server)
        caller = Caller(server, token)
        made = caller.post(f"{NEW}/settings", {"name": "a"}).json()
        tag = caller.get(f"{NEW}/settings").header("ETag")
    restored = cluster.new_database()
    cluster.copy(*(text.split("dbname=")[1] for text in (address, restored)))
    epochs = set()
    for _ in range(2):
        with postgres.serving(restored, tmp_path) as server:
            caller = Caller(server, token)
            answer = caller.get(f"{NEW}/settings")
            assert answer.json()["entities"] == [made]
            epochs.add(answer.header("ETag").split("-")[0])
            assert caller.patch(f"{NEW}/settings/{made['id']}", {"name": "b"}).status == 200
            made = caller.get(f"{NEW}/settings/{made['id']}").json()
    assert len(epochs) == 1 and tag.split("-")[0] not in epochs


def test_a_new_epoch_is_begun_on_demand(address, tmp_path):
    tags = []
    for _ in range(2):
        with postgres.serving(address, tmp_path) as server:
            tags.append(Caller(server, conformance.token(server)).get(f"{NEW}/settings").header("ETag"))
        assert conformance.run("migrate", "--database", address, "--new-epoch").returncode == 0
    (first, state), (second, same) = (tag.split("-", 1) for tag in tags)
    assert first != second and state == same
    done = conformance.run("migrate", "--database", tmp_path / "m.sqlite", "--new-epoch")
    assert done.returncode == 1 and done.stderr.endswith("gets a new epoch from the command restore\n"), done


def test_the_certificate_of_the_database_is_verified(tmp_path):
    (folder := tmp_path / "keys").mkdir()
    for name in ("right", "other"):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=DNS:localhost", "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.pem"],
                       check=True, capture_output=True)
    with postgres.cluster() as cluster:
        address, port = cluster.new_database(), conformance.free_port()
        cluster.stop("fast")
        cluster.use_tls(folder / "right.pem", folder / "right.key", port)
        cluster.start()
        secured = address.replace(f"host={cluster.folder}", f"host=localhost port={port} sslmode=verify-full sslrootcert=")
        with postgres.serving(secured.replace("sslrootcert=", f"sslrootcert={folder}/right.pem"), tmp_path) as server:
            assert Caller(server, conformance.token(server)).post(f"{NEW}/settings", {"name": "a"}).status == 200
            assert cluster.run("SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = 'server'") == ["t"]
        assert "certificate verify failed" in refusal(secured.replace("sslrootcert=", f"sslrootcert={folder}/other.pem"), tmp_path)


def test_migrate_makes_the_tables_that_a_server_finds(cluster, address, tmp_path):
    for _ in range(2):
        done = conformance.run("migrate", "--database", address, "--partitions", "3")
        assert (done.returncode, done.stderr) == (0, ""), done
        assert done.stdout.startswith("The tables of the PostgreSQL database ")
    name = address.split("dbname=")[1]
    assert cluster.run("SELECT count(*) FROM pg_inherits WHERE inhparent = 'record'::regclass", name) == ["3"]
    with postgres.serving(address, tmp_path) as server:
        assert Caller(server, conformance.token(server)).post(f"{NEW}/settings", {"name": "a"}).status == 200
    cluster.run("UPDATE store SET version = 999", name)
    assert conformance.run("migrate", "--database", address).stderr.endswith("(schema 999, this program knows 1)\n")


def test_migrate_upgrades_a_file(tmp_path):
    done = conformance.run("migrate", "--database", tmp_path / "m.sqlite")
    assert done.returncode == 0 and (tmp_path / "m.sqlite").exists(), done
    done = conformance.run("migrate", "--database", tmp_path / "m.sqlite", "--partitions", "3")
    assert done.returncode == 1 and done.stderr.endswith("cannot have partitions, only PostgreSQL can\n")


def test_files_are_not_the_business_of_this_engine(address, tmp_path):
    for command in (["backup", tmp_path / "b"], ["restore", tmp_path / "b"]):
        done = conformance.run(*command, "--database", address)
        assert done.returncode == 1 and "works on a database in a file only" in done.stderr
