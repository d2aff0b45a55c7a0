"""The administration socket: its path and its server."""

import tempfile
from pathlib import Path

import conformance
import pytest
from conformance import administer, run


def database_whose_socket_has(length, folder):
    """A database in a folder with a short name, whose socket's path has so many bytes."""
    inner = Path(folder) / ("d" * (length - len(f"{folder}//m.sqlite.socket")))
    inner.mkdir()
    return inner / "m.sqlite"


@pytest.mark.parametrize("length", [104, 200])
def test_a_path_too_long_for_the_socket_is_refused_before_any_file_is_created(length):
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        database = database_whose_socket_has(length, folder)
        done = run("serve", "--port", "0", "--database", database)
        assert done.returncode == 1 and done.stderr.count("\n") == 1 and "103 bytes" in done.stderr
        assert "--socket or MESSAGING_SOCKET" in done.stderr
        assert list(database.parent.iterdir()) == []


@pytest.mark.parametrize("way", ["flag", "variable"])
def test_a_separate_socket_path_permits_a_longer_database_path(way):
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        database, socket = database_whose_socket_has(200, folder), f"{folder}/s"
        given = {"MESSAGING_SOCKET": socket}
        with conformance.serving(database, conformance.bootstrap(given)):
            assert sorted(path.name for path in Path(folder).iterdir()) == [database.parent.name, "s"]
            assert "m.sqlite.socket" not in {path.name for path in database.parent.iterdir()}
            assert Path(socket).stat().st_mode & 0o777 == 0o600
            for command in (["organizations", "list"], ["clients", "list"], ["clients", "create", "--name", "n"],
                            ["export", f"{folder}/export"], ["backup", f"{folder}/backup"],
                            ["organizations", "create", "--name", "n"]):
                flags, extra = (["--socket", socket], None) if way == "flag" else ([], given)
                done = run(*command, "--database", database, *flags, extra=extra)
                assert done.returncode == 0, done
            done = run("clients", "list", "--database", database)
            assert done.returncode == 1 and "--socket or MESSAGING_SOCKET" in done.stderr


def test_a_command_that_finds_no_socket_names_the_path(tmp_path):
    database = tmp_path / "m.sqlite"
    with conformance.serving(database, conformance.bootstrap({"MESSAGING_SOCKET": f"{tmp_path}/s"})):
        done = run("clients", "list", "--database", database)
        assert done.returncode == 1 and done.stderr.count("\n") == 1
        assert f"no server listens on the socket {database}.socket" in done.stderr
        assert "--socket or MESSAGING_SOCKET" in done.stderr


def test_a_socket_belongs_to_one_server_and_one_database(tmp_path):
    shared, other = f"{tmp_path}/s", tmp_path / "other.sqlite"
    with conformance.serving(tmp_path / "a.sqlite", conformance.bootstrap({"MESSAGING_SOCKET": shared})) as server:
        done = run("serve", "--port", "0", "--database", other, "--socket", shared, cwd=tmp_path)
        assert done.returncode == 1 and "another server listens on the socket" in done.stderr and done.stdout == ""
        with conformance.serving(tmp_path / "b.sqlite"):
            for command in (["clients", "list"], ["organizations", "create", "--name", "n"]):
                done = run(*command, "--database", tmp_path / "b.sqlite", "--socket", shared)
                assert done.returncode == 1 and "has another database" in done.stderr, done
        link = tmp_path / "link.sqlite"
        link.symlink_to(server.database)
        assert run("clients", "list", "--database", link, "--socket", shared).returncode == 0
    assert run("clients", "list", "--database", tmp_path / "a.sqlite", "--socket", shared).returncode == 0
    with conformance.serving(tmp_path / "a.sqlite", conformance.bootstrap({"MESSAGING_SOCKET": shared})):
        pass


@pytest.mark.parametrize("path, words", [("", "it must be a path"), ("x" * 104, "103 bytes"), ("file", "not a socket"),
                                         ("missing/s", "no directory")])
def test_an_invalid_path_for_a_socket_is_refused(tmp_path, path, words):
    (tmp_path / "file").write_text("kept")
    done = run("serve", "--port", "0", "--database", tmp_path / "m.sqlite", "--socket", path, cwd=tmp_path)
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and words in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["file"] and (tmp_path / "file").read_text() == "kept"


def test_the_longest_path_for_a_socket_is_accepted():
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        database = database_whose_socket_has(103, folder)
        with conformance.serving(database):
            assert len(administer("organizations", "list", database=database)) == 1
