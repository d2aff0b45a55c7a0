"""The file of profiles: removing a profile, symbolic links, and files that are damaged or out of reach."""

import json
import os
import subprocess

import pytest

import conformance
from commandline import CommandLine
from organizationfiles import caller, cli, exported, organization  # noqa: F401
from test_process_cli import memory  # noqa: F401


@pytest.fixture
def bare(tmp_path):
    """The program without a host."""
    return CommandLine(tmp_path)


@pytest.fixture
def file(tmp_path):
    """The file of the profiles."""
    return tmp_path / ".config/messaging/profiles.json"


def log_in(cli, tenant, *names):
    for name in names:
        cli.output("login", "--profile", name, "--url", tenant.server.url, "--client-id", tenant.client["id"], stdin=tenant.client["secret"])


def test_a_removed_profile_is_gone_with_its_secret(bare, tenant, file):
    log_in(bare, tenant, "first", "second")
    assert "--yes" in bare.refusal(3, "profiles", "remove", "first")
    assert bare.output("profiles", "remove", "first", "--yes") == ""
    assert bare.output("profiles", "list", "-o", "name") == "second\n"
    assert json.loads(bare.output("profiles", "show", "-o", "json"))["name"] == "second"
    assert file.read_text().count(tenant.client["secret"]) == 1 and file.stat().st_mode & 0o777 == 0o600
    assert bare.output("profiles", "remove", "second", "--yes") == ""
    assert tenant.client["secret"] not in file.read_text()
    assert "there is no profile" in bare.refusal(4, "settings", "list")
    assert 'there is no profile "second"' in bare.refusal(5, "profiles", "remove", "second", "--yes")


def test_a_person_is_asked_and_told_that_the_current_profile_goes(bare, tenant):
    log_in(bare, tenant, "first", "second")
    question = f"with the secret of the client {tenant.client['id']} at {tenant.server.url}? [y/N] "
    code, shown = bare.at_a_terminal("profiles", "remove", "second", entered="n\n")
    assert code == 3 and f'Remove the profile "second", the current one, {question}' in shown and "nothing was changed" in shown
    assert bare.output("profiles", "list", "-o", "name") == "first\nsecond\n"
    code, shown = bare.at_a_terminal("profiles", "remove", "first", entered="y\n")
    assert code == 0 and f'Remove the profile "first" {question}' in shown and shown.endswith("Removed the profile first.\n")
    code, shown = bare.at_a_terminal("profiles", "remove", "second", "--yes")
    assert (code, shown) == (0, "Removed the profile second. There is no current profile now.\n")


def test_the_token_that_was_kept_for_a_removed_profile_is_gone(bare, tenant, memory):
    log_in(bare, tenant, "first")
    bare.output("settings", "list", XDG_RUNTIME_DIR=str(memory))
    (kept,) = memory.rglob("token-*.json")
    bare.output("profiles", "remove", "first", "--yes", XDG_RUNTIME_DIR=str(memory))
    assert not kept.exists()


def test_a_profile_of_gc_is_not_removed(bare, tmp_path):
    (tmp_path / ".gc").mkdir()
    config = tmp_path / ".gc/config.toml"
    config.write_text('[theirs]\nenvironment = "mypurecloud.de"\n')
    config.chmod(0o600)
    assert "only gc changes" in bare.refusal(64, "profiles", "remove", "theirs", "--yes")
    assert "theirs" in config.read_text()


def test_a_symbolic_link_stays(bare, tenant, file, tmp_path):
    (tmp_path / "kept").mkdir()
    file.parent.mkdir(parents=True)
    (file.parent / "link").symlink_to("../../kept/real.json")
    file.symlink_to("link")
    log_in(bare, tenant, "first", "second")
    bare.output("profiles", "use", "first")
    assert file.is_symlink() and (file.parent / "link").is_symlink()
    real = tmp_path / "kept/real.json"
    assert json.loads(real.read_text())["current"] == "first" and real.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["real.json"]
    assert {path.name for path in file.parent.iterdir()} == {"profiles.json", "link"}


def test_links_that_lead_in_a_circle_are_named(bare, tenant, file):
    file.parent.mkdir(parents=True)
    file.symlink_to("profiles.json")
    login = ("login", "--profile", "p", "--url", tenant.server.url, "--client-id", tenant.client["id"])
    assert f"could not read {file}: Too many levels of symbolic links" in bare.refusal(1, *login, stdin=tenant.client["secret"])


def test_an_exported_file_that_is_a_link_stays_one(cli, caller, exported, tmp_path):
    setting, elsewhere = exported / "settings/Support.yaml", tmp_path / "elsewhere.yaml"
    before = setting.read_text()
    setting.rename(elsewhere)
    setting.symlink_to(elsewhere)
    elsewhere.write_text(before.replace("Enabled", "Disabled"))
    cli.output("export", exported)
    assert setting.is_symlink() and elsewhere.read_text() == before


def test_an_export_with_ids_does_not_replace_what_a_link_leads_to(cli, organization, tmp_path):
    (tmp_path / "real.json").write_text("kept")
    (tmp_path / "link.json").symlink_to("real.json")
    assert "exists already" in cli.refusal(1, "export", "--with-ids", tmp_path / "link.json")
    assert (tmp_path / "real.json").read_text() == "kept"


def as_nobody(cli, *arguments, **variables):
    """The completed program, run without the rights of root."""
    command = ["setpriv", "--reuid", "65534", "--clear-groups"] if os.getuid() == 0 else []
    return subprocess.run([*command, cli.program, *map(str, arguments)], env=cli.environment | variables, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=conformance.PATIENCE)


@pytest.fixture
def closed(tmp_path):
    """A directory that cannot be entered."""
    closed = tmp_path / "closed"
    closed.mkdir()
    tmp_path.chmod(0o755)
    closed.chmod(0)
    yield closed
    closed.chmod(0o700)


@pytest.mark.parametrize("command", [("settings", "list"), ("profiles", "list"), ("profiles", "use", "x"), ("settings", "list", "-p", "x")], ids=" ".join)
def test_profiles_out_of_reach_are_not_missing_ones(bare, closed, command):
    done = as_nobody(bare, *command, XDG_CONFIG_HOME=str(closed))
    assert (done.returncode, done.stdout) == (1, "")
    assert f"could not read {closed}/messaging/profiles.json: Permission denied" in done.stderr


@pytest.mark.parametrize("command", [("plan", "{}/d"), ("drift", "{}/d"), ("diff", "{0}/d", "{0}/d"), ("export", "{}/d"), ("export", "{}/d", "--format", "hcl"),
                                     ("export", "{}/d", "--with-ids")], ids=" ".join)
def test_a_directory_out_of_reach_is_not_a_missing_one(cli, closed, command):
    done = as_nobody(cli, *(word.format(closed) for word in command))
    assert (done.returncode, done.stdout) == (1, "")
    assert f"could not read {closed}/d: Permission denied" in done.stderr


WHOLE = {"url": "https://a.example", "clientId": "id", "clientSecret": "the-secret-of-a-profile"}
DAMAGED = {
    "a field is missing": ({"profiles": {"good": WHOLE, "bad": {"url": "https://b.example", "clientSecret": "x"}}}, 'the profile "bad" has no clientId'),
    "a field is a number": ({"profiles": {"bad": WHOLE | {"clientSecret": 8675309}}}, 'the profile "bad" has a clientSecret that is no text'),
    "a profile is no object": ({"profiles": {"bad": []}}, 'the profile "bad" has no url'),
    "profiles are missing": ({"current": "good"}, 'it has no object "profiles"'),
    "it is no JSON": ('{"profiles": {\n  "the-secret-of-a-profile": x}}', ", line 2, column 30"),
}


@pytest.mark.parametrize("state", DAMAGED)
def test_a_damaged_profile_is_named(bare, file, state):
    document, words = DAMAGED[state]
    file.parent.mkdir(parents=True)
    file.write_text(document if isinstance(document, str) else json.dumps(document))
    file.chmod(0o600)
    for command in (("profiles", "list"), ("settings", "list"), ("profiles", "remove", "bad", "--yes")):
        error = bare.refusal(1, *command)
        assert f"{file} is not a file of profiles: " in error and words in error and "secret-of" not in error and "8675309" not in error
