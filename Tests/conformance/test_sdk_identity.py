"""Signing in, the caller's identity, revocation and rate limits through the vendor's SDK."""

import json
import re

import PureCloudPlatformClientV2 as sdk
import pytest

import conformance
import relay
import vendor


def test_users_me_is_the_editor(family):
    me = sdk.UsersApi(family.client).get_users_me()
    assert type(me) is sdk.UserMe
    assert me.id and me.self_uri == f"/api/v2/users/{me.id}"
    assert isinstance(me.name, str) and me.name
    setting, profile = family.new_setting(), family.new_profile()
    assert me.id == setting.created_by.id == setting.updated_by.id
    assert me.id == profile.created_by.id == profile.modified_by.id


def test_organizations_me_is_the_printed_organization(fresh_server):
    client = vendor.signed_in(fresh_server)
    organization = sdk.OrganizationApi(client).get_organizations_me()
    assert type(organization) is sdk.Organization
    [line] = [line for line in fresh_server.output if line.startswith("Organization:")]
    assert re.split(r"\s+", line, maxsplit=2)[1:] == [organization.id, organization.name]
    assert organization.self_uri in (None, "/api/v2/organizations/me", f"/api/v2/organizations/{organization.id}")


def test_tokens_me_returns_the_scope_and_organization_of_the_token(fresh_server):
    client = vendor.signed_in(fresh_server)
    organization = sdk.OrganizationApi(client).get_organizations_me()
    token = sdk.TokensApi(client).get_tokens_me()
    assert type(token) is sdk.TokenInfo
    for each in (token.organization, token.home_organization, token.o_auth_client.organization):
        assert (each.id, each.name) == (organization.id, organization.name)
    assert token.authorized_scope == ["messaging"]
    assert token.o_auth_client.id == conformance.CLIENT_ID and token.o_auth_client.name


def test_a_head_of_tokens_me_verifies_the_token(server):
    client = vendor.signed_in(server)
    assert sdk.TokensApi(client).head_tokens_me() is None
    sdk.TokensApi(client).delete_tokens_me()
    for token in (client.access_token, "garbage"):
        client.access_token = token
        with pytest.raises(sdk.rest.ApiException) as refused:
            sdk.TokensApi(client).head_tokens_me()
        assert refused.value.status == 401


def test_a_wrong_secret_is_401_in_the_oauth_form(server):
    sdk.configuration.host = relay.url(server)
    with pytest.raises(sdk.rest.ApiException) as refused:
        sdk.api_client.ApiClient().get_client_credentials_token(conformance.CLIENT_ID, "wrong" * 8)
    assert refused.value.status == 401
    assert json.loads(refused.value.body)["error"] == "invalid_client"


def test_without_signing_in_the_sdk_gets_401(server, family_name):
    sdk.configuration.host = relay.url(server)
    family = vendor.Family(family_name, sdk.api_client.ApiClient())
    vendor.assert_refused(401, "authentication.required", None, family.list_settings)
    family.client.access_token = "garbage"
    vendor.assert_refused(401, "bad.credentials", None, family.list_settings)


def test_a_revoked_token_is_401_and_another_lives(server, family_name):
    family, other = (vendor.Family(family_name, vendor.signed_in(server)) for _ in range(2))
    assert family.client.access_token != other.client.access_token
    family.list_settings()
    assert sdk.TokensApi(family.client).delete_tokens_me() is None
    assert family.status == 204
    for call in (family.list_settings, family.list_profiles, family.delete_default_setting):
        vendor.assert_refused(401, "bad.credentials", None, call)
    assert other.list_settings().page_number == 1


@conformance.counted_in_a_minute
def test_the_sdk_retries_429_with_retry_after(tmp_path):
    limit = 4
    extra = conformance.bootstrap({"MESSAGING_RATE_LIMIT": str(limit)})
    with conformance.serving(tmp_path / "messaging.sqlite", extra) as server:
        family = vendor.Family("messaging", vendor.signed_in(server))
        path = f"{family.prefix}/settings"
        plain = conformance.Caller(server, family.client.access_token)
        for _ in range(limit):
            answer = plain.get(path)
            assert answer.status == 200
            assert answer.header("inin-ratelimit-allowed") == str(limit)
        refused = plain.get(path)
        seconds = int(refused.header("Retry-After"))
        assert refused.status == 429 and 1 <= seconds <= 60
        error = refused.json()
        assert error["code"] == "too.many.requests.retry.after"
        assert error["message"] == f"Rate limit exceeded the maximum. Retry the request in [{seconds}] seconds"
        setting = family.new_setting()
        assert family.status == 200 and setting.version == "1"
        history = family.client.last_response.urllib3_response.retries.history
        assert [entry.status for entry in history][:1] == [429]
        later = conformance.Caller(server, family.client.access_token)  # the server closed the idle connection meanwhile
        assert later.get(f"{path}/{setting.id}").status == 200
