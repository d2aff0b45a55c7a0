"""An emulator: organizations for tests, their content as a whole, snapshots and resets."""

import contextlib
import pytest

import conformance
from conformance import CANARIES, SUCCESSOR, Caller, serving

SETTINGS, PROFILES = f"{SUCCESSOR}/settings", f"{SUCCESSOR}/supportedcontent"
INTEGRATIONS = f"{SUCCESSOR}/integrations/open"
EMULATOR = "/platform/v1/emulator"
FLAG = {"MESSAGING_EMULATOR": "true"}


@pytest.fixture(scope="module")
def emulator(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("emulator") / "e.sqlite", conformance.bootstrap() | FLAG) as server:
        yield server


def create(server, **request):
    """The description of a new organization, with its secrets."""
    made = Caller(server).post(f"{EMULATOR}/organizations", request)
    assert made.status == 200, made
    for secret in ("clientSecret", "accessToken"):
        CANARIES.learn(made.json()[secret], places=(conformance.EMULATED_ORGANIZATIONS,))
    return made.json()


@contextlib.contextmanager
def organization(emulator, **request):
    """A new organization, as its description and a caller with its token."""
    made = create(emulator, **request)
    yield made, Caller(emulator, made["accessToken"])
    Caller(emulator).delete(f"{EMULATOR}/organizations/{made['id']}")


def names(caller, path=SETTINGS):
    return [each["name"] for each in caller.everything(path)]


def test_each_test_has_an_organization_of_its_own(emulator):
    with organization(emulator, name="One") as (one, first), organization(emulator) as (other, second):
        assert (one["name"], other["name"]) == ("One", "Emulated") and one["id"] != other["id"]
        assert first.post(SETTINGS, {"name": "Support"}).status == 200
        assert (names(first), names(second)) == (["Support"], [])
        listed = Caller(emulator).get(f"{EMULATOR}/organizations").json()["entities"]
        assert {each["id"] for each in listed} == {one["id"], other["id"]}
        assert all("clientSecret" not in each and "accessToken" not in each for each in listed)
        # The client of the organization gets tokens like any other.
        token = conformance.token(emulator, one["clientId"], one["clientSecret"])
        assert names(Caller(emulator, token)) == ["Support"]


def test_a_deleted_organization_is_gone(emulator):
    with organization(emulator) as (made, caller):
        caller.post(SETTINGS, {"name": "Support"})
        assert Caller(emulator).delete(f"{EMULATOR}/organizations/{made['id']}").status == 204
        assert caller.get(SETTINGS).status == 401
        assert Caller(emulator).delete(f"{EMULATOR}/organizations/{made['id']}").status == 404
        assert Caller(emulator).get(f"{EMULATOR}/organizations").json()["entities"] == []


def fill(caller):
    """Two settings with a default, a profile, and an integration that uses both."""
    setting = caller.post(SETTINGS, {"name": "Support"}).json()["id"]
    caller.post(SETTINGS, {"name": "Sales"})
    profile = caller.post(PROFILES, {"name": "Images", "mediaTypes": {"allow": {"inbound": [{"type": "image/*"}]}}}).json()["id"]
    caller.put(f"{SETTINGS}/default", {"settingId": setting})
    secret = conformance.new_secret("emulator")
    CANARIES.learn(secret, places=(conformance.INTEGRATION_CHANGES, conformance.INTEGRATION_READS, conformance.EMULATOR_STATES))
    created = caller.post(INTEGRATIONS, {
        "name": "App", "outboundNotificationWebhookUrl": "https://messaging.example.com/o",
        "outboundNotificationWebhookSignatureSecretToken": secret, "webhookHeaders": {"X-Key": secret},
        "supportedContent": {"id": profile}, "messagingSetting": {"id": setting}})
    assert created.status == 200
    conformance.until(lambda: caller.everything(INTEGRATIONS)[0]["createStatus"] == "Completed")


def content(caller):
    """What clients see of an organization, byte for byte."""
    paths = [SETTINGS, PROFILES, INTEGRATIONS]
    return [caller.get(f"{path}?pageSize=100").json()["entities"] for path in paths] + [caller.get(f"{SETTINGS}/default").body]


def test_a_state_moves_to_another_organization(emulator):
    with organization(emulator) as (_, caller):
        fill(caller)
        state, seen = caller.get(f"{EMULATOR}/state"), content(caller)
    document = state.json()
    assert (document["format"], document["clients"]) == ("messaging-organization", [])
    with organization(emulator, seed=document) as (_, other):
        assert content(other) == seen
    with organization(emulator) as (_, other):
        other.post(SETTINGS, {"name": "Mine"})
        assert other.put(f"{EMULATOR}/state", document).status == 204
        assert content(other) == seen
        del document["settings"][0], document["integrations"], document["defaults"]
        refused = other.put(f"{EMULATOR}/state", document)
        assert (refused.status, refused.json()["message"]) == (400, "integrations is required")
        document["integrations"] = []
        assert other.put(f"{EMULATOR}/state", document).status == 204
        assert names(other) == ["Support"] and other.get(f"{SETTINGS}/default").status == 204


def test_a_snapshot_is_restored_as_the_next_revision(emulator):
    with organization(emulator) as (made, caller):
        fill(caller)
        taken = caller.put(f"{EMULATOR}/snapshots/full", None).json()
        assert (taken["settings"], taken["supportedContent"], taken["integrations"]) == (2, 2, 1)
        seen = content(caller)
        [integration], setting = caller.everything(INTEGRATIONS), caller.everything(SETTINGS)[0]
        caller.delete(f"{INTEGRATIONS}/{integration['id']}")
        caller.patch(f"{SETTINGS}/{setting['id']}", {"name": "Renamed"})
        caller.post(SETTINGS, {"name": "New"})
        caller.delete(f"{SETTINGS}/default")
        before = caller.get("/platform/v1/changes").json()["entities"][0]["revision"]
        restored = caller.post(f"{EMULATOR}/snapshots/full/restore", None).json()
        assert content(caller) == seen
        changes = caller.get("/platform/v1/changes").json()["entities"]
        assert {each["revision"] for each in changes if each["revision"] > before} == {before + 1} == {restored["revision"]}
        # Restoring again changes nothing, and a token issued since stays valid.
        assert caller.post(f"{EMULATOR}/snapshots/full/restore", None).json() == restored
        token = conformance.token(emulator, made["clientId"], made["clientSecret"])
        caller.post(SETTINGS, {"name": "Later"})
        assert Caller(emulator, token).post(f"{EMULATOR}/reset", None).status == 204
        assert names(Caller(emulator, token)) == [] and caller.everything(INTEGRATIONS) == []
        assert [each["name"] for each in caller.everything(PROFILES)] == ["default"]
        assert caller.post(f"{EMULATOR}/snapshots/full/restore", None).status == 200
        assert content(caller) == seen


def test_snapshots_are_listed_and_deleted(emulator):
    with organization(emulator) as (_, caller), organization(emulator) as (_, other):
        for name in ("b", "a%2Fc"):
            assert caller.put(f"{EMULATOR}/snapshots/{name}", None).status == 200
        listed = caller.get(f"{EMULATOR}/snapshots").json()["entities"]
        assert [each["name"] for each in listed] == ["a/c", "b", "seed"]
        assert other.post(f"{EMULATOR}/snapshots/b/restore", None).status == 404
        assert caller.delete(f"{EMULATOR}/snapshots/b").status == 204
        assert caller.delete(f"{EMULATOR}/snapshots/b").status == 404


def test_snapshots_and_organizations_survive_a_restart(tmp_path):
    extra = conformance.bootstrap() | FLAG
    with serving(tmp_path / "e.sqlite", extra) as server:
        made = create(server)
        caller = Caller(server, made["accessToken"])
        fill(caller)
        caller.put(f"{EMULATOR}/snapshots/full", None)
        seen = content(caller)
        caller.post(SETTINGS, {"name": "Later"})
    with serving(tmp_path / "e.sqlite", extra) as server:
        caller = Caller(server, made["accessToken"])
        assert [each["id"] for each in Caller(server).get(f"{EMULATOR}/organizations").json()["entities"]] == [made["id"]]
        caller.post(f"{EMULATOR}/snapshots/full/restore", None)
        assert content(caller) == seen


def test_a_lifetime_ends(emulator):
    with organization(emulator, lifetimeSeconds=1) as (made, caller):
        conformance.until(lambda: caller.get(SETTINGS).status == 401)
    assert Caller(emulator).post(f"{EMULATOR}/organizations", {"lifetimeSeconds": 0}).status == 400


def test_no_other_server_has_these_operations(server):
    for path in ("organizations", "state", "snapshots", "snapshots/a/restore", "reset"):
        for method in ("GET", "POST", "PUT", "DELETE"):
            assert Caller(server).call(method, f"{EMULATOR}/{path}").status == 404


def test_a_used_database_is_refused(tmp_path):
    with serving(tmp_path / "used.sqlite"):
        pass
    done = conformance.run("serve", "--emulator", "--port", "0", "--database", str(tmp_path / "used.sqlite"))
    assert done.returncode == 1 and "was used without --emulator" in done.stderr
    with serving(tmp_path / "used.sqlite", conformance.bootstrap() | FLAG | {"MESSAGING_EMULATOR_ANYWAY": "true"}) as server:
        conformance.until(lambda: "is an emulator for tests" in server.errors())
