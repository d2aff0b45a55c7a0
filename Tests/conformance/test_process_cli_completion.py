"""The completion of the command line in real shells, and what it does when it has no names."""

import json
import os
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest

import conformance
import gateways
from commandline import cli  # noqa: F401
from conformance import PATIENCE, SUCCESSOR
from shells import Shell

SETTINGS = f"{SUCCESSOR}/settings"
SHELLS = ["bash", "zsh", "fish"]
CHECKS = {"bash": ["shellcheck", "-s", "bash"], "zsh": ["zsh", "-n"], "fish": ["fish", "--no-execute"]}
#: Names that a shell would execute or change if they were not quoted.
HOSTILE = ["$(touch pwned)", "`touch pwned`", "; touch pwned;", "'; touch pwned; '", '"; touch pwned; "', "| touch pwned", "& touch pwned",
           "$HOME", "${HOME}", "~root", "*", "?", "[a-z]*", "{a,b}", "a\\b", "!!", "a:b:c", "a=b", "#no comment", "%self", "a 'b' \"c\"", "<x>",
           "^x", "👩‍💻 é 漢字", "a  b ", "a/b", "$(touch pwned)=", "\\$(touch pwned)", "'\\''$(touch pwned)"]


@pytest.fixture(params=SHELLS)
def shell(request, cli, tmp_path):
    (tmp_path / "shell").mkdir()
    return Shell(request.param, cli, tmp_path / "shell")


@pytest.mark.parametrize("shell_name", SHELLS)
def test_the_scripts_have_no_faults(cli, tmp_path, shell_name):
    script = tmp_path / "script"
    script.write_text(cli.output("completion", shell_name, HOME=None, MESSAGING_URL=None))
    done = subprocess.run([*CHECKS[shell_name], script], capture_output=True, text=True, timeout=conformance.PATIENCE)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_unknown_shell_is_refused(cli):
    assert "csh" in cli.refusal(64, "completion", "csh")
    cli.refusal(64, "completion")


def test_commands_options_and_values_are_completed(shell):
    assert shell.arguments("messaging sett\tli\t") == ["settings", "list"]
    assert shell.arguments("messaging settings list --no-h\t") == ["settings", "list", "--no-header"]
    assert shell.arguments("messaging settings list --output tab\t") == ["settings", "list", "--output", "table"]
    assert shell.arguments("messaging expl\tsettings.event.typing.on.inb\t") == ["explain", "settings.event.typing.on.inbound"]
    assert shell.arguments("messaging settings list --fields name,event.typing.on.out\t") == [
        "settings", "list", "--fields", "name,event.typing.on.outbound"]
    assert shell.arguments("messaging completion zs\t") == ["completion", "zsh"]


def test_a_name_with_a_space_is_completed_from_the_server(shell, tenant):
    for name in ("Support Team", "Sales Team", "Sales"):
        tenant.caller().post(SETTINGS, {"name": name})
    assert shell.arguments("messaging settings get Sup\t") == ["settings", "get", "Support Team"]
    assert shell.arguments("messaging settings default set Support\\ T\t") == ["settings", "default", "set", "Support Team"]
    assert shell.arguments("messaging settings get \"Support T\t") == ["settings", "get", "Support Team"]
    assert shell.arguments("messaging settings get 'Support T\t") == ["settings", "get", "Support Team"]
    assert shell.arguments("messaging media-type check --content def\t image/png")[2:] == ["--content", "default", "image/png"]


def test_a_profile_is_completed(shell, tenant):
    profiles = shell.folder / "config/messaging/profiles.json"
    profiles.parent.mkdir(parents=True)
    profiles.write_text(json.dumps({"profiles": {"my own": {"url": tenant.server.url, "clientId": tenant.client["id"],
                                                            "clientSecret": tenant.client["secret"]}}}))
    profiles.chmod(0o600)
    (shell.folder / ".gc").mkdir()
    (shell.folder / ".gc/config.toml").write_text("[theirs]\n")
    tenant.caller().post(SETTINGS, {"name": "Support"})
    assert shell.arguments("messaging settings list --profile my\t") == ["settings", "list", "--profile", "my own"]
    assert shell.arguments("messaging profiles show th\t") == ["profiles", "show", "theirs"]
    shell.environment["MESSAGING_URL"] = "http://127.0.0.1:1"
    assert shell.arguments("messaging settings get -p my\\ own Su\t") == ["settings", "get", "-p", "my own", "Support"]


@pytest.fixture
def crlf(shell, tenant):
    """A profile with the name crlf and an organization with the names Plain and Plum; no host in the environment."""
    profiles = shell.folder / "config/messaging/profiles.json"
    profiles.parent.mkdir(parents=True)
    profiles.write_text(json.dumps({"profiles": {"crlf": {"url": tenant.server.url, "clientId": tenant.client["id"],
                                                          "clientSecret": tenant.client["secret"]}}}))
    profiles.chmod(0o600)
    shell.environment["MESSAGING_URL"] = "http://127.0.0.1:1"
    for name in ("Plain", "Second"):
        tenant.caller().post(SETTINGS, {"name": name})
    return shell


def test_an_option_with_its_value_in_one_word_is_completed(crlf):
    assert crlf.arguments("messaging settings get --profile=crl\tPlain")[2:] == ["--profile=crlf", "Plain"]
    assert crlf.arguments("messaging settings get --profile=crlf Pl\t")[2:] == ["--profile=crlf", "Plain"]
    assert crlf.arguments("messaging settings get --profile=crlf --output=ya\t")[3:] == ["--output=yaml"]
    assert crlf.arguments("messaging settings list --fields=name,event.typing.on.out\t")[2:] == ["--fields=name,event.typing.on.outbound"]
    assert crlf.arguments("messaging settings update --profile=crlf Sec\t--set=na\tx")[3:] == ["Second", "--set=name=x"]
    (crlf.folder / "input.json").write_text("{}")
    assert crlf.arguments("messaging settings update --profile=crlf Plain --file=inp\t")[4:] == ["--file=input.json"]


@pytest.mark.parametrize("shell", ["bash", "zsh"], indirect=True)
def test_a_word_before_others_is_completed(crlf):
    left = "\x1b[D" * len(" --profile crlf")
    assert crlf.arguments(f"messaging settings get Pl --profile crlf{left}\t\x05")[2:] == ["Plain", "--profile", "crlf"]


@pytest.mark.parametrize("names", [("Team: EU", "Team: US"), ("a=b", "a=c"), ("a::b:c", "a::b:d"), ("ops@EU", "ops@US"), ("a:b c:d=e", "a:b c:d=f")])
def test_names_with_signs_that_split_words_are_completed(shell, tenant, names):
    for name in names:
        tenant.caller().post(SETTINGS, {"name": name})
    common = os.path.commonprefix(names)
    rest = names[0][len(common)]
    for length in range(1, len(common) + 1):
        begun = common[:length].replace(" ", "\\ ")
        assert shell.arguments(f"messaging settings get {begun}\t{rest}\t") == ["settings", "get", names[0]], begun
    assert shell.arguments(f"messaging settings get '{common}{names[1][len(common)]}\t") == ["settings", "get", names[1]]


def test_help_completes_commands(shell):
    assert shell.arguments("messaging help setti\t") == ["help", "settings"]
    assert shell.arguments("messaging help settings defau\tse\t") == ["help", "settings", "default", "set"]
    assert shell.arguments("messaging help supported-content none\t") == ["help", "supported-content", "none"]
    assert shell.arguments("messaging help settings get \t") == ["help", "settings", "get"]


def test_diff_completes_profiles_and_directories(crlf):
    (crlf.folder / "mine/inner").mkdir(parents=True)
    (crlf.folder / "mine/settings.tf").write_text("")
    (crlf.folder / "mine/notes.txt").write_text("")
    assert crlf.arguments("messaging diff profile:\tmin\tinn\t") == ["diff", "profile:crlf", "mine/inner/"]
    assert crlf.arguments("messaging diff prof\tmine/se\t") == ["diff", "profile:crlf", "mine/settings.tf"]
    assert crlf.arguments("messaging diff mine/no\t x") == ["diff", "mine/no", "x"]


def test_a_hostile_name_is_never_executed(shell, tenant):
    caller = tenant.caller()
    for name in HOSTILE:
        created = caller.post(SETTINGS, {"name": name}).json()
        # fish has no way to offer a name that begins as a home directory does.
        offered = [] if (shell.name, name) == ("fish", "~root") else [name]
        assert shell.arguments("messaging settings get \t") == ["settings", "get", *offered]
        caller.delete(f"{SETTINGS}/{created['id']}")
        shell.forget()
    assert not list(shell.folder.rglob("pwned*"))


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_hostile_name_is_not_executed_between_quotes(shell, tenant, quote):
    name = "X$(touch pwned)'`touch pwned`\";touch pwned;\\"
    tenant.caller().post(SETTINGS, {"name": name})
    assert shell.arguments(f"messaging settings get {quote}X\t") == ["settings", "get", name]
    assert not list(shell.folder.rglob("pwned*"))


def test_hostile_names_are_listed_without_effect(shell, tenant):
    for number, name in enumerate(HOSTILE):
        tenant.caller().post(SETTINGS, {"name": f"X{name}"})
    assert shell.arguments("messaging settings get X\t\t\x15messaging x") == ["x"]
    assert not list(shell.folder.rglob("pwned*"))


def test_a_name_with_control_characters_is_not_offered(shell, tenant):
    for name in ("E\x1b[2J", "E\nx", "E\tx", "E\u202e", "E\x9b2J", "-E"):
        tenant.caller().post(SETTINGS, {"name": name})
    assert shell.arguments("messaging settings get E\t") == ["settings", "get", "E"]


ASK = ("---completion", "settings", "get", "--", "positional@0", "3", "0", "messaging", "settings", "get", "")


def offered(cli, **variables):
    """The names that the program offers to fish. It says nothing else."""
    return cli.output(*ASK, SAP_SHELL="fish", **variables).split("\n")[:-1]


def test_a_field_to_set_is_offered_with_its_sign(cli):
    ask = ("---completion", "settings", "update", "--", "--set", "4", "0", "messaging", "settings", "update", "--set", "")
    assert cli.output(*ask, SAP_SHELL="fish").split() == [
        "name=", "content.story.mention.inbound=", "content.story.reply.inbound=", "event.typing.on.inbound=", "event.typing.on.outbound="]


def test_there_is_no_space_behind_a_field_to_set(shell):
    assert shell.arguments("messaging settings create --set na\tx") == ["settings", "create", "--set", "name=x"]
    assert shell.arguments("messaging settings create --set=na\tx")[2:] == ["--set=name=x"]


def test_names_are_kept_for_a_minute_without_secrets(cli, tenant, tmp_path):
    tenant.caller().post(SETTINGS, {"name": "Support"})
    away = {"MESSAGING_URL": "http://127.0.0.1:1"}
    assert offered(cli) == ["Support"]
    [file] = (tmp_path / ".cache/messaging").iterdir()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert json.loads(file.read_text()) == {"key": {"host": tenant.server.url, "client": tenant.client["id"], "kind": "settings"},
                                            "names": ["Support"]}
    tenant.caller().post(SETTINGS, {"name": "Sales"})
    assert (offered(cli), offered(cli, **away)) == (["Support"], [])
    os.utime(file, (time.time() - 61, time.time() - 61))
    assert offered(cli) == ["Sales", "Support"]
    file.chmod(0o644)
    tenant.caller().post(SETTINGS, {"name": "Third"})
    assert offered(cli) == ["Sales", "Support", "Third"]
    file.write_text("no document")
    assert offered(cli) == ["Sales", "Support", "Third"]
    other = tmp_path / "other"
    assert offered(cli, XDG_CACHE_HOME=str(other)) == ["Sales", "Support", "Third"]
    assert len(list((other / "messaging").iterdir())) == 1
    assert offered(cli, XDG_CACHE_HOME="/proc") == ["Sales", "Support", "Third"]


def test_names_for_a_token_are_not_kept(cli, tenant, tmp_path):
    tenant.caller().post(SETTINGS, {"name": "Support"})
    token = tenant.caller().token
    assert offered(cli, MESSAGING_CLIENT_ID=None, MESSAGING_CLIENT_SECRET=None, MESSAGING_TOKEN=token) == ["Support"]
    assert not (tmp_path / ".cache").exists()


def test_every_failure_is_silent(cli, tmp_path):
    nothing = {"MESSAGING_URL": None, "MESSAGING_CLIENT_ID": None, "MESSAGING_CLIENT_SECRET": None}
    assert offered(cli, MESSAGING_CLIENT_SECRET="wrong") == []
    assert offered(cli, MESSAGING_URL="http://127.0.0.1:1") == []
    assert offered(cli, MESSAGING_URL="no address") == []
    assert offered(cli, **nothing) == [] and offered(cli, HOME=None, **nothing) == []
    (tmp_path / ".gc").mkdir()
    (tmp_path / ".gc/config.toml").write_text("[broken")
    assert offered(cli, **nothing) == []
    for wrong in (("---completion", "none", "--", "x"), ("---completion",), ("---completion", "settings", "get", "--", "positional@9", "0", "0")):
        done = cli.run(*wrong)
        assert (done.stdout, done.stderr) == ("", ""), wrong


def test_a_host_that_does_not_respond_is_not_waited_for(cli):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        start = time.monotonic()
        assert offered(cli, MESSAGING_URL=f"http://127.0.0.1:{silent.getsockname()[1]}") == []
        # The program's calls wait for half a minute elsewhere.
        assert time.monotonic() - start < 10


def test_the_pages_that_come_in_time_are_offered(cli, tenant):
    """A host that never sends the second page."""
    names = [f"{number:03}" for number in range(150)]
    for name in names:
        tenant.caller().post(SETTINGS, {"name": name})

    released = threading.Event()

    def before(request):
        if "pageNumber=2" in request.path:
            released.wait(PATIENCE)
            return 0
        return None

    with gateways.hosting(gateways.gateway(tenant.server.url, before)) as url:
        end = time.monotonic() + PATIENCE
        # A busy machine may be too slow for the first page, too.
        while not (found := offered(cli, MESSAGING_URL=url)):
            assert time.monotonic() < end
        released.set()
    assert found == names[:100]
    assert not list((Path(cli.environment["HOME"]) / ".cache").rglob("*.json"))
