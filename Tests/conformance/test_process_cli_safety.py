"""The command line when something is wrong: exit codes, names, secrets, profiles, hosts that are no hosts."""

import http.server
import json
import subprocess
from pathlib import Path

import pytest

import conformance
from commandline import CommandLine, caller, cli, credentials  # noqa: F401
from conformance import CANARIES, SUCCESSOR, UNKNOWN_ID
from gateways import gateway, hosting

SETTINGS = f"{SUCCESSOR}/settings"
INTEGRATIONS = f"{SUCCESSOR}/integrations/open"


@pytest.fixture
def bare(tmp_path):
    """The program without a host."""
    return CommandLine(tmp_path)


def test_names_that_several_objects_have_are_listed(cli, caller):
    ids = [caller.post(SETTINGS, {"name": "Twice"}).json()["id"] for _ in range(2)]
    error = cli.refusal(5, "settings", "get", "Twice")
    assert all(id in error for id in ids) and "Use an id" in error
    assert cli.output("settings", "get", ids[1], "-o", "name") == "Twice\n"
    for command in (("update", "Twice", "--set", "name=x"), ("delete", "Twice", "--yes"), ("default", "set", "Twice")):
        cli.refusal(5, "settings", *command)


def test_an_unknown_name_suggests_the_nearest(cli, caller):
    caller.post(SETTINGS, {"name": "Support"})
    assert 'Did you mean "Support"?' in cli.refusal(5, "settings", "get", "Suport")
    assert "messaging settings list" in cli.refusal(5, "settings", "get", UNKNOWN_ID)
    assert 'there is no setting ""' in cli.refusal(5, "settings", "get", "")
    assert 'there is no setting "default"' in cli.refusal(5, "settings", "get", "default")


USAGE = {
    ("settings", "list", "-o", "xml"): "xml",
    ("settings", "list", "--fields", "nmae"): "Did you mean name?", ("settings", "create"): "--set",
    ("settings", "create", "--set", "event.typing.of.inbound=Enabled"): "Did you mean event.typing.on?",
    ("settings", "create", "--set", "name"): "FIELD=VALUE", ("settings", "create", "--set", "version=3"): "cannot be written",
    ("settings", "create", "--set", "event.typing.on.inbound=Enabled"): "name is required",
    ("settings", "create", "--set", "name=x", "--set", "event.typing.on.inbound=maybe"): "Enabled, Disabled",
    ("supported-content", "create", "--set", "mediaTypes.allow={"): "JSON",
    ("explain", "setings"): "Did you mean settings?", ("explain", "settings.content.stori"): "Did you mean content.story?",
    ("request", "GET", "settings"): "must begin with /", ("request", "GE T", "/"): "no method", ("login",): "--profile",
}


@pytest.mark.parametrize("command", USAGE, ids=" ".join)
def test_wrong_arguments_exit_with_64(cli, command):
    assert USAGE[command] in cli.refusal(64, *command)


UNKNOWN_COMMANDS = {
    ("setings", "list"): ("setings", "Did you mean settings?"), ("settings", "lst"): ("lst", "Did you mean list?"),
    ("settings", "default", "gte"): ("gte", "Did you mean get?"), ("help", "settings", "lst"): ("lst", "Did you mean list?"),
    ("profiles", "sow", "x"): ("sow", "Did you mean show?"), ("bogus", "--help"): ("bogus", "See messaging --help"),
    ("settings", "bogus", "x"): ("bogus", "See messaging settings --help"), ("settings", "", "x"): ("", "See messaging settings --help"),
}


@pytest.mark.parametrize("command", UNKNOWN_COMMANDS, ids=" ".join)
def test_an_unknown_command_suggests_the_nearest(bare, command):
    word, following = UNKNOWN_COMMANDS[command]
    assert bare.refusal(64, *command) == f'messaging: unknown command "{word}"\nnext: {following}\n'


def test_words_that_are_no_commands_are_not_checked(bare, cli):
    assert "SUBCOMMANDS" in bare.output("help", "settings") and "SUBCOMMANDS" in bare.output("settings")
    assert 'there is no setting "lst"' in cli.refusal(5, "settings", "get", "lst")


def test_the_exit_codes(cli, bare, tenant, caller):
    caller.post(SETTINGS, {"name": "Support"})
    blind = tenant.new_client("--permission", "messaging:supportedContent:view")
    assert cli.run("settings", "list").returncode == 0
    assert cli.run("settings", "list", MESSAGING_URL=f"http://127.0.0.1:{conformance.free_port()}").returncode == 1
    assert cli.run("settings", "delete", "Support", "--dry-run").returncode == 2
    assert cli.run("settings", "delete", "Support").returncode == 3
    assert cli.run("settings", "list", MESSAGING_CLIENT_SECRET="wrong").returncode == 4
    assert cli.run("settings", "list", MESSAGING_TOKEN="wrong").returncode == 4
    assert "messaging:setting:view" in cli.refusal(4, "settings", "list", **credentials(tenant, blind))
    assert bare.run("settings", "list").returncode == 4
    assert cli.run("settings", "get", "Other").returncode == 5
    assert cli.run("settings", "--nonsense").returncode == 64
    assert len(caller.everything(SETTINGS)) == 1


def test_an_error_for_people_has_three_lines(cli):
    what, following, context = cli.refusal(4, "settings", "list", MESSAGING_TOKEN="wrong").splitlines()
    assert what.startswith("messaging: ") and following.startswith("next: ") and context.startswith("context id: ")


def test_an_error_for_programs_is_one_object(cli, caller):
    error = json.loads(cli.refusal(4, "settings", "list", "-o", "json", MESSAGING_TOKEN="wrong"))
    assert set(error) == {"code", "message", "next", "contextId", "status"}
    assert (error["code"], error["status"]) == ("bad.credentials", 401)
    error = json.loads(cli.refusal(5, "settings", "get", "Other\u202e", "-o", "json"))
    assert error["code"] == "not.found" and "status" not in error
    assert json.loads(cli.refusal(64, "settings", "list", "-o", "json", "--nonsense"))["code"] == "usage"


def test_a_change_of_a_changed_object_is_refused(cli, caller):
    created = caller.post(SETTINGS, {"name": "Support"}).json()

    def before(request):
        if request.command == "PATCH":
            assert request.headers["If-Match"]
            caller.patch(f"{SETTINGS}/{created['id']}", {"name": "Theirs"})

    with hosting(gateway(cli.environment["MESSAGING_URL"], before)) as url:
        error = cli.refusal(1, "settings", "update", created["id"], "--set", "name=Mine", MESSAGING_URL=url)
    assert "Another client has changed the object" in error
    assert caller.get(f"{SETTINGS}/{created['id']}").json()["name"] == "Theirs"


@pytest.mark.parametrize("status, headers, code, words", [
    (200, {}, 1, "not of this API"), (404, {}, 1, "Another server may be at this address"), (502, {}, 1, "status 502"),
    (429, {"Retry-After": "600"}, 1, "Wait 600 s"), (403, {}, 4, "status 403"),
    (302, {"Location": "https://other.example.com/"}, 1, "leads to https://other.example.com/")])
def test_a_host_that_sends_pages_is_reported(bare, status, headers, code, words):
    class Pages(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"<html>\x1b[2J</html>")

        def log_message(self, *arguments):
            pass

    with hosting(Pages) as url:
        error = bare.refusal(code, "settings", "list", MESSAGING_URL=url, MESSAGING_TOKEN="t")
    assert words in error and "\x1b" not in error


def test_a_deletion_asks_a_person(cli, caller):
    caller.post(SETTINGS, {"name": "Support"})
    code, shown = cli.at_a_terminal("settings", "delete", "Support", entered="no\n")
    assert code == 3 and 'Delete the setting "Support"' in shown and "nothing was changed" in shown
    assert cli.at_a_terminal("settings", "delete", "Support", entered="\x04")[0] == 3
    assert len(caller.everything(SETTINGS)) == 1
    code, shown = cli.at_a_terminal("settings", "delete", "Support", entered="y\n")
    assert code == 0 and "Deleted the setting" in shown
    assert caller.everything(SETTINGS) == []


def secret_of(what):
    secret = conformance.new_secret(what)
    CANARIES.learn(secret, places=(conformance.INTEGRATION_CHANGES, conformance.INTEGRATION_READS))
    return secret


def test_secrets_are_never_shown(cli, caller, tmp_path):
    token, header, other = secret_of("token"), secret_of("header"), secret_of("other")
    file = tmp_path / "secret"
    file.write_text(f"{header}\n")
    file.chmod(0o600)
    create = ("integrations", "create", "--set", "name=App", "--set", "outboundNotificationWebhookUrl=https://messaging.example.com/o",
              "--set", "outboundNotificationWebhookSignatureSecretToken=env:TOKEN", "--set", f"webhookHeaders.X-Key=@{file}")
    shown = cli.run(*create, "--dry-run", TOKEN=token).stdout
    shown += cli.output(*create, "-o", "json", TOKEN=token)
    conformance.until(lambda: caller.everything(INTEGRATIONS)[0]["createStatus"] == "Completed")
    [integration] = caller.everything(INTEGRATIONS)
    assert integration["webhookHeaders"] == {"X-Key": header}
    for command in (("list",), ("get", "App"), ("get", "App", "-o", "json"), ("get", "App", "--fields", "webhookHeaders")):
        shown += cli.output("integrations", *command)
    update = ("integrations", "update", "App", "--set", "webhookHeaders.X-Key=-")
    shown += cli.run(*update, "--dry-run", stdin=other).stdout
    shown += cli.output(*update, stdin=other)
    assert caller.everything(INTEGRATIONS)[0]["webhookHeaders"] == {"X-Key": other}
    assert shown.count("redacted") >= 6
    assert not any(secret in shown for secret in (token, header, other))


def test_what_get_redacted_is_not_sent_back(cli, caller, tmp_path):
    header = secret_of("header")
    caller.post(INTEGRATIONS, {"name": "App", "outboundNotificationWebhookUrl": "https://messaging.example.com/o",
                               "outboundNotificationWebhookSignatureSecretToken": secret_of("token"), "webhookHeaders": {"X-Key": header}})
    conformance.until(lambda: caller.everything(INTEGRATIONS)[0]["createStatus"] == "Completed")
    document = cli.output("integrations", "get", "App", "-o", "json").replace('"App"', '"Renamed"')
    cli.output("integrations", "update", "App", "--file", "-", stdin=document)
    [integration] = caller.everything(INTEGRATIONS)
    assert (integration["name"], integration["webhookHeaders"]) == ("Renamed", {"X-Key": header})


def test_a_secret_as_an_argument_is_refused_and_not_repeated(cli, bare, tenant):
    for command in (("integrations", "create", "--set", "outboundNotificationWebhookSignatureSecretToken=hunter2hunter2"),
                    ("login", "--profile", "p", "--url", tenant.server.url, "--client-id", "id", "--client-secret", "hunter2hunter2")):
        error = cli.refusal(64, *command)
        assert "hunter2" not in error and "env:NAME" in error


@pytest.mark.parametrize("document", [{"webhookHeaders": {"X-Key": 8675309}},
                                      {"outboundNotificationWebhookSignatureSecretToken": 8675309}], ids=" ".join)
@pytest.mark.parametrize("command", [("create",), ("update", "App")], ids=" ".join)
def test_a_wrong_secret_is_refused_and_not_repeated(cli, caller, command, document):
    caller.post(INTEGRATIONS, {"name": "App", "outboundNotificationWebhookUrl": "https://messaging.example.com/o",
                               "outboundNotificationWebhookSignatureSecretToken": secret_of("token")})
    whole = {"name": "Other", "outboundNotificationWebhookUrl": "https://messaging.example.com/o",
             "outboundNotificationWebhookSignatureSecretToken": "0123456789abcdef", **document}
    error = cli.refusal(64, "integrations", *command, "--file", "-", stdin=json.dumps(whole))
    assert "8675309" not in error and all(name in error for name in document) and "not allowed" in error


def test_a_secret_file_that_others_may_read_is_refused(bare, tenant, tmp_path):
    file = tmp_path / "secret"
    file.write_text(tenant.client["secret"])
    login = ("login", "--profile", "p", "--url", tenant.server.url, "--client-id", tenant.client["id"], "--client-secret", f"@{file}")
    file.chmod(0o640)
    assert "chmod 600" in bare.refusal(1, *login)
    file.chmod(0o600)
    assert bare.output(*login) == ""


def test_a_profile_lives(bare, tenant, tmp_path):
    login = ("login", "--url", tenant.server.url, "--client-id", tenant.client["id"])
    assert bare.output(*login, "--profile", "local", stdin=tenant.client["secret"]) == ""
    assert bare.output(*login, "--profile", "other", "--client-secret", "env:S", S=tenant.client["secret"]) == ""
    file = tmp_path / ".config/messaging/profiles.json"
    assert file.stat().st_mode & 0o777 == 0o600 and file.parent.stat().st_mode & 0o777 == 0o700
    assert bare.output("profiles", "list", "--no-header") == "".join(
        f"{name}\t{current}\t{tenant.server.url}\t{tenant.client['id']}\tmessaging\n" for name, current in (("local", "false"), ("other", "true")))
    assert bare.output("profiles", "use", "local") == ""
    shown = json.loads(bare.output("profiles", "show", "-o", "json"))
    assert shown == {"name": "local", "current": True, "url": tenant.server.url, "clientId": tenant.client["id"], "source": "messaging"}
    assert "default\t" in bare.output("supported-content", "list")
    assert bare.output("settings", "list", "--profile", "other", MESSAGING_URL="http://127.0.0.1:1", MESSAGING_TOKEN="t")
    assert 'Did you mean "local"' in bare.refusal(5, "settings", "list", "-p", "locl")
    file.chmod(0o644)
    assert "chmod 600" in bare.refusal(1, "settings", "list")


def test_a_login_that_fails_keeps_nothing(bare, tenant, tmp_path):
    error = bare.refusal(4, "login", "--profile", "p", "--url", tenant.server.url, "--client-id", tenant.client["id"], stdin="wrong")
    assert "invalid_client" in error and not (tmp_path / ".config").exists()


def test_the_variables_of_the_vendors_tools_are_read(bare):
    error = bare.refusal(64, "settings", "list", GENESYSCLOUD_REGION="eu-central-3", GENESYSCLOUD_ACCESS_TOKEN="t")
    assert "Did you mean eu-central-" in error


def test_no_home_is_no_obstacle_but_for_profiles(cli, bare, tenant):
    assert cli.output("settings", "list", HOME=None)
    assert "no home directory" in bare.refusal(4, "settings", "list", HOME=None)
    login = ("login", "--profile", "p", "--url", tenant.server.url, "--client-id", tenant.client["id"])
    assert "no home directory" in bare.refusal(1, *login, stdin=tenant.client["secret"], HOME=None)
    error = bare.refusal(1, *login, stdin=tenant.client["secret"], HOME="/proc")
    assert "could not write /proc/.config/messaging/profiles.json" in error and "XDG_CONFIG_HOME" in error


def test_a_reader_that_goes_ends_the_command_quietly(cli, caller):
    for number in range(120):
        caller.post(SETTINGS, {"name": f"{number:03} " + "x" * 250})
    environment = cli.environment
    done = subprocess.run(["bash", "-c", f"{cli.program} settings list -o json | head -n 1; echo ${{PIPESTATUS[0]}}"],
                          env=environment, capture_output=True, text=True, timeout=conformance.PATIENCE)
    assert (done.stdout, done.stderr) == ("[\n0\n", "")


def test_a_full_disk_is_reported(cli):
    done = subprocess.run(["bash", "-c", f"{cli.program} supported-content list > /dev/full"], env=cli.environment,
                          capture_output=True, text=True, timeout=conformance.PATIENCE)
    assert done.returncode == 1 and "could not write to standard output" in done.stderr


@pytest.mark.parametrize("document, words", [
    ('{"name": "x"', "unexpected end of input, line 1, column 13"), ('{\n "name": x}', "line 2, column 10"), ("[]", "an object of fields"),
    ('{"nmae": "x"}', "Did you mean name?"), ('{"name": 3}', "name")])
def test_a_bad_file_is_named(cli, tmp_path, document, words):
    file = tmp_path / "setting.json"
    file.write_text(document)
    done = cli.run("settings", "create", "--file", file)
    assert done.returncode in (1, 64) and words in done.stderr, done


def test_a_missing_file_is_named(cli, tmp_path):
    assert f"{tmp_path}/none: there is no such file" in cli.refusal(1, "settings", "create", "--file", tmp_path / "none")


def test_the_version_and_the_help_need_nothing(bare):
    assert bare.output("--version", HOME=None).startswith("messaging ")
    assert "Exit codes:" in bare.output("--help", HOME=None)
    assert Path(bare.program).name == "messaging"
