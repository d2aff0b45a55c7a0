"""Several organizations in one server, and clients with limited permissions."""

import pytest

import conformance
from conformance import Tenant

OLD = conformance.FAMILIES["messaging"]
NEW = conformance.FAMILIES["conversations"]
PERMISSIONS = [f"messaging:{resource}:{action}" for resource in ("setting", "supportedContent")
               for action in ("view", "add", "edit", "delete")]


@pytest.fixture
def tenants(server):
    """Callers of two organizations made while the server runs, and the second organization."""
    first, second = Tenant(server, "First"), Tenant(server, "Second")
    return first.caller(), second.caller(), second.organization


def without_context(answer):
    return {key: value for key, value in answer.json().items() if key != "contextId"}


def test_a_new_organization_has_a_factory_profile_and_nothing_else(tenants):
    ours, theirs, organization = tenants
    ours.post(f"{OLD}/settings", {"name": "Ours"})
    assert theirs.get(f"{OLD}/settings").json()["total"] == 0
    [factory] = theirs.get(f"{NEW}/supportedcontent").json()["entities"]
    assert factory["name"] == "default"
    assert theirs.get(f"{NEW}/supportedcontent/default").json() == factory
    assert factory["id"] != ours.get(f"{NEW}/supportedcontent/default").json()["id"]
    me = theirs.get("/api/v2/organizations/me").json()
    assert (me["id"], me["name"]) == (organization["id"], "Second")
    assert ours.get("/api/v2/organizations/me").json()["id"] != me["id"]


def test_ids_of_another_organization_are_like_random_ones(tenants, prefix):
    ours, theirs, _ = tenants
    for resource, body in (("settings", {"settingId": None}), ("supportedcontent", {"id": None})):
        mine = ours.post(f"{prefix}/{resource}", {"name": "Mine"}).json()
        random = conformance.UNKNOWN_ID
        for method, sent in (("GET", None), ("PATCH", {"name": "Stolen"}), ("DELETE", None)):
            strange = theirs.call(method, f"{prefix}/{resource}/{mine['id']}", sent)
            unknown = theirs.call(method, f"{prefix}/{resource}/{random}", sent)
            assert strange.status == unknown.status == 404
            assert without_context(strange) == without_context(unknown)
        assert ours.get(f"{prefix}/{resource}/{mine['id']}").json() == mine
    setting = ours.post(f"{prefix}/settings", {"name": "Mine"}).json()["id"]
    assert theirs.put(f"{prefix}/settings/default", {"settingId": setting}).status == 404
    profile = ours.get(f"{NEW}/supportedcontent/default").json()["id"]
    assert theirs.put(f"{NEW}/supportedcontent/default", {"id": profile}).status == 404


def test_defaults_and_listings_are_separate(tenants, prefix):
    ours, theirs, _ = tenants
    setting = ours.post(f"{prefix}/settings", {"name": "Ours"}).json()["id"]
    assert ours.put(f"{prefix}/settings/default", {"settingId": setting}).status == 200
    assert theirs.get(f"{prefix}/settings/default").status == 204
    assert theirs.delete(f"{prefix}/settings/default").status == 204
    assert ours.get(f"{prefix}/settings/default").json()["id"] == setting
    theirs.post(f"{prefix}/settings", {"name": "Theirs"})
    assert [item["name"] for item in theirs.get(f"{prefix}/settings").json()["entities"]] == ["Theirs"]
    assert [item["name"] for item in ours.get(f"{prefix}/settings").json()["entities"]] == ["Ours"]


def operations(prefix, setting, profile):
    """Method, path, body, the permission it needs, and whether the vendor declares ANY."""
    old = prefix == OLD
    found = [
        ("GET", "settings", None, "setting:view", False),
        ("POST", "settings", {"name": "x"}, "setting:add", old),
        ("GET", "settings/default", None, "setting:view", False),
        ("PUT", "settings/default", {"settingId": setting}, "setting:edit", False),
        ("DELETE", "settings/default", None, "setting:delete", False),
        ("GET", f"settings/{setting}", None, "setting:view", False),
        ("PATCH", f"settings/{setting}", {"name": "x"}, "setting:edit", False),
        ("GET", "supportedcontent", None, "supportedContent:view", False),
        ("POST", "supportedcontent", {"name": "x"}, "supportedContent:add", True),
        ("GET", f"supportedcontent/{profile}", None, "supportedContent:view", False),
        ("PATCH", f"supportedcontent/{profile}", {"name": "x"}, "supportedContent:edit", False),
    ]
    if not old:
        found += [("GET", "supportedcontent/default", None, "supportedContent:view", False),
                  ("PUT", "supportedcontent/default", {"id": profile}, "supportedContent:edit", False)]
    found += [("DELETE", f"settings/{setting}", None, "setting:delete", False),
              ("DELETE", f"supportedcontent/{profile}", None, "supportedContent:delete", False)]
    return [(method, f"{prefix}/{path}", body, f"messaging:{need}", some) for method, path, body, need, some in found]


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_one_permission_permits_only_its_operations(tenant, prefix, permission):
    caller = tenant.caller()
    setting = caller.post(f"{prefix}/settings", {"name": "s"}).json()["id"]
    profile = caller.post(f"{prefix}/supportedcontent", {"name": "p"}).json()["id"]
    limited = tenant.caller(tenant.new_client("--permission", permission))
    opened = 0
    for method, path, body, need, some in operations(prefix, setting, profile):
        answer = limited.call(method, path, body)
        if need == permission:
            opened += 1
            assert answer.status in (200, 204), (method, path, answer.body)
        else:
            error = answer.json()
            assert answer.status == 403, (method, path)
            assert error["code"] == ("missing.any.permissions" if some else "missing.permissions"), (method, path)
            assert error["message"].endswith(f": {need}"), error
    assert opened >= 1


def test_a_client_with_the_read_only_scope_cannot_request_more(tenant):
    client = tenant.new_client("--scope", "messaging:readonly")
    reader = tenant.caller(client)
    assert reader.get(f"{OLD}/settings").status == 200
    assert reader.post(f"{OLD}/settings", {"name": "x"}).status == 403
    answer = conformance.ask_token(tenant.server, {"grant_type": "client_credentials", "scope": "messaging"},
                                   conformance.basic(client["id"], client["secret"]))
    assert (answer.status, answer.json()["error"]) == (400, "invalid_scope")


def test_two_permissions_permit_the_operations_of_both(tenant):
    reader = tenant.new_client("--permission", "messaging:setting:view", "--permission", "messaging:setting:add")
    caller = tenant.caller(reader)
    assert caller.post(f"{OLD}/settings", {"name": "May add"}).status == 200
    assert [item["name"] for item in caller.get(f"{OLD}/settings").json()["entities"]] == ["May add"]
    assert caller.get(f"{OLD}/supportedcontent").status == 403
