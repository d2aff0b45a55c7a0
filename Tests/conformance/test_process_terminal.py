"""Standard streams that are closed, full or gone: no trap, and a lost secret is always reported."""

import json
import subprocess
from pathlib import Path

import conformance
import pytest
from conformance import administer, run

CREATE = ("clients", "create", "--name", "c")


def shell(command, **options):
    done = subprocess.run(["bash", "-c", command], env=conformance.environment(), capture_output=True, text=True,
                          timeout=conformance.PATIENCE, stdin=subprocess.DEVNULL, **options)
    conformance.CANARIES.learn_printed(done.stdout)
    conformance.CANARIES.write("errors of commands", done.stderr)
    return done


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "messaging.sqlite"
    administer("organizations", "create", "--name", "o", database=path)
    return path


def test_a_secret_that_cannot_be_written_is_reported_as_lost(database):
    done = shell(f"{conformance.binary()} {' '.join(CREATE)} --database {database} > /dev/full")
    [client] = administer("clients", "list", database=database)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and f"clients rotate {client['id']}" in done.stderr, done.stderr


def test_a_first_secret_that_cannot_be_written_is_reported_as_lost(tmp_path):
    done = shell(f"{conformance.binary()} serve --port 0 --database {tmp_path}/m.sqlite --log-level critical > /dev/full")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "clients rotate" in done.stderr, done.stderr


@pytest.mark.parametrize("redirection", ["<&-", "2>&-", "<&- 2>&-"])
def test_closed_streams_are_no_obstacle(database, redirection):
    done = shell(f"{conformance.binary()} {' '.join(CREATE)} --database {database} --json {redirection}")
    assert done.returncode == 0 and json.loads(done.stdout)["secret"]


def test_a_closed_output_ends_in_no_file(database):
    done = shell(f"{conformance.binary()} {' '.join(CREATE)} --database {database} >&-")
    assert done.returncode == 0 and done.stderr == ""
    assert len(administer("clients", "list", database=database)) == 1


def test_a_reader_that_disconnects_is_an_error_line(database):
    done = shell(f"({conformance.binary()} {' '.join(CREATE)} --database {database}; echo $? >&2) | true")
    assert done.stderr.splitlines()[-1] in ("0", "1"), done.stderr


def test_hundreds_of_clients_are_listed_by_a_running_server(tmp_path):
    with conformance.serving(tmp_path / "messaging.sqlite") as server:
        for number in range(320):
            administer("clients", "create", "--name", f"{number:03} " + "x" * 250, database=server.database)
        assert len(administer("clients", "list", database=server.database)) == 321


def test_commands_at_the_same_time_wait_for_each_other(database):
    commands = [subprocess.Popen([conformance.binary(), *CREATE, "--database", str(database), "--json"],
                                 env=conformance.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                for _ in range(8)]
    results = [(command.communicate(timeout=conformance.PATIENCE), command.returncode) for command in commands]
    assert [code for _, code in results] == [0] * 8, results
    assert len(administer("clients", "list", database=database)) == 8


def test_a_link_to_the_database_is_the_database(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "l.sqlite"
    administer("organizations", "create", "--name", "o", database=tmp_path / "real" / "db.sqlite")
    link.symlink_to(tmp_path / "real" / "db.sqlite")
    with conformance.serving(link):
        for path in (link, tmp_path / "real" / "db.sqlite"):
            assert len(administer("organizations", "list", database=path)) == 1


@pytest.mark.parametrize("name, reason", [
    ("", "blank"), (" ", "blank"), ("a\nsecret: forged", "U+000A"), ("\x1b[2J", "U+001B"), ("x" * 257, "256 characters"),
    ("\u200b", "U+200B (ZERO WIDTH SPACE)"), ("a\u2028b", "U+2028 (LINE SEPARATOR)"), ("\u202egnp", "U+202E (RIGHT-TO-LEFT OVERRIDE)"),
    ("\u200d", "U+200D (ZERO WIDTH JOINER)"), ("Boot\u200cstrap", "U+200C (ZERO WIDTH NON-JOINER)"), ("👩\u200d", "U+200D"), ("می\u200c\u200dخ", "U+200C")])
def test_a_name_is_one_visible_line(database, name, reason):
    done = run("clients", "create", "--name", name, "--database", database)
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and reason in done.stderr
    assert administer("clients", "list", database=database) == []


@pytest.mark.parametrize("name", ["می‌خواهم", "👩‍💻 Support"])
def test_a_name_may_have_the_joiners_of_persian_words_and_emoji(database, name):
    assert "\u200c" in name or "\u200d" in name
    administer("clients", "create", "--name", name, database=database)
    assert [client["name"] for client in administer("clients", "list", database=database)] == [name]
    assert name in run("clients", "list", "--database", database).stdout


def test_an_idle_connection_to_the_socket_does_not_delay_the_stop(tmp_path):
    def stop():
        server = conformance.Server(tmp_path / "messaging.sqlite").start()
        with conformance.socket.socket(conformance.socket.AF_UNIX) as idle:
            idle.connect(str(server.database) + ".socket")
            return conformance.terminate(server)[1]

    assert conformance.is_sooner(conformance.CUT_OFF, stop)


def test_the_default_rate_limit_is_300(tmp_path):
    variables = conformance.bootstrap()
    del variables["MESSAGING_RATE_LIMIT"]
    server = conformance.Server(tmp_path / "messaging.sqlite", variables).start()
    answer = conformance.Caller(server, conformance.token(server)).get("/api/v2/users/me")
    assert answer.header("inin-ratelimit-allowed") == "300"
    assert server.stop() == 0
