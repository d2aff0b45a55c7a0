"""The bytes of a response: header fields, dates, empty bodies, authorization schemes."""

import json
import re
import uuid

import pytest

import conformance
from conformance import Caller

DATE_MEMBERS = {"dateCreated", "dateModified"}


def request_bytes(method, path, token, body=b""):
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
    if token:
        lines.append(f"Authorization: bearer {token}")
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def raw_headers(received):
    head = received.split(b"\r\n\r\n", 1)[0].split(b"\r\n")
    return head[0], [line.split(b": ", 1) for line in head[1:]]


@pytest.mark.parametrize("path, status", [
    ("/api/v2/messaging/settings", 200), ("/api/v2/messaging/settings/default", 204),
    ("/api/v2/messaging/settings/none", 404), ("/api/v2/messaging/settings?pageSize=0", 400),
    ("/api/v2/nothing/here", 404), ("/api/v2/users/me", 200)])
def test_the_correlation_header_has_its_exact_case_in_bytes(server, caller, path, status):
    received = conformance.raw_exchange(server, request_bytes("GET", path, caller.token))
    start, headers = raw_headers(received)
    assert start.startswith(f"HTTP/1.1 {status} ".encode())
    values = [value for name, value in headers if name == b"ININ-Correlation-Id"]
    others = [value for name, value in headers if name == b"Genesys-Correlation-Id"]
    assert len(values) == 1 and others == values
    assert uuid.UUID(values[0].decode())


@pytest.mark.parametrize("request_line, line", [
    ("GET /api/v2/users/me", "200 OK"), ("GET /nothing", "404 Not Found"), ("HEAD /nothing", "404 Not Found"),
    ("POST /api/v2/users/me", "405 Method Not Allowed"), ("POST /api/v2/messaging/settings", "400 Bad Request"),
    ("GET /api/v2/messaging/settings/default", "204 No Content"), ("GET /", "303 See Other")])
def test_a_status_line_has_its_reason_phrase(server, caller, request_line, line):
    method, path = request_line.split()
    start, _ = raw_headers(conformance.raw_exchange(server, request_bytes(method, path, caller.token)))
    assert start.decode() == f"HTTP/1.1 {line}"


@pytest.mark.parametrize("request_line, line", [
    (b"GET / HTTP/2.0\r\n\r\n", b"400 Bad Request"), (b"nonsense\r\n\r\n", b"400 Bad Request"),
    (b"GET /" + b"x" * 9000, b"414 URI Too Long"),
    (b"GET / HTTP/1.1\r\nX: " + b"x" * 17000, b"431 Request Header Fields Too Large")])
def test_a_refusal_before_a_request_has_its_reason_phrase(server, request_line, line):
    start, _ = raw_headers(conformance.raw_exchange(server, request_line))
    assert start == b"HTTP/1.1 " + line


def test_every_response_has_its_own_correlation_id(caller):
    answers = [caller.get("/api/v2/messaging/settings") for _ in range(20)]
    assert len({answer.header("ININ-Correlation-Id") for answer in answers}) == 20


def test_a_204_has_a_head_only(server, caller, prefix):
    received = conformance.raw_exchange(server, request_bytes("DELETE", f"{prefix}/settings/default", caller.token))
    start, headers = raw_headers(received)
    assert start.startswith(b"HTTP/1.1 204 ")
    assert received.endswith(b"\r\n\r\n") and received.count(b"\r\n\r\n") == 1
    names = [name.lower() for name, _ in headers]
    assert b"content-type" not in names and b"content-length" not in names and b"transfer-encoding" not in names


@conformance.counted_in_a_minute
def test_rate_limit_headers_count_down_a_window(tmp_path):
    with conformance.serving(tmp_path / "messaging.sqlite") as server:
        caller = Caller(server, conformance.token(server))
        answers = [caller.get("/api/v2/messaging/settings") for _ in range(3)]
    for answer in answers:
        names = [name for name, _ in answer.headers]
        assert {"inin-ratelimit-count", "inin-ratelimit-allowed", "inin-ratelimit-reset"} <= set(names)
        assert answer.header("inin-ratelimit-allowed") == "1000000"
        assert 0 <= int(answer.header("inin-ratelimit-reset")) <= 60
    assert [int(answer.header("inin-ratelimit-count")) for answer in answers] == [1, 2, 3]


@conformance.counted_in_a_minute
def test_a_spent_limit_is_429_for_this_token_only(tmp_path):
    extra = conformance.bootstrap({"MESSAGING_RATE_LIMIT": "2"})
    with conformance.serving(tmp_path / "messaging.sqlite", extra) as server:
        caller = Caller(server, conformance.token(server))
        assert [caller.get("/api/v2/messaging/settings").status for _ in range(3)] == [200, 200, 429]
        refused = caller.post("/api/v2/messaging/settings", {"name": "Refused"})
        assert refused.status == 429
        assert refused.json()["code"] == "too.many.requests.retry.after"
        assert re.fullmatch(r"[1-9]\d?", refused.header("Retry-After"))
        other = Caller(server, conformance.token(server))
        assert other.get("/api/v2/messaging/settings").json()["total"] == 0
        assert Caller(server).get("/health/live").status == 200


def dates(value):
    if isinstance(value, dict):
        found = [member for name, member in value.items() if name in DATE_MEMBERS]
        return found + [date for member in value.values() for date in dates(member)]
    return [date for item in value for date in dates(item)] if isinstance(value, list) else []


def test_dates_have_three_decimals_and_z(caller, prefix):
    for index in range(30):
        body = {"name": f"Date {index}"}
        for resource in ("settings", "supportedcontent"):
            answer = caller.post(f"{prefix}/{resource}", body)
            assert answer.status == 200
            found = dates(answer.json())
            assert len(found) == 2
            assert all(conformance.DATE.fullmatch(date) for date in found), found
    found = dates(caller.get(f"{prefix}/settings?pageSize=100").json())
    assert len(found) >= 60 and all(conformance.DATE.fullmatch(date) for date in found)


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "bEaReR"])
def test_the_scheme_has_any_case(server, caller, prefix, scheme):
    assert Caller(server, caller.token, scheme).get(f"{prefix}/settings").status == 200


@pytest.mark.parametrize("authorization, code", [
    (None, "authentication.required"), ("Bearer", "authentication.required"),
    ("Bearer ", "authentication.required"),
    ("Bearer garbage", "bad.credentials"), ("Bearer " + "A" * 43, "bad.credentials")])
def test_no_token_and_garbage_are_401(server, prefix, authorization, code):
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = Caller(server).call("GET", f"{prefix}/settings", headers=headers)
    assert (answer.status, answer.json()["code"]) == (401, code)


@pytest.mark.parametrize("authorization", ["Basic QTpC", "Token x", "garbage"])
def test_another_scheme_is_401(server, prefix, authorization):
    answer = Caller(server).call("GET", f"{prefix}/settings", headers={"Authorization": authorization})
    assert answer.status == 401


def test_a_content_type_without_a_body_is_accepted(caller, prefix):
    created = caller.post(f"{prefix}/settings", {"name": "Typed"}).json()["id"]
    typed = {"Content-Type": "application/json"}
    assert caller.call("GET", f"{prefix}/settings/{created}", headers=typed).status == 200
    assert caller.call("GET", f"{prefix}/settings", headers=typed).status == 200
    assert caller.call("DELETE", f"{prefix}/settings/{created}", headers=typed).status == 204


@pytest.mark.parametrize("content_type", [
    "application/json;charset=utf-8", "application/json; charset=UTF-8", "APPLICATION/JSON"])
def test_json_content_types_are_accepted(caller, prefix, content_type):
    answer = caller.call("POST", f"{prefix}/settings", json.dumps({"name": "Typed"}).encode(),
                         {"Content-Type": content_type})
    assert answer.status == 200


@pytest.mark.parametrize("content_type", [
    "text/plain", "application/x-www-form-urlencoded", "application/xml", "application/jsonx", "json"])
def test_other_content_types_are_415(caller, prefix, content_type):
    setting = caller.post(f"{prefix}/settings", {"name": "Typed"}).json()["id"]
    profile = caller.post(f"{prefix}/supportedcontent", {"name": "Typed"}).json()["id"]
    for method, path in (("POST", "settings"), ("PATCH", f"settings/{setting}"), ("PUT", "settings/default"),
                         ("POST", "supportedcontent"), ("PATCH", f"supportedcontent/{profile}")):
        answer = caller.call(method, f"{prefix}/{path}", b'{"name":"x"}', {"Content-Type": content_type})
        assert (answer.status, answer.json()["code"]) == (415, "unsupported.media.type")


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_health_needs_no_token(server, path):
    assert Caller(server).get(path).status == 200


@pytest.mark.parametrize("offer", [
    ["Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA", "Connection: Upgrade, HTTP2-Settings"],
    ["Upgrade: websocket", "Connection: keep-alive, Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="], ["Upgrade: h2c"]],
    ids=["h2c", "websocket", "without Connection"])
def test_the_offer_of_another_protocol_is_declined_and_the_connection_goes_on(server, caller, offer):
    """Java's HttpClient offers h2c with its first request and counts on the connection."""
    body = json.dumps({"name": "offered"}).encode()
    read = "\r\n".join(["GET /api/v2/users/me HTTP/1.1", "Host: x", f"Authorization: Bearer {caller.token}", *offer]).encode() + b"\r\n\r\n"
    write = "\r\n".join([
        "POST /api/v2/messaging/settings HTTP/1.1", "Host: x", f"Authorization: Bearer {caller.token}",
        "Content-Type: application/json", f"Content-Length: {len(body)}", *offer]).encode() + b"\r\n\r\n" + body
    received = conformance.raw_exchange(
        server, read + write + read + request_bytes("GET", "/api/v2/users/me", caller.token))
    statuses = re.findall(rb"HTTP/1\.1 (\d{3})", received)
    assert statuses == [b"200"] * 4
