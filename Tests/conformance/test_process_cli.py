"""The command line against the real server: what each command prints in each format, and what it changes."""

import json
import shutil
import stat
import tempfile
from pathlib import Path

import pytest

from commandline import CommandLine, caller, cli, golden  # noqa: F401
from conformance import SUCCESSOR, Caller

TYPING = {"typing": {"on": {"inbound": "Enabled", "outbound": "Disabled"}}}
SETTINGS, PROFILES = f"{SUCCESSOR}/settings", f"{SUCCESSOR}/supportedcontent"
INTEGRATIONS = f"{SUCCESSOR}/integrations/open"


@pytest.fixture
def support(caller):
    """A setting with the name Support, and a second one."""
    caller.post(SETTINGS, {"name": "Sales"})
    return caller.post(SETTINGS, {"name": "Support", "event": TYPING}).json()


LISTS = {
    (): "name\tid\tversion\tdateModified\nSales\tID\t1\tDATE\nSupport\tID\t1\tDATE\n",
    ("--no-header",): "Sales\tID\t1\tDATE\nSupport\tID\t1\tDATE\n",
    ("-o", "table"): f"name     id{' ' * 36}version  dateModified\nSales    ID  1        DATE\nSupport  ID  1        DATE\n",
    ("-o", "csv"): "name,id,version,dateModified\nSales,ID,1,DATE\nSupport,ID,1,DATE\n",
    ("-o", "name"): "Sales\nSupport\n",
    ("--fields", "name,event.typing.on.inbound"): "name\tevent.typing.on.inbound\nSales\t\nSupport\tEnabled\n",
}


@pytest.mark.parametrize("options", LISTS, ids=" ".join)
def test_a_list_has_its_golden_output(cli, support, options):
    assert golden(cli.output("settings", "list", *options)) == LISTS[options]


def test_a_list_in_json_is_the_objects_of_the_api(cli, caller, support):
    assert json.loads(cli.output("settings", "list", "-o", "json")) == caller.everything(SETTINGS)
    assert json.loads(cli.output("supported-content", "list", "-o", "json")) == caller.everything(PROFILES)


GETS = {
    (): "field\tvalue\nid\tID\nname\tSupport\ndateCreated\tDATE\ndateModified\tDATE\nversion\t1\ncreatedBy.id\tID\n"
        "createdBy.selfUri\t/api/v2/users/ID\nupdatedBy.id\tID\nupdatedBy.selfUri\t/api/v2/users/ID\n"
        "event.typing.on.inbound\tEnabled\nevent.typing.on.outbound\tDisabled\n"
        "selfUri\t/api/v2/conversations/messaging/settings/ID\n",
    ("--fields", "name,version", "-o", "table"): "field    value\nname     Support\nversion  1\n",
    ("--fields", "name,version", "-o", "csv"): "name,version\nSupport,1\n",
    ("-o", "name"): "Support\n",
}


@pytest.mark.parametrize("options", GETS, ids=" ".join)
def test_an_object_has_its_golden_output(cli, support, options):
    assert golden(cli.output("settings", "get", "Support", *options)) == GETS[options]


def test_an_object_in_json_is_that_of_the_api(cli, caller, support):
    for reference in ("Support", support["id"]):
        assert json.loads(cli.output("settings", "get", reference, "-o", "json")) == caller.get(f"{SETTINGS}/{support['id']}").json()


def test_a_list_of_several_pages_is_whole(cli, caller):
    for number in range(205):
        caller.post(SETTINGS, {"name": f"{number:03}"})
    assert cli.output("settings", "list", "-o", "name").split() == [f"{number:03}" for number in range(205)]


def test_a_setting_lives(cli, caller):
    created = json.loads(cli.output("settings", "create", "--set", "name=Support", "--set", "event.typing.on.inbound=Enabled", "-o", "json"))
    assert caller.get(f"{SETTINGS}/{created['id']}").json() == created
    changed = json.loads(cli.output("settings", "update", "Support", "--set", "event.typing.on.outbound=Disabled", "-o", "json"))
    assert (changed["event"], changed["version"]) == (TYPING, "2")
    assert json.loads(cli.output("settings", "update", "Support", "--set", "name=Support", "-o", "json")) == changed
    assert json.loads(cli.output("settings", "update", "Support", "--file", "-", "-o", "json", stdin='{"event": {}}'))["version"] == "3"
    assert cli.output("settings", "delete", "Support", "--yes") == ""
    assert caller.everything(SETTINGS) == []


def test_the_output_of_get_can_be_sent_again(cli, tmp_path, support):
    file = tmp_path / "setting.json"
    file.write_text(cli.output("settings", "get", "Support", "-o", "json").replace("Enabled", "Disabled"))
    changed = json.loads(cli.output("settings", "update", support["id"], "-f", file, "-o", "json"))
    assert changed["event"]["typing"]["on"]["inbound"] == "Disabled"


def test_a_profile_takes_lists_of_media_types(cli, caller):
    cli.output("supported-content", "create", "--set", "name=Pictures", "--set", "mediaTypes.allow.inbound=image/png,image/*")
    cli.output("supported-content", "update", "Pictures", "--set", "mediaTypes.allow.outbound=image/png")
    [profile] = [each for each in caller.everything(PROFILES) if each["name"] == "Pictures"]
    assert profile["mediaTypes"] == {"allow": {"outbound": [{"type": "image/png"}]}}


def test_the_default_comes_and_goes(cli, caller, support):
    assert "no default setting is set" in cli.refusal(5, "settings", "default", "get")
    assert cli.output("settings", "default", "set", "Support", "--fields", "name", "--no-header") == "name\tSupport\n"
    assert json.loads(cli.output("settings", "default", "get", "-o", "json")) == support
    assert "--yes" in cli.refusal(3, "settings", "default", "clear")
    assert cli.output("settings", "default", "clear", "--yes") == ""
    assert caller.get(f"{SETTINGS}/default").status == 204
    assert cli.output("settings", "default", "clear", "--yes") == ""


def test_a_kind_that_always_has_a_default_has_no_clear(cli):
    assert "name" in cli.output("supported-content", "default", "get")
    assert "clear" not in cli.output("supported-content", "default", "--help")
    cli.refusal(64, "supported-content", "default", "clear")


DRY_RUNS = {
    ("create", "--set", "name=New", "--set", "event.typing.on.inbound=Enabled"):
        '+ name: "New"\n+ event.typing.on.inbound: "Enabled"\n',
    ("update", "Support", "--set", "name=New", "--set", "event.typing.on.outbound=Enabled"):
        '~ name: "Support" -> "New"\n~ event.typing.on.outbound: "Disabled" -> "Enabled"\n',
    ("default", "set", "Support"): '+ default.id: "ID"\n+ default.name: "Support"\n',
}


@pytest.mark.parametrize("command", DRY_RUNS, ids=" ".join)
def test_a_dry_run_shows_the_difference_and_changes_nothing(cli, caller, support, command):
    before = caller.everything(SETTINGS)
    done = cli.run("settings", *command, "--dry-run")
    assert (done.returncode, golden(done.stdout), done.stderr) == (2, DRY_RUNS[command], "")
    assert caller.everything(SETTINGS) == before and caller.get(f"{SETTINGS}/default").status == 204


def test_a_dry_run_without_a_difference_is_a_success(cli, support):
    assert cli.output("settings", "update", "Support", "--set", "name=Support", "--dry-run") == ""


def test_a_dry_run_of_a_deletion_deletes_nothing(cli, caller, support):
    done = cli.run("settings", "delete", "Support", "--dry-run")
    assert done.returncode == 2 and '- name: "Support"' in done.stdout
    assert len(caller.everything(SETTINGS)) == 2


def test_an_integration_names_its_references(cli, caller, support):
    cli.output("integrations", "create", "--set", "name=App", "--set", "messagingSetting.id=Support",
               "--set", "outboundNotificationWebhookUrl=https://messaging.example.com/outbound",
               "--set", "outboundNotificationWebhookSignatureSecretToken=env:TOKEN", TOKEN="a-token-of-an-integration-for-the-command-line")
    [integration] = caller.everything(INTEGRATIONS)
    assert integration["messagingSetting"]["id"] == support["id"]
    assert cli.output("integrations", "list", "--fields", "name,messengerType", "--no-header") == "App\topen\n"
    cli.refusal(1, "settings", "delete", "Support", "--yes")
    cli.output("integrations", "delete", "App", "--yes")
    assert caller.everything(INTEGRATIONS) == []


def test_a_request_prints_the_body_of_the_api(cli, caller, support):
    path = f"{SETTINGS}/{support['id']}"
    assert cli.output("request", "get", path).encode() == caller.get(path).body
    included = cli.output("request", "GET", path, "--include")
    assert included.startswith("HTTP 200\n") and "\nETag: " in included
    created = json.loads(cli.output("request", "POST", SETTINGS, "--input", "-", stdin='{"name": "Raw"}'))
    assert created["name"] == "Raw"
    assert cli.output("request", "DELETE", f"{SETTINGS}/{created['id']}") == ""


def test_a_refused_request_prints_its_body_and_the_error(cli):
    done = cli.run("request", "GET", f"{SETTINGS}/unknown", "--include")
    head, body = done.stdout.split("\n\n")
    assert done.returncode == 5 and head.startswith("HTTP 404\n")
    assert f"context id: {json.loads(body)['contextId']}" in done.stderr


EXPLAINED = {
    "settings.content.story.mention.inbound": "settings.content.story.mention.inbound: string\n  optional.\n  Values: Enabled, Disabled.\n",
    "settings.content.story": "settings.content.story: object StorySetting\n  optional.\n\n"
                              "field    type                       use       about\n"
                              "mention  object InboundOnlySetting  optional\nreply    object InboundOnlySetting  optional\n",
}


@pytest.mark.parametrize("field", EXPLAINED)
def test_a_field_is_explained_without_a_host(tmp_path, field):
    assert CommandLine(tmp_path).output("explain", field) == EXPLAINED[field]


def test_every_kind_is_explained(tmp_path):
    for kind in ("settings", "supported-content", "integrations"):
        assert "name" in CommandLine(tmp_path).output("explain", kind)


@pytest.mark.parametrize("port", ["0", "65536", "99999999999999999999"])
@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
def test_a_port_that_does_not_exist_is_refused(cli, host, port):
    url = f"http://{host}:{port}/"
    for command in (("settings", "list"), ("login", "--profile", "p", "--url", url, "--client-id", "x")):
        assert cli.refusal(64, *command, MESSAGING_URL=url) == "messaging: the port of the address must be 1 to 65535\n"


def issued(tenant):
    """The number of tokens that the server has issued."""
    lines = Caller(tenant.server).get("/metrics").body.decode().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("messaging_tokens_issued_total "))


@pytest.fixture
def memory():
    """A directory of this user on a file system in memory."""
    folder = Path(tempfile.mkdtemp(dir="/dev/shm"))
    yield folder
    shutil.rmtree(folder)


def test_commands_share_a_token_that_is_on_no_disk(cli, tenant, memory):
    before = issued(tenant)
    for _ in range(3):
        cli.output("settings", "list", XDG_RUNTIME_DIR=str(memory))
    assert issued(tenant) == before + 1
    (kept,) = memory.rglob("*.json")
    assert (stat.S_IMODE(kept.stat().st_mode), stat.S_IMODE(kept.parent.stat().st_mode)) == (0o600, 0o700)
    # Other credentials are checked, and a token that the host refuses is replaced.
    assert cli.run("doctor", XDG_RUNTIME_DIR=str(memory), MESSAGING_CLIENT_SECRET="wrong").returncode == 4
    document = json.loads(kept.read_text())
    kept.write_text(json.dumps(document | {"token": "refused"}))
    cli.output("settings", "list", XDG_RUNTIME_DIR=str(memory))
    assert issued(tenant) == before + 2 and json.loads(kept.read_text())["token"] not in ("refused", document["token"])


def test_a_token_is_kept_in_private_memory_only(cli, tenant, memory):
    memory.chmod(0o755)
    disk = Path(tempfile.mkdtemp(dir=Path(__file__).parent))
    try:
        before = issued(tenant)
        for folder in (memory, disk, disk / "missing"):
            cli.output("settings", "list", XDG_RUNTIME_DIR=str(folder))
        assert issued(tenant) == before + 3
        assert list(memory.iterdir()) == list(disk.iterdir()) == []
    finally:
        shutil.rmtree(disk)


STRANGE = "tab\there \x1b[2J \u202egnp \u2028 \x9b2J 👩‍💻 é, \"q\""


def test_names_have_no_effect_on_a_terminal(cli, caller):
    caller.post(SETTINGS, {"name": STRANGE})
    for options in ((), ("-o", "table"), ("-o", "name"), ("-o", "json")):
        shown = cli.output("settings", "list", *options)
        assert all(char in "\n\t" or char.isprintable() or char == "\u200d" for char in shown), (options, shown)
    assert json.loads(cli.output("settings", "list", "-o", "json"))[0]["name"] == STRANGE
    assert json.loads(cli.output("settings", "get", STRANGE, "-o", "json"))["name"] == STRANGE


def test_a_terminal_gets_an_aligned_table(cli, support):
    code, shown = cli.at_a_terminal("settings", "list", "--fields", "name,version")
    assert (code, shown) == (0, "\x1b[1mname     version\x1b[0m\nSales    1\nSupport  1\n")
    for quiet in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in cli.at_a_terminal("settings", "list", **quiet)[1]


def test_a_narrow_terminal_gets_no_longer_lines(cli, support):
    lines = cli.at_a_terminal("settings", "list", columns=40, NO_COLOR="1")[1].splitlines()
    assert len(lines) == 3 and all(len(line) <= 40 for line in lines) and "Support" in lines[2]
