"""Messaging settings through the vendor's SDK: fields, creation, deletion."""

import uuid
from datetime import datetime, timedelta, timezone

import PureCloudPlatformClientV2 as sdk
import pytest

import conformance
import vendor


@pytest.fixture
def me(family):
    return sdk.UsersApi(family.client).get_users_me().id


def assert_reference(reference, user):
    assert type(reference) is sdk.DomainEntityRef
    assert (reference.id, reference.self_uri) == (user, f"/api/v2/users/{user}")


def test_a_full_setting_has_every_field(family, me):
    setting = family.new_setting("Typing on, stories off")
    assert str(uuid.UUID(setting.id)) == setting.id
    assert setting.name == "Typing on, stories off"
    assert (setting.version, type(setting.version)) == ("1", str)
    assert setting.date_created == setting.date_modified
    assert abs(datetime.now(timezone.utc) - setting.date_created) < timedelta(seconds=60)
    assert_reference(setting.created_by, me)
    assert_reference(setting.updated_by, me)
    assert setting.content.story.mention.inbound == "Disabled"
    assert setting.content.story.reply.inbound == "Enabled"
    assert setting.event.typing.on.inbound == "Enabled"
    assert setting.event.typing.on.outbound == "Disabled"
    assert setting.self_uri == f"{conformance.SUCCESSOR}/settings/{setting.id}"


def test_the_wire_form_of_a_full_setting(family, me):
    setting = family.new_setting()
    raw = family.raw
    user = {"id": me, "selfUri": f"/api/v2/users/{me}"}
    assert conformance.DATE.fullmatch(raw.pop("dateCreated"))
    assert conformance.DATE.fullmatch(raw.pop("dateModified"))
    assert raw.pop("createdBy").items() >= user.items()
    assert raw.pop("updatedBy").items() >= user.items()
    assert raw == {
        "id": setting.id, "name": "A setting", "version": "1",
        "content": vendor.FULL_CONTENT, "event": vendor.FULL_EVENT,
        "selfUri": f"{conformance.SUCCESSOR}/settings/{setting.id}",
    }


def test_a_name_is_enough_and_no_member_is_added(family):
    setting = family.create_setting(vendor.setting_request("Only a name"))
    assert setting.content is None and setting.event is None
    assert set(family.raw) == {
        "id", "name", "version", "dateCreated", "dateModified", "createdBy", "updatedBy", "selfUri"}


def test_get_returns_the_created_object_in_both_families(family):
    setting = family.new_setting()
    created = family.raw
    for name in conformance.FAMILIES:
        other = vendor.Family(name, family.client)
        read = other.get_setting(setting.id)
        assert other.raw == created
        assert read.to_dict() == setting.to_dict()


def test_read_only_members_are_ignored(family):
    request = vendor.filled(vendor.setting_request("Mine"), id=str(uuid.uuid4()), self_uri="/mine")
    setting = family.create_setting(request)
    assert setting.id != request.id
    assert setting.self_uri == f"{conformance.SUCCESSOR}/settings/{setting.id}"


def test_unknown_and_server_owned_members_are_ignored(family):
    body = {
        "name": "Mine", "version": "77", "dateCreated": "2001-01-01T00:00:00.000Z",
        "dateModified": None, "createdBy": {"id": "nobody"}, "updatedBy": 7, "unknown": [{"a": 1}],
        "event": {"unknown": True, "typing": {"on": {"inbound": "Enabled", "unknown": 1}}},
    }
    setting = family.create_setting(body)
    assert setting.version == "1"
    assert setting.date_created.year > 2001
    assert setting.created_by.id not in (None, "nobody")
    assert family.raw["event"] == {"typing": {"on": {"inbound": "Enabled"}}}
    assert "unknown" not in family.raw


@pytest.mark.parametrize("body, content, event", [
    ({"content": {"story": {"mention": {"inbound": "Enabled"}, "reply": {"inbound": "Disabled"}}},
      "event": {}},
     {"story": {"mention": {"inbound": "Enabled"}, "reply": {"inbound": "Disabled"}}}, None),
    ({"content": {"story": {"mention": {"inbound": "Enabled"}, "reply": {}}}, "event": {}},
     {"story": {"mention": {"inbound": "Enabled"}}}, None),
    ({"content": {}, "event": {"typing": {"on": {}}}}, None, None),
    ({"content": {"story": {}}, "event": {"typing": {"on": {"outbound": "Enabled"}}}},
     None, {"typing": {"on": {"outbound": "Enabled"}}}),
])
def test_the_empty_objects_of_terraform_are_accepted_and_absent(family, body, content, event):
    family.create_setting({"name": "From Terraform"} | body)
    assert family.raw.get("content") == content
    assert family.raw.get("event") == event


@pytest.mark.parametrize("sent, stored", [
    ("enabled", "Enabled"), ("DISABLED", "Disabled"), ("eNaBlEd", "Enabled")])
def test_the_case_of_an_enum_is_accepted_and_stored_canonical(family, sent, stored):
    request = vendor.setting_request(
        "Case", vendor.story_content(mention=sent, reply=sent), vendor.typing_event(inbound=sent, outbound=sent))
    assert request.event.typing.on.inbound == sent
    setting = family.get_setting(family.create_setting(request).id)
    assert setting.content.story.mention.inbound == stored
    assert setting.content.story.reply.inbound == stored
    assert setting.event.typing.on.inbound == stored
    assert setting.event.typing.on.outbound == stored


@pytest.mark.parametrize("name", ["Zoë ☎ 𝄞", "\"quoted\" \\ / \t tab", "  spaces inside  kept "])
def test_a_name_is_returned_as_it_was_sent(family, name):
    created = family.create_setting(vendor.setting_request(name))
    assert family.get_setting(created.id).name == name


def test_two_settings_may_share_a_name(family):
    first, second = family.new_setting("Twin"), family.new_setting("Twin")
    assert first.id != second.id
    assert family.get_setting(first.id).name == family.get_setting(second.id).name == "Twin"


def test_a_deleted_setting_is_gone_in_both_families(family):
    setting = family.new_setting()
    assert family.delete_setting(setting.id) is None
    assert (family.status, family.client.last_response.data) == (204, "")
    for name in conformance.FAMILIES:
        other = vendor.Family(name, family.client)
        vendor.assert_refused(404, "not.found", None, other.get_setting, setting.id)
        vendor.assert_refused(404, "not.found", None, other.delete_setting, setting.id)
        vendor.assert_refused(404, "not.found", None, other.patch_setting, setting.id,
                              vendor.setting_request("Back"))
