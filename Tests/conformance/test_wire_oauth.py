"""The OAuth endpoints, scopes and revocation."""

import base64

import authlib.integrations.requests_client
import authlib.oauth2.rfc8414
import pytest

import conformance
from conformance import CLIENT_ID, CLIENT_SECRET, Caller, ask_token, basic

GRANT = {"grant_type": "client_credentials"}
FORM = GRANT | {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
RIGHT = basic(CLIENT_ID, CLIENT_SECRET)
REVOKE = "/oauth/revoke"


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
    conformance.token(server)  # a success, so that the failures of other tests do not count
    known = refused(ask_token(server, GRANT, basic(CLIENT_ID, "wrong" * 9)), 401, "invalid_client")
    answer = ask_token(server, GRANT, basic(client, secret))
    assert refused(answer, 401, "invalid_client") == known
    assert answer.header("WWW-Authenticate").split(" ")[0] == "Basic"


def test_wrong_credentials_in_the_form_are_invalid_client(server):
    conformance.token(server)  # a success, so that the failures of other tests do not count
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


def test_a_revocation_survives_a_restart(tmp_path):
    database = tmp_path / "messaging.sqlite"
    with conformance.serving(database) as server:
        revoked, kept = conformance.token(server), conformance.token(server)
        assert Caller(server, revoked).delete("/api/v2/tokens/me").status == 204
    with conformance.serving(database) as server:
        assert Caller(server, revoked).get("/api/v2/users/me").status == 401
        assert Caller(server, kept).get("/api/v2/users/me").status == 200


def test_only_a_guessing_client_must_wait(server):
    tenant = conformance.Tenant(server)
    client, neighbour = tenant.client, tenant.new_client()
    for _ in range(10):
        refused(ask_token(server, GRANT, basic(client["id"], "wrong")), 401, "invalid_client")
    right = basic(client["id"], client["secret"])
    for form, path in [(GRANT, "/oauth/token"), ({"token": "x"}, REVOKE)]:
        answer = ask_token(server, form, right, path=path)
        refused(answer, 429, "invalid_request")
        assert 1 <= int(answer.header("Retry-After")) <= 60
    assert ask_token(server, GRANT, right, address="127.0.0.2").status == 200
    assert ask_token(server, GRANT, basic(neighbour["id"], neighbour["secret"])).status == 200


def test_a_token_revoked_by_its_client_is_401_even_after_a_kill(tmp_path):
    database = tmp_path / "messaging.sqlite"
    server = conformance.Server(database).start()
    revoked, kept = conformance.token(server), conformance.token(server)
    answer = ask_token(server, {"token": revoked, "token_type_hint": "access_token"}, RIGHT, path=REVOKE)
    assert (answer.status, answer.body, answer.header("Content-Length")) == (200, b"", "0")
    assert answer.header("Content-Type") is None and "no-store" in answer.header("Cache-Control")
    assert Caller(server, revoked).get("/api/v2/users/me").status == 401
    server.kill()
    with conformance.serving(database) as server:
        assert Caller(server, revoked).get("/api/v2/users/me").status == 401
        assert Caller(server, kept).get("/api/v2/users/me").status == 200
        for token in (revoked, "garbage", "0" * 72):
            assert ask_token(server, {"token": token}, RIGHT, path=REVOKE).status == 200


def test_a_token_of_another_client_is_not_revoked(server):
    client = conformance.Tenant(server).client
    token = conformance.token(server)
    answer = ask_token(server, {"token": token}, basic(client["id"], client["secret"]), path=REVOKE)
    refused(answer, 400, "invalid_grant")
    assert Caller(server, token).get("/api/v2/users/me").status == 200


@pytest.mark.parametrize("method, scope, authorization, status, challenge", [
    ("GET", None, None, 401, 'Bearer realm="messaging"'),
    ("GET", None, "Bearer garbage", 401, 'Bearer realm="messaging", error="invalid_token", error_description="The access '
                                         'token is malformed, unknown, expired or revoked"'),
    ("POST", "messaging:readonly", None, 403,
     'Bearer realm="messaging", error="insufficient_scope", scope="messaging"')])
def test_a_refusal_names_the_needed_credentials(server, method, scope, authorization, status, challenge):
    headers = {"Authorization": authorization} if authorization else {}
    token = conformance.token(server, scope=scope) if scope else None
    answer = Caller(server, token).call(method, "/api/v2/messaging/settings", {"name": "x"}, headers)
    assert (answer.status, answer.header("WWW-Authenticate")) == (status, challenge)


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_an_independent_client_uses_the_metadata(server, monkeypatch, method):
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    with authlib.integrations.requests_client.OAuth2Session(
            CLIENT_ID, CLIENT_SECRET, token_endpoint_auth_method=method) as session:
        found = session.get(f"{server.url}/.well-known/oauth-authorization-server", withhold_token=True, timeout=conformance.PATIENCE)
        metadata = authlib.oauth2.rfc8414.AuthorizationServerMetadata(found.json())
        for name in set(metadata.REGISTRY_KEYS) - {"response_types_supported"}:  # the library takes an empty list for none
            getattr(metadata, f"validate_{name}")()
        assert metadata["response_types_supported"] == []
        assert metadata["issuer"] == server.url
        assert {method} <= set(metadata["token_endpoint_auth_methods_supported"])
        assert {method} <= set(metadata["revocation_endpoint_auth_methods_supported"])
        token = session.fetch_token(metadata["token_endpoint"], grant_type="client_credentials",
                                    scope=metadata["scopes_supported"][0])
        assert session.get(f"{server.url}/api/v2/users/me", timeout=conformance.PATIENCE).status_code == 200
        assert session.revoke_token(metadata["revocation_endpoint"], token["access_token"],
                                    "access_token").status_code == 200
        assert session.get(f"{server.url}/api/v2/users/me", timeout=conformance.PATIENCE).status_code == 401
        assert session.get(metadata["service_documentation"], withhold_token=True, timeout=conformance.PATIENCE).status_code == 200


def test_the_lifetime_of_a_token_is_configurable(tmp_path):
    extra = conformance.bootstrap({"MESSAGING_TOKEN_LIFETIME": "300"})
    with conformance.serving(tmp_path / "messaging.sqlite", extra) as server:
        assert ask_token(server, GRANT, RIGHT).json()["expires_in"] == 300
