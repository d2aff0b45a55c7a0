"""The command messaging simulate: logs of attachments against profiles in files and on the server."""

import json
import os
import subprocess
import threading

import pytest

import conformance
from commandline import CommandLine
from conformance import SUCCESSOR

PROFILES = f"{SUCCESSOR}/supportedcontent"


def profile(name, inbound, outbound):
    allow = {"inbound": [{"type": each} for each in inbound], "outbound": [{"type": each} for each in outbound]}
    return {"name": name, "mediaTypes": {"allow": allow}}


TODAY = profile("Today", ["image/*", "application/pdf"], ["image/*"])
PROPOSED = profile("Proposed", ["image/*", "video/mp4"], ["*/*"])
#: Direction, mime, filename and number of rows.
GROUPS = [("Inbound", "image/png", "", 120), ("inbound", "", "Price list, 2026.pdf", 60), ("Inbound", "video/mp4", "", 30),
          ("Outbound", "image/jpeg; q=1", "", 9), ("OUTBOUND", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "", 6),
          ("Inbound", "\x1b[2J", "", 1)]
CSV = "id,direction,mime,filename\r\n" + "".join(f'7,{direction},{mime},"{name}"\r\n' * rows for direction, mime, name, rows in GROUPS)
LINES = "".join((json.dumps({"direction": direction, "mime": mime or None, "filename": name}) + "\n") * rows
                for direction, mime, name, rows in GROUPS)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ALONE = ("direction\tmediaType\tallowed\tblocked\nInbound\timage/png\t120\t0\nInbound\tapplication/pdf\t60\t0\nInbound\tvideo/mp4\t0\t30\n"
         f"Outbound\timage/jpeg\t9\t0\nOutbound\t{WORD}\t0\t6\nInbound\t(no media type)\t0\t1\n")
COMPARED = ("direction\tmediaType\tallowed\tblocked\tchange\nInbound\timage/png\t120\t0\t\nInbound\tapplication/pdf\t0\t60\t-60\n"
            f"Inbound\tvideo/mp4\t30\t0\t+30\nOutbound\timage/jpeg\t9\t0\t\nOutbound\t{WORD}\t6\t0\t+6\nInbound\t(no media type)\t0\t1\t\n")


@pytest.fixture
def cli(tmp_path):
    """The program without a host, and files in its home."""
    for name, text in (("log.csv", CSV), ("log.jsonl", LINES), ("today.json", json.dumps(TODAY)), ("proposed.json", json.dumps(PROPOSED))):
        (tmp_path / name).write_text(text)
    return CommandLine(tmp_path)


@pytest.fixture
def online(cli, tenant):
    for each in (TODAY, PROPOSED):
        tenant.caller().post(PROFILES, each)
    cli.environment |= {"MESSAGING_URL": tenant.server.url, "MESSAGING_CLIENT_ID": tenant.client["id"],
                        "MESSAGING_CLIENT_SECRET": tenant.client["secret"]}
    return cli


def files(folder, *profiles):
    return [option for each in profiles for option in ("--profile-file", folder / f"{each}.json")]


@pytest.mark.parametrize("log", ["log.csv", "log.jsonl"])
def test_a_log_is_simulated_offline(cli, tmp_path, log):
    assert cli.output("simulate", tmp_path / log, *files(tmp_path, "today")) == ALONE
    assert cli.output("simulate", tmp_path / log, *files(tmp_path, "today", "proposed")) == COMPARED
    assert cli.output("simulate", "-", *files(tmp_path, "today"), stdin=(tmp_path / log).read_text()) == ALONE
    assert cli.output("simulate", "-", *files(tmp_path, "today"), stdin="\ufeff" + (tmp_path / log).read_text()) == ALONE


def test_the_formats_have_their_golden_output(cli, tmp_path):
    simulate = ("simulate", tmp_path / "log.csv", *files(tmp_path, "today", "proposed"))
    assert cli.output(*simulate, "-o", "csv") == COMPARED.replace("\t", ",")
    assert cli.output(*simulate, "-o", "name") == f"image/png\napplication/pdf\nvideo/mp4\nimage/jpeg\n{WORD}\n(no media type)\n"
    assert cli.output(*simulate, "-o", "table", "--no-header").splitlines()[1] == (
        f"Inbound   application/pdf{' ' * 56}  0    60  -60")


def test_the_server_and_the_program_have_the_same_result(online, tenant, tmp_path):
    [id] = [each["id"] for each in tenant.caller().everything(PROFILES) if each["name"] == "Today"]
    query = {"mediaTypes": json.dumps(PROPOSED["mediaTypes"])}
    for log, media_type in (("log.csv", "text/csv"), ("log.jsonl", "application/x-ndjson")):
        sent = simulation(tenant, id, (tmp_path / log).read_bytes(), media_type)
        assert json.loads(online.output("simulate", tmp_path / log, "--content", "Today", "-o", "json")) == sent
        assert json.loads(online.output("simulate", tmp_path / log, *files(tmp_path, "today"), "-o", "json", MESSAGING_URL="http://127.0.0.1:1")) == sent
        both = simulation(tenant, id, (tmp_path / log).read_bytes(), media_type, query)
        for profiles in (("--content", "Today", "--content", "Proposed"), ("--content", id, *files(tmp_path, "proposed")),
                         files(tmp_path, "today", "proposed")):
            assert json.loads(online.output("simulate", tmp_path / log, *profiles, "-o", "json")) == both
    assert online.output("simulate", "-", "--content", "Today", stdin=CSV) == ALONE


def simulation(tenant, id, body, media_type, query=None):
    """The Simulation object of the API."""
    import urllib.parse
    import urllib.request
    url = f"{tenant.server.url}/platform/v1/supportedcontent/{id}/simulations?" + urllib.parse.urlencode(query or {})
    request = urllib.request.Request(url, body, {"Content-Type": media_type, "Authorization": f"Bearer {tenant.caller().token}"})
    with urllib.request.urlopen(request, timeout=conformance.PATIENCE) as response:
        return json.load(response)


def test_the_default_profile_is_used(online):
    default = online.output("supported-content", "default", "get", "-o", "name").strip()
    log = os.path.join(online.environment["HOME"], "log.csv")
    assert online.output("simulate", log) == online.output("simulate", log, "--content", default)
    online.refusal(5, "simulate", log, "--content", "Tody")


WIDE = """\
direction  mediaType                                    allowed  blocked  change
Inbound    image/png                                    120      0
Inbound    application/pdf                              0        60       -60
Inbound    video/mp4                                    30       0        +30
Outbound   image/jpeg                                   9        0
Outbound   application/vnd.openxmlformats-officedocum…  6        0        +6
Inbound    (no media type)                              0        1

226 rows
Today: 189 allowed, 37 blocked
Proposed: 165 allowed, 61 blocked

- Inbound application/pdf                 ███████████████████████████████████ 60
+ Inbound video/mp4                       ██████████████████ 30
+ Outbound application/vnd.openxmlforma…  ████ 6
"""
NARROW = """\
direc…  media…  allowed  blocked  change
Inbou…  image…  120      0
Inbou…  appli…  0        60       -60
Inbou…  video…  30       0        +30
Outbo…  image…  9        0
Outbo…  appli…  6        0        +6
Inbou…  (no m…  0        1

226 rows
Today: 189 allowed, 37 blocked
Proposed: 165 allowed, 61 blocked

- Inbound applicati…  ███████████████ 60
+ Inbound video/mp4   ████████ 30
+ Outbound applicat…  ██ 6
"""


@pytest.mark.parametrize("columns, shown", [(80, WIDE), (40, NARROW)])
def test_a_terminal_gets_bars_of_what_changes(cli, tmp_path, columns, shown):
    simulate = ("simulate", tmp_path / "log.csv", *files(tmp_path, "today", "proposed"))
    code, text = cli.at_a_terminal(*simulate, columns=columns, NO_COLOR="1")
    text = text.split("\x1b[K")[-1]
    assert (code, text) == (0, shown)
    assert all(len(line) <= columns for line in text.splitlines())
    assert "\x1b[31m█" in cli.at_a_terminal(*simulate, columns=columns)[1]


def test_a_terminal_is_told_that_nothing_changes(cli, tmp_path):
    _, text = cli.at_a_terminal("simulate", tmp_path / "log.csv", *files(tmp_path, "today", "today"), NO_COLOR="1")
    assert text.endswith("\n\nNothing changes.\n")
    _, text = cli.at_a_terminal("simulate", tmp_path / "log.csv", *files(tmp_path, "today"), NO_COLOR="1")
    assert text.endswith("\n\n226 rows\nToday: 189 allowed, 37 blocked\n")


def test_the_progress_is_on_a_terminal_only(cli, tmp_path):
    _, text = cli.at_a_terminal("simulate", tmp_path / "log.csv", *files(tmp_path, "today"))
    assert "\r\x1b[K0.0 of 0.0 MiB\r\x1b[K" in text


def test_rows_outside_the_groups_are_in_the_sums(cli, tmp_path):
    rows = "".join(f"inbound,{'image' if number % 2 else 'text'}/x-{number}\n" for number in range(10_010))
    lines = cli.output("simulate", "-", *files(tmp_path, "today", "proposed"), "--no-header", stdin="direction,mime\n" + rows).splitlines()
    assert len(lines) == 10_001 and lines[-1] == "\t(others)\t5\t5\t"


def test_malformed_rows_are_warned_of(cli, tmp_path):
    done = cli.run("simulate", "-", *files(tmp_path, "today"), stdin="direction,mime\ninbound,image/png\nup,image/png\nx\n")
    assert (done.returncode, done.stdout) == (0, "direction\tmediaType\tallowed\tblocked\nInbound\timage/png\t1\t0\n")
    assert done.stderr == ("messaging: warning: 2 rows could not be read, the first in line 3: direction is neither Inbound nor Outbound. "
                           "The output has the other rows.\n")


def test_one_malformed_row_is_one(cli, tmp_path):
    done = cli.run("simulate", "-", *files(tmp_path, "today"), "-o", "name", stdin="direction,mime\ninbound,image/png\nx\n")
    assert (done.returncode, done.stdout) == (0, "image/png\n")
    assert done.stderr == ("messaging: warning: 1 row could not be read, in line 3: it has 1 field, and the header row 2. "
                           "The output has the other rows.\n")
    _, text = cli.at_a_terminal("simulate", "-", *files(tmp_path, "today"), entered="direction,mime\ninbound,image/png\n\x04", NO_COLOR="1")
    assert text.endswith("\n\n1 row\nToday: 1 allowed, 0 blocked\n")


@pytest.mark.parametrize("form", ["table", "csv", "name", "json", "yaml"])
def test_each_format_warns_of_malformed_rows(cli, tmp_path, form):
    done = cli.run("simulate", "-", *files(tmp_path, "today"), "-o", form, stdin="direction,mime\ninbound,image/png\nup,image/png\n")
    assert done.returncode == 0 and "image/png" in done.stdout
    if form == "json":
        assert json.loads(done.stderr) == {"code": "malformed.rows", "next": "The output has the other rows.",
                                           "warning": "1 row could not be read, in line 3: direction is neither Inbound nor Outbound"}
    else:
        assert done.stderr.startswith("messaging: warning: 1 row could not be read, in line 3: ")


NO_ROWS = {"empty": "", "blank": "\n \n", "header": "direction,mime\n", "mark": "\ufeff"}


@pytest.mark.parametrize("log", NO_ROWS)
@pytest.mark.parametrize("form", ["table", "name", "json", "yaml"])
def test_a_log_without_rows_is_warned_of(online, tmp_path, log, form):
    for profiles in (files(tmp_path, "today"), ("--content", "Today")):
        done = online.run("simulate", "-", *profiles, "-o", form, stdin=NO_ROWS[log])
        assert done.returncode == 0
        if form == "json":
            assert json.loads(done.stdout)["rows"] == 0
            assert json.loads(done.stderr) == {"code": "no.rows", "warning": "the log has no rows", "next": "Check that it is the right file."}
        else:
            assert done.stderr == "messaging: warning: the log has no rows. Check that it is the right file.\n"


def test_a_log_at_null_has_no_rows(cli, tmp_path):
    done = cli.run("simulate", "/dev/null", *files(tmp_path, "today"))
    assert (done.returncode, done.stdout) == (0, "direction\tmediaType\tallowed\tblocked\n") and "the log has no rows" in done.stderr


NO_LOGS = {
    "pretty JSON": (json.dumps({"direction": "inbound", "mime": "image/png"}, indent=2), "none of its 4 rows could be read, the first in line 1: "),
    "JSON without a direction": ('{"mime": "image/png"}', "its only row could not be read, in line 1: direction is missing"),
    "CSV": ("direction,mime\nup,image/png\n", "its only row could not be read, in line 2: direction is neither Inbound nor Outbound"),
    "other CSV": ("a,b\n1,2\n", "The header row of the log has no column direction."),
    "an array": ('[{"direction": "inbound", "mime": "image/png"}]', "The header row of the log"),
}


@pytest.mark.parametrize("form", ["table", "json"])
@pytest.mark.parametrize("log", NO_LOGS)
def test_a_log_whose_rows_cannot_be_read_is_none(online, tmp_path, log, form):
    text, words = NO_LOGS[log]
    (tmp_path / "wrong").write_text(text)
    for profiles in (files(tmp_path, "today"), ("--content", "Today")):
        for file, name, stdin in ((tmp_path / "wrong", tmp_path / "wrong", None), ("-", "standard input", text)):
            error = online.refusal(1, "simulate", file, *profiles, "-o", form, stdin=stdin)
            message, next = (json.loads(error)[key] for key in ("message", "next")) if form == "json" else error.splitlines()[:2]
            assert f"{name} is no log of attachments: {words}" in message, error
            assert "A log has a header row such as direction,mime,filename, or a JSON object on each line." in next


def test_a_person_ends_a_log_at_once(cli, tmp_path):
    """The first Ctrl-D is the end. A program that waits for a second one does not end here."""
    code, text = cli.at_a_terminal("simulate", "-", *files(tmp_path, "today"), "--no-header", "-o", "csv",
                                   entered="direction,mime\ninbound,image/png\n\x04", NO_COLOR="1")
    assert code == 0 and text.endswith("Inbound,image/png,1,0\n")


@pytest.mark.parametrize("name, words", [("none", "there is no such file"), ("folder", "it is a directory"), ("wrong.csv", "is no log of attachments")])
def test_what_is_no_log_is_named(online, tmp_path, name, words):
    (tmp_path / "folder").mkdir()
    (tmp_path / "wrong.csv").write_text("a,b\n1,2\n")
    error = online.refusal(1, "simulate", tmp_path / name, *files(tmp_path, "today"))
    assert words in error and name in error
    online.refusal(1, "simulate", tmp_path / name, "--content", "Today")


def test_a_log_may_come_through_a_pipe(cli, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=lambda: (tmp_path / "pipe").write_text(CSV))
    writer.start()
    assert cli.output("simulate", tmp_path / "pipe", *files(tmp_path, "today")) == ALONE
    writer.join(conformance.PATIENCE)


def test_a_log_that_the_server_does_not_take_is_refused_before_it_is_sent(online, tmp_path):
    with open(tmp_path / "large.csv", "wb") as file:
        file.truncate((256 << 20) + 1)
    error = online.refusal(1, "simulate", tmp_path / "large.csv", "--content", "Today")
    assert "at most 256 MiB" in error and "--profile-file" in error


def test_the_options_are_checked(cli, tmp_path):
    assert "at most two" in cli.refusal(64, "simulate", "-", "--content", "a", "--content", "b", *files(tmp_path, "today"))
    assert "not both" in cli.refusal(64, "simulate", "-", "--profile-file", "-")
    cli.refusal(64, "simulate")


def test_a_million_rows_are_simulated_offline(cli, tmp_path):
    """Prints the time, which is to be at most 3 s for a program with optimization."""
    types = ["image/png", "image/jpeg", "video/mp4", "application/pdf", "IMAGE/PNG", WORD, "text/plain; charset=utf-8"]
    with open(tmp_path / "million.csv", "w") as file:
        file.write("id,direction,mime,filename\r\n")
        file.writelines(f'{number},{"Outbound" if number % 3 else "inbound"},{types[number % 7] if number % 8 else ""},"File {number}.pdf"\r\n'
                        for number in range(1_000_000))
    command = [cli.program, "simulate", tmp_path / "million.csv", *files(tmp_path, "today", "proposed"), "-o", "json"]
    done = subprocess.run(["bash", "-c", 'time "$@"', "_", *map(str, command)], env=cli.environment, capture_output=True, text=True,
                          timeout=10 * conformance.PATIENCE)
    assert json.loads(done.stdout)["rows"] == 1_000_000
    print("a million rows:", " ".join(done.stderr.split()))
