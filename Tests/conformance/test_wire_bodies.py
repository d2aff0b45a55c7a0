"""JSON bodies that are refused and accepted by every operation with a body."""

import gzip
import http.client
import json

import pytest

import conformance

MALFORMED = {
    "empty": b"", "spaces": b"  ", "open": b"{", "no value": b'{"name":}', "trailing comma": b'{"name":"x",}',
    "comma in array": b'{"name":"x","z":[1,]}', "comment": b'{"name":"x"}//', "two values": b'{"name":"x"}{}',
    "single quotes": b"{'name':'x'}", "bare word": b"nul", "NaN": b'{"name":"x","z":NaN}',
    "leading zero": b'{"name":"x","z":01}', "plus": b'{"name":"x","z":+1}', "dot": b'{"name":"x","z":1.}',
    "twice the same name": b'{"name":"x","name":"y"}', "the same name in escapes": b'{"name":"x","n\\u0061me":"y"}',
    "twice the same name in an ignored member": b'{"name":"x","z":{"a":1,"a":2}}',
    "byte order mark": b'\xef\xbb\xbf{"name":"x"}', "utf-16": '{"name":"x"}'.encode("utf-16"),
    "latin-1": b'{"name":"\xe9"}', "overlong utf-8": b'{"name":"\xc0\xaf"}', "utf-8 surrogate": b'{"name":"\xed\xa0\x80"}',
    "lone high surrogate": b'{"name":"\\ud834"}', "lone low surrogate": b'{"name":"\\udd1e"}',
    "swapped surrogates": b'{"name":"\\udd1e\\ud834"}', "escaped nul": b'{"name":"a\\u0000b"}',
    "raw nul": b'{"name":"a\x00b"}', "raw newline": b'{"name":"a\nb"}', "bad escape": b'{"name":"\\x41"}',
    "nul in an ignored member": b'{"name":"x","z":"\\u0000"}', "control after": b'{"name":"x"}\x00',
    "too deep": b'{"name":"x","z":' + b"[" * 1000 + b"]" * 1000 + b"}", "endless": b"[" * 100_000,
}
NOT_OBJECTS = {"null": b"null", "array": b"[]", "array of one": b'[{"name":"x"}]', "string": b'"x"',
               "number": b"1", "true": b"true"}
ACCEPTED = {
    "huge number": b'{"name":"x","z":1e400}', "long number": b'{"name":"x","z":' + b"9" * 4000 + b"}",
    "negative zero": b'{"name":"x","z":-0}', "nested": b'{"name":"x","z":' + b"[" * 40 + b"]" * 40 + b"}",
    "white space": b' \r\n\t{ "name" : "x" } \n', "null ignored": b'{"name":"x","z":null}',
    "null parts": b'{"name":"x","content":null,"event":null,"mediaTypes":null}',
    "escapes": b'{"name":"\\ud834\\udd1e \\u00e9 \\/ \\b\\f\\n\\r\\t"}', "empty member name": b'{"name":"x","":1}',
}


@pytest.fixture(scope="module")
def objects(caller):
    prefix = "/api/v2/messaging"
    return {resource: caller.post(f"{prefix}/{resource}", {"name": "Target"}).json()
            for resource in ("settings", "supportedcontent")}


def targets(prefix, objects):
    setting, profile = objects["settings"]["id"], objects["supportedcontent"]["id"]
    found = [("POST", f"{prefix}/settings"), ("PATCH", f"{prefix}/settings/{setting}"),
             ("PUT", f"{prefix}/settings/default"), ("POST", f"{prefix}/supportedcontent"),
             ("PATCH", f"{prefix}/supportedcontent/{profile}")]
    if "conversations" in prefix:
        found.append(("PUT", f"{prefix}/supportedcontent/default"))
    return found


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
def test_malformed_json_is_bad_request(caller, prefix, objects, body):
    for method, path in targets(prefix, objects):
        answer = caller.call(method, path, body)
        assert (answer.status, answer.json()["code"]) == (400, "bad.request"), (method, path, answer.body)


@pytest.mark.parametrize("body", NOT_OBJECTS.values(), ids=NOT_OBJECTS.keys())
def test_a_body_that_is_not_an_object_is_400(caller, prefix, objects, body):
    for method, path in targets(prefix, objects):
        answer = caller.call(method, path, body)
        assert answer.status == 400, (method, path)
        if body == b"null":
            assert answer.json()["code"] == "bad.request"


def test_refused_bodies_changed_nothing(caller, prefix, objects):
    for resource, created in objects.items():
        for body in list(MALFORMED.values()) + list(NOT_OBJECTS.values()):
            assert caller.call("PATCH", f"{prefix}/{resource}/{created['id']}", body).status == 400
        assert caller.get(f"{prefix}/{resource}/{created['id']}").json() == created


@pytest.mark.parametrize("body", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_valid_json_is_accepted_even_where_it_is_ignored(caller, prefix, body):
    name = json.loads(body)["name"]
    for resource in ("settings", "supportedcontent"):
        answer = caller.call("POST", f"{prefix}/{resource}", body)
        assert answer.status == 200, answer.body
        created = answer.json()
        assert created["name"] == name
        assert not {"z", "", "content", "event", "mediaTypes"} & set(created)


def test_both_families_write_the_same_store(caller):
    old, new = "/api/v2/messaging", "/api/v2/conversations/messaging"
    for here, there in ((old, new), (new, old)):
        for resource in ("settings", "supportedcontent"):
            created = caller.post(f"{here}/{resource}", {"name": "Shared"}).json()
            assert caller.get(f"{there}/{resource}/{created['id']}").json() == created
            changed = caller.patch(f"{there}/{resource}/{created['id']}", {"name": "Changed"}).json()
            assert caller.get(f"{here}/{resource}/{created['id']}").json() == changed
            assert caller.delete(f"{there}/{resource}/{created['id']}").status == 204
            assert caller.get(f"{here}/{resource}/{created['id']}").status == 404


@pytest.mark.parametrize("coding", ["gzip", "br", "x-nonsense", "identity, gzip"])
def test_a_content_coding_is_415_with_the_accepted_one(caller, prefix, objects, coding):
    for method, path in targets(prefix, objects):
        for body in (b'{"name":"x"}', gzip.compress(b'{"name":"x"}')):
            answer = caller.call(method, path, body, {"Content-Encoding": coding})
            assert (answer.status, answer.json()["code"]) == (415, "unsupported.media.type"), (method, path)
            assert answer.header("Accept-Encoding") == "identity"
    assert caller.call("POST", f"{prefix}/settings", b'{"name":"x"}', {"Content-Encoding": "identity"}).status == 200


@pytest.mark.parametrize("content_type, body", [
    ("text/csv", b"direction,mime\r\nInbound,image/png\r\n"),
    ("application/x-ndjson", b'{"direction":"Inbound","mime":"image/png"}\n')])
def test_a_log_must_be_unencoded_utf_8(caller, objects, content_type, body):
    path = f"/platform/v1/supportedcontent/{objects['supportedcontent']['id']}/simulations"
    for sent, headers in ((gzip.compress(body), {"Content-Type": content_type, "Content-Encoding": "gzip"}),
                          (body.decode().encode("utf-16"), {"Content-Type": f"{content_type}; charset=utf-16"}),
                          (body, {"Content-Type": f'{content_type}; charset="ISO-8859-1"'})):
        answer = caller.call("POST", path, sent, headers)
        assert (answer.status, answer.json()["code"]) == (415, "unsupported.media.type")
    for charset in ("utf-8", "UTF-8", '"utf-8"', "US-ASCII"):
        answer = caller.call("POST", path, body, {"Content-Type": f"{content_type};charset={charset}"})
        assert (answer.status, answer.json()["rows"]) == (200, 1)


@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/revoke"])
@pytest.mark.parametrize("headers", [{"Content-Encoding": "gzip"}, {"Content-Type": "application/x-www-form-urlencoded; charset=utf-16"}])
def test_a_form_must_be_unencoded_utf_8(server, path, headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("POST", path, b"grant_type=client_credentials",
                       {"Content-Type": "application/x-www-form-urlencoded"} | headers)
    response = connection.getresponse()
    assert (response.status, conformance.strict_json(response.read())["error"]) == (415, "invalid_request")
    assert response.getheader("Accept-Encoding") == ("identity" if "Content-Encoding" in headers else None)
