"""What the command line reads: files in JSON and YAML, pipes, devices, and standard input that is empty, closed or broken."""

import json
import os
import subprocess

import pytest

import conformance
from commandline import caller, cli  # noqa: F401
from conformance import CANARIES, SUCCESSOR

SETTINGS = f"{SUCCESSOR}/settings"
TYPING = {"typing": {"on": {"inbound": "Enabled"}}}
PROFILE = '{"mediaTypes": {"allow": {"inbound": [{"type": "image/*"}]}}}'


def in_bash(cli, script, *arguments):  # noqa: F811
    """The completed script of bash, in which the program is `messaging`, with arguments."""
    script = f'messaging() {{ "{cli.program}" "$@"; }}; {script}'
    done = subprocess.run(["bash", "-c", script, "_", *map(str, arguments)], env=cli.environment, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=conformance.PATIENCE)
    CANARIES.write("output of the command line", done.stdout, done.stderr)
    return done


PIPES = {
    "create": "messaging settings create -f <(echo '{\"name\": \"Piped\"}') -o name",
    "request": f"messaging request POST {SETTINGS} --input <(echo '{{\"name\": \"Piped\"}}') | grep -o Piped",
    "FIFO": "mkfifo $HOME/pipe; echo '{\"name\": \"Piped\"}' > $HOME/pipe & messaging settings create -f $HOME/pipe -o name",
    "secret": "messaging login --profile Piped --url $MESSAGING_URL --client-id $MESSAGING_CLIENT_ID"
              " --client-secret @<(echo $MESSAGING_CLIENT_SECRET) >/dev/null && messaging profiles list --no-header | cut -f1",
}


@pytest.mark.parametrize("script", PIPES.values(), ids=PIPES)
def test_a_pipe_is_read_as_a_file(cli, script):
    done = in_bash(cli, script)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "Piped", "")


def test_a_profile_comes_through_a_pipe(cli):
    done = in_bash(cli, 'messaging simulate <(printf "direction,mime\\ninbound,image/png\\n") --profile-file <(echo "$1") --no-header', PROFILE)
    assert (done.returncode, done.stdout, done.stderr) == (0, "Inbound\timage/png\t1\t0\n", "")
    done = in_bash(cli, 'messaging media-type check image/png --direction inbound --profile-file <(echo "$1") --no-header', PROFILE)
    assert (done.returncode, done.stdout.split("\t")[-1]) == (0, "allowed by image/*\n")


def test_a_large_pipe_is_read_whole(cli, tmp_path, caller):  # noqa: F811
    """The content is larger than a pipe."""
    types = [{"type": f"image/x-{number}"} for number in range(3_000)]
    (tmp_path / "large").write_text(json.dumps({"mediaTypes": {"allow": {"inbound": types}}}))
    done = in_bash(cli, 'messaging media-type check image/x-2999 --direction inbound --profile-file <(cat "$1") --no-header', tmp_path / "large")
    assert done.stdout.endswith("allowed by image/x-2999\n"), done


READERS = {
    "create": ("settings", "create", "-f"), "request": ("request", "POST", SETTINGS, "--input"), "replay": ("replay", "check"),
    "profile": ("media-type", "check", "image/png", "--profile-file"), "simulate": ("simulate",),
    "secret": ("login", "--profile", "p", "--url", "http://127.0.0.1:1", "--client-id", "x", "--client-secret"),
}


def refused(cli, reader, file):
    """The standard error of a command that cannot read a file."""
    return cli.refusal(1, *READERS[reader][:-1 if reader == "secret" else None],
                       *(["--client-secret", f"@{file}"] if reader == "secret" else [file]))


@pytest.mark.parametrize("reader", READERS)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(cli, tmp_path, reader):
    (tmp_path / "folder").mkdir(0o700)
    assert f"could not read {tmp_path}/folder: it is a directory" in refused(cli, reader, tmp_path / "folder")
    (tmp_path / "loop").symlink_to("loop")
    assert f"could not read {tmp_path}/loop: Too many levels of symbolic links" in refused(cli, reader, tmp_path / "loop")


@pytest.mark.parametrize("reader", ["create", "request", "profile", "secret"])
def test_a_file_without_an_end_is_refused(cli, tmp_path, reader):
    """A file with a hole is as large as none that is meant, and takes no room."""
    with open(tmp_path / "large", "wb") as file:
        file.truncate(1 << 40)
    (tmp_path / "large").chmod(0o600)
    assert f"could not read {tmp_path}/large: it has more than " in refused(cli, reader, tmp_path / "large")
    if reader != "secret":
        assert "could not read /dev/zero: it has more than 64 MiB" in refused(cli, reader, "/dev/zero")


@pytest.mark.parametrize("place", ["directory", "loop"])
def test_a_file_of_a_directory_is_named_with_the_reason(cli, tmp_path, place):
    cli.output("settings", "create", "--set", "name=Support", "-o", "name")
    cli.output("export", tmp_path / "organization")
    file = tmp_path / "organization/settings/Support.yaml"
    file.unlink()
    file.mkdir() if place == "directory" else file.symlink_to("Support.yaml")
    error = cli.refusal(1, "plan", tmp_path / "organization")
    assert f"could not read {file}: {'it is a directory' if place == 'directory' else 'Too many levels'}" in error


WITHOUT_BODY = {
    "closed": ("<&-", "could not read standard input: it is closed"),
    "directory": ("</", "could not read standard input: it is a directory"),
    "empty": ("</dev/null", "standard input is empty, and nothing was sent"),
    "failed": ("< <(exit 1)", "standard input is empty, and nothing was sent"),
}


@pytest.mark.parametrize("redirection, words", WITHOUT_BODY.values(), ids=WITHOUT_BODY)
def test_no_request_is_sent_for_a_body_that_is_not_there(cli, redirection, words):
    done = in_bash(cli, f"messaging request POST {SETTINGS} --input - {redirection}")
    assert (done.returncode, done.stdout) == (1, "") and words in done.stderr


@pytest.mark.parametrize("reader", ["create", "profile", "simulate"])
def test_a_closed_standard_input_is_a_failure(cli, reader):
    done = in_bash(cli, 'messaging "$@" - <&-', *READERS[reader])
    assert (done.returncode, done.stdout) == (1, "") and "could not read standard input: it is closed" in done.stderr


def test_a_secret_from_a_closed_standard_input_is_a_failure(cli):
    done = in_bash(cli, 'messaging "$@" - <&-', *READERS["secret"])
    assert (done.returncode, done.stdout) == (1, "") and "could not read standard input: it is closed" in done.stderr


DOCUMENTS = {
    "new.yaml": "name: New\nevent:\n  typing:\n    \"on\":\n      inbound: Enabled\n",
    "new.YAML": "name: New\nevent: {typing: {\"on\": {inbound: Enabled}}}\n",
    "new.Yml": "# A setting.\n---\nname: New\nevent: {typing: {on: {inbound: Enabled}}}\n",
    "new.json": json.dumps({"name": "New", "event": TYPING}),
    "NEW.JSON": "\ufeff\n" + json.dumps({"name": "New", "event": TYPING}, indent=2),
    "yaml": "name: New\nevent: {typing: {on: {inbound: Enabled}}}\n",
    "marked.yaml": "\ufeffname: New\nevent: {typing: {on: {inbound: Enabled}}}\n",
    "json": "\ufeff" + json.dumps({"name": "New", "event": TYPING}),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_fields_are_read_from_json_and_yaml(cli, tmp_path, name):
    (tmp_path / name).write_text(DOCUMENTS[name])
    expected = '+ name: "New"\n+ event.typing.on.inbound: "Enabled"\n'
    for file, stdin in ((tmp_path / name, None), ("-", DOCUMENTS[name])):
        done = cli.run("settings", "create", "-f", file, "--dry-run", stdin=stdin)
        assert (done.returncode, done.stdout, done.stderr) == (2, expected, "")


def test_the_yaml_of_get_can_be_sent_again(cli, caller):  # noqa: F811
    setting = caller.post(SETTINGS, {"name": "Support", "event": TYPING}).json()
    document = cli.output("settings", "get", "Support", "-o", "yaml").replace("Enabled", "Disabled")
    changed = json.loads(cli.output("settings", "update", setting["id"], "-f", "-", "-o", "json", stdin=document))
    assert (changed["name"], changed["event"]) == ("Support", {"typing": {"on": {"inbound": "Disabled"}}})


def test_the_file_of_a_directory_can_be_sent(cli, tmp_path, caller):  # noqa: F811
    caller.post(SETTINGS, {"name": "Support", "event": TYPING})
    cli.output("export", tmp_path / "organization")
    cli.output("settings", "delete", "Support", "--yes")
    created = json.loads(cli.output("settings", "create", "-f", tmp_path / "organization/settings/Support.yaml", "-o", "json"))
    assert (created["name"], created["event"]) == ("Support", TYPING)


def test_a_file_of_a_directory_may_have_capitals_and_a_byte_order_mark(cli, tmp_path, caller):  # noqa: F811
    caller.post(SETTINGS, {"name": "Support", "event": TYPING})
    cli.output("export", tmp_path / "organization", "--format", "json")
    file = tmp_path / "organization/settings/Support.json"
    file.write_text("\ufeff" + file.read_text())
    file.rename(file.with_suffix(".JSON"))
    cli.output("plan", tmp_path / "organization", "-o", "json")


FAULTS = {
    "repeated.yaml": ("name: New\nevent: {}\nname: Old\n", 'repeated.yaml is not YAML: the key "name" occurs twice, line 1, column 1'),
    "open.yaml": ("name: [New\n", "open.yaml is not YAML: did not find expected ',' or ']', line 2, column 1"),
    "open.json": ('{"näme": ', "open.json is not JSON: unexpected end of input, line 1, column 10"),
    "yaml.json": ("name: New\n", "yaml.json is not JSON: "),
    "open": ('{"name": "x"', "standard input is not JSON: unexpected end of input, line 1, column 13"),
    "empty.yaml": ("# nothing\n", "the document is empty"),
    "list.yaml": ("- name: New\n", "the document must be an object of fields"),
    "deep.yaml": ("[" * 1500, "deep.yaml is not YAML: too many nested arrays and objects, line 1, column "),
    "type.yaml": ("name: New\nevent: [1]\n", "event: Value [array] is not valid"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_fault_of_a_document_has_its_place(cli, tmp_path, name):
    text, words = FAULTS[name]
    (tmp_path / name).write_text(text)
    done = cli.run("settings", "create", "-f", "-" if name == "open" else tmp_path / name, stdin=text)
    assert done.returncode in (1, 64) and done.stdout == "" and words in done.stderr
    assert "yaml_" not in done.stderr


def test_a_media_type_of_another_type_is_named_in_a_profile_file(cli, tmp_path):
    (tmp_path / "profile.yaml").write_text("mediaTypes: [1]\n")
    error = cli.refusal(1, "media-type", "check", "image/png", "--profile-file", tmp_path / "profile.yaml")
    assert f"{tmp_path}/profile.yaml: mediaTypes: Value [array] is not valid" in error
    error = cli.refusal(1, "media-type", "check", "image/png", "--profile-file", "-", stdin="mediaTypes: [1]\n")
    assert "standard input: mediaTypes: Value [array] is not valid" in error


def test_a_file_without_permission_is_named_with_the_reason(cli, tmp_path):
    """Runs as another user than root, who may read everything."""
    (tmp_path / "private.yaml").write_text("name: New\n")
    (tmp_path / "private.yaml").chmod(0)
    tmp_path.chmod(0o755)
    command = ["setpriv", "--reuid", "65534", "--clear-groups", cli.program, "settings", "create", "-f", str(tmp_path / "private.yaml")]
    if os.getuid() != 0:
        command = command[4:]
    done = subprocess.run(command, env=cli.environment, capture_output=True, text=True, timeout=conformance.PATIENCE)
    assert done.returncode == 1 and "ermission denied" in done.stderr
