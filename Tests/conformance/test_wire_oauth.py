"""The token endpoint, scopes and revocation."""

import base64

import pytest

import conformance
from conformance import CLIENT_ID, CLIENT_SECRET, Caller, ask_token, basic

GRANT = {"grant_type": "client_credentials"}
FORM = GRANT | {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
RIGHT = basic(CLIENT_ID, CLIENT_SECRET)


def refused(answer, status, error):
    assert answer.status == status, answer.body
    assert answer.header("Content-Type").split(";")[0] == "application/json"
    assert "no-store" in answer.header("Cache-Control")
    body = answer.json()
    assert body["error"] == error, body
    assert body["description"] and body["description"] == body["error_description"]
    assert "access_token" not in body and CLIENT_SECRET not in str(body)
    return body


@pytest.mark.parametrize("form, authorization", [(GRANT, RIGHT), (FORM, None), (GRANT, RIGHT.replace("Basic", "bAsIc"))],
                         ids=["basic", "form", "basic in another case"])
def test_a_token(server, form, authorization):
    answer = ask_token(server, form, authorization)
    assert answer.status == 200
    assert answer.header("Content-Type").split(";")[0] == "application/json"
    assert "no-store" in answer.header("Cache-Control")
    body = answer.json()
    assert body["token_type"] == "bearer"
    assert type(body["expires_in"]) is int and body["expires_in"] >= 300
    assert isinstance(body["access_token"], str) and len(body["access_token"]) >= 43
    assert "refresh_token" not in body
    assert Caller(server, body["access_token"]).get("/api/v2/users/me").status == 200


def test_two_tokens_differ(server):
    assert conformance.token(server) != conformance.token(server)


def test_credentials_twice_are_refused(server):
    refused(ask_token(server, FORM, RIGHT), 400, "invalid_request")


@pytest.mark.parametrize("client, secret", [
    (CLIENT_ID, "wrong"), (CLIENT_ID, ""), (CLIENT_ID, CLIENT_SECRET[:-1]), (CLIENT_ID, CLIENT_SECRET + "x"),
    ("unknown", CLIENT_SECRET), (CLIENT_ID.upper() + "x", CLIENT_SECRET)])
def test_wrong_credentials_are_invalid_client_with_one_body(server, client, secret):
    known = refused(ask_token(server, GRANT, basic(CLIENT_ID, "wrong" * 9)), 401, "invalid_client")
    answer = ask_token(server, GRANT, basic(client, secret))
    assert refused(answer, 401, "invalid_client") == known
    assert answer.header("WWW-Authenticate").split(" ")[0] == "Basic"


def test_wrong_credentials_in_the_form_are_invalid_client(server):
    refused(ask_token(server, FORM | {"client_secret": "wrong"}), 401, "invalid_client")
    refused(ask_token(server, FORM | {"client_id": "unknown"}), 401, "invalid_client")


@pytest.mark.parametrize("authorization", [
    None, "Basic", "Basic !!!", "Basic " + base64.b64encode(b"no-colon").decode(), "Bearer x",
    "Basic " + base64.b64encode(b"\xff\xfe:\xff").decode()])
def test_no_or_unreadable_credentials_are_refused(server, authorization):
    answer = ask_token(server, GRANT, authorization)
    assert answer.status in (400, 401)
    refused(answer, answer.status, "invalid_client" if answer.status == 401 else "invalid_request")


@pytest.mark.parametrize("grant", ["password", "implicit", "authorization-code", "CLIENT_CREDENTIALS", "x"])
def test_other_grants_are_unsupported(server, grant):
    refused(ask_token(server, {"grant_type": grant}, RIGHT), 400, "unsupported_grant_type")


@pytest.mark.parametrize("form", [{}, {"grant_type": ""}, b"grant_type=client_credentials&grant_type=client_credentials"])
def test_a_missing_or_repeated_grant_is_an_invalid_request(server, form):
    refused(ask_token(server, form, RIGHT), 400, "invalid_request")


def test_a_json_body_is_refused_in_the_oauth_form(server):
    answer = ask_token(server, b'{"grant_type":"client_credentials"}', RIGHT, content_type="application/json")
    assert answer.status in (400, 415)
    refused(answer, answer.status, "invalid_request")


@pytest.mark.parametrize("scope", ["messagin", "messaging admin", "MESSAGING", "messaging:write"])
def test_an_unknown_scope_is_invalid(server, scope):
    refused(ask_token(server, GRANT | {"scope": scope}, RIGHT), 400, "invalid_scope")


def test_a_read_only_token_reads_and_does_not_write(server, caller, prefix):
    reader = Caller(server, conformance.token(server, scope="messaging:readonly"))
    setting = caller.post(f"{prefix}/settings", {"name": "Read me"}).json()
    profile = caller.post(f"{prefix}/supportedcontent", {"name": "Read me"}).json()
    assert reader.get(f"{prefix}/settings/{setting['id']}").json() == setting
    assert reader.get(f"{prefix}/supportedcontent/{profile['id']}").json() == profile
    for path in ("settings", "settings/default", "supportedcontent"):
        assert reader.get(f"{prefix}/{path}").status in (200, 204)
    writes = [("POST", "settings", {"name": "x"}), ("PATCH", f"settings/{setting['id']}", {"name": "x"}),
              ("DELETE", f"settings/{setting['id']}", None), ("PUT", "settings/default", {"settingId": setting["id"]}),
              ("DELETE", "settings/default", None), ("POST", "supportedcontent", {"name": "x"}),
              ("PATCH", f"supportedcontent/{profile['id']}", {"name": "x"}),
              ("DELETE", f"supportedcontent/{profile['id']}", None)]
    if "conversations" in prefix:
        writes.append(("PUT", "supportedcontent/default", {"id": profile["id"]}))
    for method, path, body in writes:
        assert reader.call(method, f"{prefix}/{path}", body).status == 403, (method, path)
    assert caller.get(f"{prefix}/settings/{setting['id']}").json() == setting
    assert caller.get(f"{prefix}/supportedcontent/{profile['id']}").json() == profile


@pytest.mark.parametrize("scope", ["messaging", "messaging messaging:readonly", "messaging:readonly messaging"])
def test_a_writing_scope_reads_and_writes(server, scope):
    writer = Caller(server, conformance.token(server, scope=scope))
    created = writer.post("/api/v2/messaging/settings", {"name": "Scoped"})
    assert created.status == 200
    assert writer.get(f"/api/v2/messaging/settings/{created.json()['id']}").json() == created.json()


def test_a_revoked_token_is_401(server):
    caller, other = (Caller(server, conformance.token(server)) for _ in range(2))
    assert caller.get("/api/v2/messaging/settings").status == 200
    assert caller.delete("/api/v2/tokens/me").status == 204
    for path in ("/api/v2/messaging/settings", "/api/v2/users/me"):
        answer = caller.get(path)
        assert (answer.status, answer.json()["code"]) == (401, "bad.credentials")
    assert caller.delete("/api/v2/tokens/me").status == 401
    assert other.get("/api/v2/messaging/settings").status == 200


def test_a_revocation_outlives_a_restart(tmp_path):
    database = tmp_path / "messaging.sqlite"
    with conformance.serving(database) as server:
        revoked, kept = conformance.token(server), conformance.token(server)
        assert Caller(server, revoked).delete("/api/v2/tokens/me").status == 204
    with conformance.serving(database) as server:
        assert Caller(server, revoked).get("/api/v2/users/me").status == 401
        assert Caller(server, kept).get("/api/v2/users/me").status == 200


def test_the_life_of_a_token_is_configurable(tmp_path):
    extra = conformance.bootstrap({"MESSAGING_TOKEN_LIFETIME": "300"})
    with conformance.serving(tmp_path / "messaging.sqlite", extra) as server:
        assert ask_token(server, GRANT, RIGHT).json()["expires_in"] == 300
