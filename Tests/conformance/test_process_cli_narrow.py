"""Every command on a terminal of 40 columns, with names that are wide or could have an effect on the terminal."""

import json
import re
import unicodedata
from dataclasses import dataclass

import pytest

import conformance
from commandline import CommandLine, credentials
from conformance import SUCCESSOR
from pasts import secret_of

COLUMNS = 40
#: Wide letters, a joined emoji, letters and marks from right to left, and sequences that clear a screen, change its title and its style.
NAME = "顧客 👩\u200d💻 \u202egnp.\u2067שלום\u2069 \x1b[2J\x1b]0;title\x07 \x9b31m é"
#: A name of an organization, which has only characters that a terminal shows.
ORGANIZATION = "顧客 💻 שלום"
PATHS = {"settings": f"{SUCCESSOR}/settings", "supported-content": f"{SUCCESSOR}/supportedcontent", "integrations": f"{SUCCESSOR}/integrations/open"}
NOUNS = {"settings": "setting", "supported-content": "supported content profile", "integrations": "integration"}


def visible(text):
    """The text as the program shows it on a line."""
    return "".join(f"\\u{{{ord(char):X}}}" if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") and char not in "\u200c\u200d" else char
                   for char in text)


def columns(line):
    """The number of columns of a line on a terminal: two for a wide character, and none for a mark or what a joiner adds to an emoji."""
    count, is_joined = 0, False
    for char in line:
        if not is_joined and unicodedata.category(char) not in ("Mn", "Me", "Cf"):
            count += 2 if unicodedata.east_asian_width(char) in "WF" else 1
        is_joined = char == "\u200d"
    return count


#: Lines that a terminal may wrap: errors, questions, differences, what was done, and documents.
PROSE = re.compile(r"(messaging|next|context id|Planned again): |  [^ ]| *[-+~] |.*\[y/N\]|"
                   r"(Created|Changed|Deleted|Removed|Restored|Recorded|Wrote|Logged in|Secrets are) |The .* is the |\d+ (to create|only in|requests?|objects)\b|$")


@dataclass
class Case:
    """A command with its further arguments, what a person enters, its exit code, and texts that it must show."""
    arguments: list
    shown: list
    entered: str = ""
    code: int = 0
    #: Whether all of it is a text that a terminal may wrap.
    is_text: bool = False


def of_kind(kind):
    """The cases of the commands that all kinds have."""
    noun = NOUNS[kind]
    return {
        f"{kind} list": Case([], ["{start}"]),
        f"{kind} get": Case([], ["{start}", "Number: ", "\nname "], "1\n"),
        f"{kind} create": Case(["--file", "{new object}"], [f"Created the {noun}", "{start}"]),
        f"{kind} update": Case(["{name}", "--set", "name={name} 2"], [f"Changed the {noun}", "{start}"]),
        f"{kind} edit": Case(["{name}"], ['~ name: {json} -> "Changed"', f'Change the {noun} "{{whole}}"', "[y/N]", f"Changed the {noun}"], "y\n"),
        f"{kind} delete": Case(["{name}"], [f'Delete the {noun} "{{whole}}" (', "[y/N]", "nothing was changed"], "n\n", 3),
        f"{kind} restore": Case(["{name}", "--version", "1"], [f'of the {noun} "{{whole}}" (', "[y/N]", f"Restored version 1 of the {noun}"], "y\n"),
    }


def of_default(kind):
    """The cases of the commands that kinds with a default have."""
    return {
        f"{kind} usage": Case(["{name}"], ["integration", "{start}"]),
        f"{kind} default get": Case([], ["{start}"]),
        f"{kind} default set": Case(["{name}"], ["is the default", "{start}"]),
    }


CASES = {
    **of_kind("settings"), **of_kind("supported-content"), **of_kind("integrations"), **of_default("settings"), **of_default("supported-content"),
    "settings default clear": Case([], ['Clear the default setting "{whole}" (', "[y/N]", "nothing was changed"], "n\n", 3),
    "export": Case(["{home}/{name}"], ["Wrote 1 setting", "to {home}/{whole}"]),
    "diff": Case(["{directory}", "{changed}"], ['settings "{whole}"', "event.typing.on.inbound", "1 changed"], code=2),
    "plan": Case(["{changed}"], ['settings "{whole}"', "event.typing.on.inbound", "1 to change"], code=2),
    "apply": Case(["{changed}"], ['settings "{whole}"', "event.typing.on.inbound", "Make this step? [y/N]", "1 of 1 steps made"], "y\n"),
    "drift": Case(["{changed}"], ['settings "{whole}"', "event.typing.on.inbound", "1 changed"], code=2),
    "record": Case(["--out", "{home}/{name}", "--", "{program}", "settings", "list"], ["{start}", "Recorded 1 request to {home}/{whole}"]),
    "replay check": Case(["{recording}"], ["GET", "same", "1 request, "]),
    "history": Case([], ["{start}", "sett", "~ na"]),
    "media-type check": Case(["{name}.heic", "--content", "{name}"], ["{start}", "imag", "bloc"]),
    "simulate": Case(["{log}", "--content", "{name}"], ["{start}", "2 rows\n", "image", "appl", ": 1 allowed, 1 blocked\n"]),
    "request": Case(["GET", PATHS["settings"]], ["{start}", "\\u202e"], is_text=True),
    "explain": Case(["integrations"], ["\noutboundNotificationWebhookUrl: string, required\n", "signs outbound messages"], is_text=True),
    "doctor": Case([], ["organization", "{start}", "settings", "ok"]),
    "login": Case(["--profile", "{name}", "--url", "{url}", "--client-id", "{client}", "--client-secret", "env:MESSAGING_CLIENT_SECRET"],
                  ["Logged in to {organization}.", "The profile {whole} is the current one"]),
    "profiles list": Case([], ["{start}", "true"]),
    "profiles use": Case(["{profile}"], ["The profile {whole} is the current one"]),
    "profiles remove": Case(["{profile}"], ['Remove the profile "{whole}", the current one,', "[y/N]", "Removed the profile {whole}"], "y\n"),
    "profiles show": Case(["{profile}"], ["{start}", "clientId"]),
    "completion": Case(["bash"], ["complete"], is_text=True),
    "help": Case([], ["SUBCOMMANDS"], is_text=True),
}


@pytest.fixture
def tenant(server):
    return conformance.Tenant(server, ORGANIZATION)


@pytest.fixture
def cli(tenant, tmp_path):
    (tmp_path / "editor").write_text("#!/bin/bash\nsed -i 's/^name: .*/name: Changed/' \"$1\"\n")
    (tmp_path / "editor").chmod(0o755)
    return CommandLine(tmp_path, **credentials(tenant), EDITOR=str(tmp_path / "editor"), TMPDIR=str(tmp_path))


class Values(dict):
    """The values in arguments and expected texts. Some are made when a case needs them."""

    def __init__(self, cli, tenant, home, kind):
        super().__init__(name=NAME, whole=visible(NAME), json=visible(json.dumps(NAME, ensure_ascii=False)), start="顧客", organization=ORGANIZATION,
                         home=str(home), url=tenant.server.url, client=tenant.client["id"], program=cli.program)
        self.cli, self.home = cli, home
        self.makers = {"directory": self.directory, "changed": self.changed, "recording": self.recording, "log": self.log, "profile": self.profile,
                       "new object": lambda: self.write("object.json", json.dumps(body(kind)))}

    def __missing__(self, key):
        return self.makers[key]()

    def write(self, name, text):
        (self.home / name).write_text(text)
        return str(self.home / name)

    def directory(self):
        self.cli.output("export", self.home / "organization")
        return str(self.home / "organization")

    def changed(self):
        self.cli.output("export", self.home / f"changed {NAME}")
        [file] = (self.home / f"changed {NAME}/settings").iterdir()
        file.write_text(file.read_text().replace("Enabled", "Disabled"))
        return str(self.home / f"changed {NAME}")

    def recording(self):
        assert self.cli.run("record", "--out", self.home / "recording", "--", self.cli.program, "settings", "list").returncode == 0
        return str(self.home / "recording")

    def log(self):
        types = ("image/png", f"application/{'x' * COLUMNS}")
        return self.write("log", "".join(json.dumps({"direction": "Inbound", "mime": mime, "filename": NAME}) + "\n" for mime in types))

    def profile(self):
        self.cli.output("login", "--profile", NAME, "--url", self["url"], "--client-id", self["client"],
                        "--client-secret", "env:MESSAGING_CLIENT_SECRET")
        return NAME


def body(kind):
    """An object of a kind."""
    return {
        "settings": {"name": NAME, "event": {"typing": {"on": {"inbound": "Enabled"}}}},
        "supported-content": {"name": NAME, "mediaTypes": {"allow": {"inbound": [{"type": "image/png"}]}}},
        "integrations": {"name": NAME, "outboundNotificationWebhookUrl": "https://messaging.example.com/o",
                         "outboundNotificationWebhookSignatureSecretToken": secret_of("token")},
    }[kind]


@pytest.fixture
def objects(tenant):
    """An object of each kind in its second version, which has the name. The first two are the defaults, and the integration uses them."""
    caller = tenant.caller()
    ids = {}
    for kind, path in PATHS.items():
        made = caller.post(path, body(kind) | {"name": "Before"})
        assert made.status in (200, 201, 202), made.body
        ids[kind] = made.json()["id"]
        if kind == "integrations":
            conformance.until(lambda: caller.get(f"{path}/{ids[kind]}").json()["createStatus"] == "Completed")
        else:
            assert caller.put(f"{path}/default", {"settingId" if kind == "settings" else "id": ids[kind]}).status == 200
        assert caller.patch(f"{path}/{ids[kind]}", {"name": NAME}).status == 200
    return ids


def run(cli, values, command, case):
    """Runs a case on a narrow terminal. Checks its exit code, its texts, that nothing has an effect, and the widths of lines."""
    arguments = [argument.format_map(values) for argument in case.arguments]
    code, shown = cli.at_a_terminal(*command, *arguments, entered=case.entered, columns=COLUMNS)
    assert code == case.code, shown
    for text in case.shown:
        text = text.format_map(values)
        assert text in shown, (text, shown)
    plain = re.sub(r"\x1b\[(0|1|31|32|33)m", "", shown)
    lines = [line for part in re.split(r"\r\x1b\[K", plain) for line in part.split("\n")]
    assert not [line for line in lines if not all(char.isprintable() or char in "\u200c\u200d" for char in line)], shown
    if not case.is_text:
        assert not [line for line in lines if columns(line) > COLUMNS and not PROSE.match(line)], shown


@pytest.mark.parametrize("command", CASES)
def test_a_command_fits_into_a_narrow_terminal(cli, tenant, objects, tmp_path, command):
    case = CASES[command]
    values = Values(cli, tenant, tmp_path, command.split()[0])
    if command.startswith("profiles"):
        values["profile"] = values.profile()
    run(cli, values, command.split(), case)


ERRORS = {
    "an unknown name": Case(["get", "{name}x"], ['there is no setting "{whole}x"\n', 'Did you mean "{whole}"?'], code=5),
    "a name of two objects": Case(["delete", "{name}"], ['2 objects have the name "{whole}"\n', "\n1  {start}", 'Delete the setting "{whole}" ('],
                                  "1\nn\n", 3),
    "a file": Case(["create", "--file", "{home}/{name}"], ["could not read {home}/{whole}: there is no such file"], code=1),
    "a field": Case(["create", "--set", "{name}=x"], ['there is no field "{start} '], code=64),
    "an option": Case(["list", "--{name}"], ["--{whole}"], code=64),
}


@pytest.mark.parametrize("case", ERRORS)
def test_an_error_keeps_the_name(cli, tenant, objects, tmp_path, case):
    if case == "a name of two objects":
        tenant.caller().post(PATHS["settings"], body("settings"))
    run(cli, Values(cli, tenant, tmp_path, "settings"), ["settings"], ERRORS[case])


def test_a_progress_line_is_as_wide_as_the_terminal(cli, tmp_path):
    profile, log = tmp_path / "profile.json", tmp_path / "log"
    profile.write_text(json.dumps(body("supported-content")))
    log.write_text('{"direction": "Inbound", "mime": "image/png"}\n')
    code, shown = cli.at_a_terminal("simulate", log, "--profile-file", profile, columns=10)
    assert code == 0 and "\r\x1b[K0.0 of 0.…\r\x1b[K" in shown


def commands(command, words=()):
    """The commands without subcommands, each with its words."""
    inner = command.get("subcommands", [])
    return [" ".join(words)] if not inner else [name for each in inner for name in commands(each, (*words, each["commandName"]))]


def test_every_command_has_a_case(tmp_path):
    help = json.loads(CommandLine(tmp_path).output("--experimental-dump-help"))
    assert sorted(commands(help["command"])) == sorted(CASES)
