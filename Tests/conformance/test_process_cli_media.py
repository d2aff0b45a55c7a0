"""The command messaging media-type check: what it finds out of files, names and media types, and what profiles do with them."""

import contextlib
import json
import os
import subprocess

import pytest

import conformance
from commandline import CommandLine
from conformance import SUCCESSOR

PROFILES = f"{SUCCESSOR}/supportedcontent"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
PICTURES = {"name": "Pictures", "mediaTypes": {"allow": {"inbound": [{"type": "image/png"}, {"type": "image/*"}], "outbound": [{"type": "*/*"}]}}}
YAML = "name: Pictures\nmediaTypes:\n  allow:\n    inbound:\n      - type: image/png\n      - type: image/*\n    outbound:\n      - type: '*/*'\n"


@pytest.fixture
def cli(tmp_path):
    """The program without a host, in a folder with files."""
    (tmp_path / "photo.png").write_bytes(PNG)
    (tmp_path / "photo.bin").write_bytes(PNG)
    (tmp_path / "note.txt").write_text("a note")
    (tmp_path / "unknown").write_bytes(b"")
    (tmp_path / "pictures.yaml").write_text(YAML)
    (tmp_path / "pictures.json").write_text(json.dumps(PICTURES))
    return InFolder(tmp_path)


class InFolder(CommandLine):
    """The program, run in its home."""

    def run(self, *arguments, **options):
        with contextlib.chdir(self.environment["HOME"]):
            return super().run(*arguments, **options)

    def at_a_terminal(self, *arguments, **options):
        with contextlib.chdir(self.environment["HOME"]):
            return super().at_a_terminal(*arguments, **options)


@pytest.fixture
def online(cli, tenant):
    tenant.caller().post(PROFILES, PICTURES)
    cli.environment |= {"MESSAGING_URL": tenant.server.url, "MESSAGING_CLIENT_ID": tenant.client["id"],
                        "MESSAGING_CLIENT_SECRET": tenant.client["secret"]}
    return cli


CHECK = ("media-type", "check")
ARGUMENTS = ("photo.png", "photo.bin", "note.txt", "unknown", "Report.PDF", "./photo.bin", "IMAGE/Png; q=1", "video/mp4", "X-world/x-3dmf", "odd name")
ROWS = ("argument\tmediaType\tsource\tprofile\tinbound\toutbound\n"
        "photo.png\timage/png\tfirst bytes\tPictures\tallowed by image/png\tallowed by */*\n"
        "photo.bin\timage/png\tfirst bytes\tPictures\tallowed by image/png\tallowed by */*\n"
        "note.txt\ttext/plain\tname\tPictures\tblocked\tallowed by */*\n"
        "unknown\tapplication/octet-stream\tnone\tPictures\tblocked\tallowed by */*\n"
        "Report.PDF\tapplication/pdf\tname\tPictures\tblocked\tallowed by */*\n"
        "./photo.bin\timage/png\tfirst bytes\tPictures\tallowed by image/png\tallowed by */*\n"
        "IMAGE/Png; q=1\tIMAGE/Png; q=1\ttype\tPictures\tallowed by image/png\tallowed by */*\n"
        "video/mp4\tvideo/mp4\ttype\tPictures\tblocked\tallowed by */*\n"
        "X-world/x-3dmf\tX-world/x-3dmf\ttype\tPictures\tblocked\tallowed by */*\n"
        "odd name\tapplication/octet-stream\tnone\tPictures\tblocked\tallowed by */*\n")


@pytest.mark.parametrize("file", ["pictures.yaml", "pictures.json"])
def test_files_names_and_types_are_checked_offline(cli, file):
    assert cli.output(*CHECK, *ARGUMENTS, "--profile-file", file) == ROWS


def test_the_formats_have_their_golden_output(cli):
    check = (*CHECK, "photo.png", "video/mp4", "--profile-file", "pictures.yaml")
    assert cli.output(*check, "--direction", "inbound", "-o", "table") == (
        "argument   mediaType  source       profile   inbound\n"
        "photo.png  image/png  first bytes  Pictures  allowed by image/png\n"
        "video/mp4  video/mp4  type         Pictures  blocked\n")
    assert cli.output(*check, "--direction", "outbound", "-o", "csv", "--no-header") == (
        "photo.png,image/png,first bytes,Pictures,allowed by */*\nvideo/mp4,video/mp4,type,Pictures,allowed by */*\n")
    assert cli.output(*check, "-o", "name") == "photo.png\nvideo/mp4\n"
    assert json.loads(cli.output(*check, "-o", "json"))[1] == {
        "argument": "video/mp4", "mediaType": "video/mp4", "source": "type", "profile": "Pictures", "inbound": {"allowed": False},
        "outbound": {"allowed": True, "entry": "*/*"}}


def test_the_profiles_of_the_organization_are_used(online):
    def profiles(*options):
        return [line.split("\t")[3:] for line in online.output(*CHECK, "image/png", *options, "--no-header").splitlines()]

    pictures = ["Pictures", "allowed by image/png", "allowed by */*"]
    default = online.output("supported-content", "default", "get", "-o", "name").strip()
    assert [row[0] for row in profiles()] == [default]
    assert profiles("--content", "Pictures") == [pictures]
    assert sorted(row[0] for row in profiles("--all-content")) == sorted(["Pictures", default])
    online.refusal(5, *CHECK, "image/png", "--content", "Pictrues")


def test_something_blocked_fails_only_if_that_is_asked_for(cli):
    check = (*CHECK, "note.txt", "--profile-file", "pictures.yaml")
    assert cli.run(*check).returncode == 0
    assert cli.run(*check, "--fail-blocked").returncode == 2
    assert cli.run(*check, "--fail-blocked", "--direction", "outbound").returncode == 0


def test_a_profile_without_media_types_blocks_everything(cli, tmp_path):
    (tmp_path / "empty.json").write_text('{"name": "Nothing"}')
    assert cli.output(*CHECK, "image/png", "--profile-file", "empty.json", "--no-header") == "image/png\timage/png\ttype\tNothing\tblocked\tblocked\n"


@pytest.mark.parametrize("argument, words", [
    ("/none/photo.png", "there is no such file"), ("./none.png", "there is no such file"), ("folder", "it is a directory"),
    ("pic.png/x", "there is no such file"), ("image/", "there is no such file"), ("image/png/x", "there is no such file"), ("pipe", "it is no regular file"), ("/dev/null", "it is no regular file"), ("", "an argument is empty")])
def test_what_cannot_be_read_is_named(cli, tmp_path, argument, words):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    error = cli.refusal(64 if not argument else 1, *CHECK, argument, "--profile-file", "pictures.yaml")
    assert words in error and argument in error


@pytest.mark.parametrize("argument", ["image/*", "*/*", "Image/*; q=1"])
def test_a_range_of_media_types_is_refused(cli, argument):
    assert f"{argument} is a range of media types" in cli.refusal(64, *CHECK, argument, "--profile-file", "pictures.yaml")


def test_a_file_with_the_name_of_a_media_type_is_a_file(cli, tmp_path):
    (tmp_path / "video").mkdir()
    (tmp_path / "video/mp4").write_bytes(PNG)
    assert cli.output(*CHECK, "video/mp4", "--profile-file", "pictures.yaml", "--no-header").startswith("video/mp4\timage/png\tfirst bytes\t")


def test_a_file_without_permission_is_named(cli, tmp_path):
    (tmp_path / "secret.png").write_bytes(PNG)
    (tmp_path / "secret.png").chmod(0)
    tmp_path.chmod(0o755)
    command = ["setpriv", "--reuid", "65534", "--clear-groups", cli.program, *CHECK, str(tmp_path / "secret.png"), "--profile-file", "/dev/null"]
    if os.getuid() != 0:
        command = command[4:]
    done = subprocess.run(command, env=cli.environment, capture_output=True, text=True, timeout=conformance.PATIENCE)
    assert done.returncode == 1 and "could not read" in done.stderr and "ermission denied" in done.stderr


def test_only_the_first_bytes_are_read(cli, tmp_path):
    with open(tmp_path / "large.bin", "wb") as file:
        file.write(PNG)
        file.truncate(1 << 40)
    assert cli.output(*CHECK, "large.bin", "--profile-file", "pictures.yaml", "--no-header").startswith("large.bin\timage/png\tfirst bytes")


@pytest.mark.parametrize("name, document, words", [
    ("p.yaml", "name: [x", "is not YAML"), ("p.json", "{", "is not JSON"), ("p.json", "[]", "an object of fields"),
    ("p.yaml", "mediaTyps: {}", "Did you mean mediaTypes?"), ("p.json", '{"mediaTypes": {"allow": {"inbound": [{"type": "x"}]}}}', "media type"),
    ("p.json", '{"mediaTypes": {"alow": {}}}', "Did you mean mediaTypes.allow?")])
def test_a_file_that_is_no_profile_is_named(cli, tmp_path, name, document, words):
    (tmp_path / name).write_text(document)
    error = cli.refusal(1, *CHECK, "image/png", "--profile-file", name)
    assert words in error and name in error, error


def test_the_options_exclude_each_other(cli):
    assert "--all-content" in cli.refusal(64, *CHECK, "image/png", "--content", "x", "--all-content")
    cli.refusal(64, *CHECK)
    assert "inbound" in cli.refusal(64, *CHECK, "image/png", "--direction", "in")


def test_a_strange_name_has_no_effect_on_a_terminal(cli, tmp_path):
    (tmp_path / "\x1b[2J.png").write_bytes(PNG)
    for form in ("table", "csv", "json", "name"):
        code, shown = cli.at_a_terminal(*CHECK, "\x1b[2J.png", "--profile-file", "pictures.yaml", "-o", form, NO_COLOR="1")
        assert code == 0
        assert "\x1b" not in shown and ("u{1B}" in shown or "u001b" in shown)
