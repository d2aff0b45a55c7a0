"""The time and the memory of a simulation with a million attachments, measured from outside."""

import http.client
import itertools
import json
import threading
import time
import urllib.parse

import pytest

import conformance

ROWS = 1_000_000
#: Of processor time, for the report; and how much of the time in which Python parses as many lines, which measures the machine.
GOAL_SECONDS, WORST_SHARE = 2, 3
GOAL_KILOBYTES, WORST_KILOBYTES = 32 * 1024, 96 * 1024
LIMIT = 256 << 20
TYPES = ["image/png", "image/jpeg", "video/mp4", "application/pdf", "audio/mpeg", "IMAGE/PNG",
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "text/plain; charset=utf-8"]
PROPOSAL = '{"allow":{"inbound":[{"type":"image/*"}],"outbound":[{"type":"*/*"}]}}'


def rows():
    """Direction, type and file name of each row; one in eight has a name and no type."""
    for number in range(ROWS):
        direction = "Outbound" if number % 3 == 0 else "inbound"
        yield direction, None if number % 8 == 7 else TYPES[number * 7 % len(TYPES)], f"Attachment {number}.bin"


def json_lines():
    for direction, mime, name in rows():
        mime = f'"mime":"{mime}",' if mime else ""
        yield f'{{"direction":"{direction}",{mime}"filename":"{name}","size":{len(name)}}}\n'


def csv():
    yield "id,direction,mime,filename\r\n"
    for number, (direction, mime, name) in enumerate(rows()):
        yield f'{number},{direction},{mime or ""},"{name}"\r\n'


def pieces(lines):
    """The log in pieces of some 64 KiB."""
    while piece := "".join(itertools.islice(lines, 1000)):
        yield piece.encode()


class Peak:
    """The largest memory of a process while the block runs, above its memory before."""

    def __init__(self, server):
        self.server = server
        self.done = threading.Event()

    def __enter__(self):
        self.idle = self.most = conformance.resident_kilobytes(self.server.process.pid)
        self.watcher = threading.Thread(target=self.watch)
        self.watcher.start()
        return self

    def watch(self):
        while not self.done.wait(0.005):
            self.most = max(self.most, conformance.resident_kilobytes(self.server.process.pid))

    def __exit__(self, *_):
        self.done.set()
        self.watcher.join()

    @property
    def kilobytes(self):
        return self.most - self.idle


def simulate(server, token, profile, body, media_type, length=None, query=""):
    """Sends a log in pieces, with its length or, when there is none, in chunks."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": media_type}
    if length is not None:
        headers["Content-Length"] = str(length)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=conformance.PATIENCE)
    connection.request("POST", f"/platform/v1/supportedcontent/{profile}/simulations{query}", body=iter(body),
                       headers=headers, encode_chunked=length is None)
    answer = connection.getresponse()
    answer = conformance.Answer(answer.status, answer.getheaders(), answer.read())
    connection.close()
    return answer


def measured(server, what, rows, size, capsys, *arguments, **options):
    """Returns the result of a simulation and its seconds of processor time, which are printed. Fails if it takes too much memory."""
    with Peak(server) as peak:
        start, before = time.monotonic(), conformance.processor_seconds(server.process.pid)
        answer = simulate(server, *arguments, **options)
        seconds = conformance.processor_seconds(server.process.pid) - before
        elapsed = time.monotonic() - start
    assert answer.status == 200, answer.body
    with capsys.disabled():
        print(f"\n{what}, {rows} rows, {size / 2**20:.0f} MiB: {seconds:.2f} s of processor time in {elapsed:.2f} s, "
              f"{peak.kilobytes / 1024:.1f} MiB above the {peak.idle / 1024:.0f} MiB of an idle server "
              f"(goals: {GOAL_SECONDS} s for a million rows, {GOAL_KILOBYTES // 1024} MiB)")
    assert peak.kilobytes <= WORST_KILOBYTES
    return answer.json(), seconds


def seconds_of_python():
    """The processor time in which Python parses the lines of the log."""
    lines = list(json_lines())
    before = time.process_time()
    for line in lines:
        json.loads(line)
    return time.process_time() - before


@pytest.fixture
def simulating(tmp_path):
    """A server, a token, and a profile that allows everything inbound and pictures outbound."""
    with conformance.serving(tmp_path / "messaging.sqlite", variable="MESSAGING_SERVER_RELEASE") as server:
        token = conformance.token(server)
        types = {"allow": {"inbound": [{"type": "*/*"}], "outbound": [{"type": "image/png"}]}}
        answer = conformance.Caller(server, token).post("/api/v2/conversations/messaging/supportedcontent",
                                                        {"name": "Simulated", "mediaTypes": types})
        assert answer.status == 200, answer.body
        yield server, token, answer.json()["id"]


def test_a_million_rows_take_seconds_and_little_memory(simulating, capsys):
    server, token, profile = simulating
    logs = {"application/x-ndjson": list(pieces(json_lines())), "text/csv": list(pieces(csv()))}
    answers, worst = [], WORST_SHARE * seconds_of_python()
    for media_type, log in logs.items():
        size = sum(map(len, log))
        for length in (size, None):
            answer, seconds = measured(
                server, f"{media_type}, {'in chunks' if length is None else 'with its length'}", ROWS, size, capsys,
                token, profile, log, media_type, length=length, query=f"?mediaTypes={urllib.parse.quote(PROPOSAL)}")
            assert seconds <= worst
            answers.append(answer)
    assert answers[0]["rows"] == ROWS and answers[0]["malformedRows"] == 0
    inbound = sum(direction == "inbound" for direction, _, _ in rows())
    pictures = sum(direction == "Outbound" and mime in ("image/png", "IMAGE/PNG") for direction, mime, _ in rows())
    assert answers[0]["today"] == {"allowedRows": inbound + pictures, "blockedRows": ROWS - inbound - pictures}
    assert answers.count(answers[0]) == len(answers)


def hostile_log():
    """256 MiB in which every kept value has its greatest number and its greatest length."""
    filler = "x" * 200
    first = "".join(f'{{"direction":"Inbound","mime":"{prefix}/{number}{filler}{number:040}"}}\n'
                    for prefix in ("a", "A") for number in range(12_000)).encode()
    piece = (f'{{"direction":"Inbound","mime":"b/{filler}","filename":"{"y" * 40_000}"}}\n'.encode()
             + b"z" * 70_000 + b"\n" + b'{"direction":"Outbound"\n' * 800)
    log = [first] + [piece] * ((LIMIT - len(first)) // len(piece))
    return log + [b"\n" * (LIMIT - sum(map(len, log)))]


def test_a_log_of_256_mib_keeps_within_memory_and_one_byte_more_is_refused(simulating, capsys):
    server, token, profile = simulating
    log = hostile_log()
    media_type = "application/x-ndjson"
    answer, _ = measured(server, "a hostile log", 24_000 + 802 * (len(log) - 2), LIMIT, capsys,
                         token, profile, log, media_type, length=LIMIT)
    assert answer["rows"] == 24_000 + len(log) - 2
    assert answer["malformedRows"] == 801 * (len(log) - 2)
    assert len(answer["groups"]) == 10_000 and answer["rowsOutsideGroups"] == answer["rows"] - 20_000
    refused = simulate(server, token, profile, log + [b"\n"], media_type)
    assert refused.status == 413 and refused.json()["code"] == "request.entity.too.large", refused.body
    refused = simulate(server, token, profile, [], media_type, length=LIMIT + 1)
    assert refused.status == 413, refused.body
