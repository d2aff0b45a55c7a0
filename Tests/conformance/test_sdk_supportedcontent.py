"""Supported content profiles through the vendor's SDK: fields, media types, PATCH, deletion."""

import uuid
from datetime import datetime, timedelta, timezone

import PureCloudPlatformClientV2 as sdk
import pytest

import conformance
import vendor

NULL = sdk.ApiNullValue()
STORED = {"allow": {"inbound": [{"type": "*/*"}], "outbound": [{"type": "image/*"}, {"type": "video/mpeg"}]}}


def test_a_profile_has_every_field(family):
    me = sdk.UsersApi(family.client).get_users_me().id
    profile = family.new_profile("Images both ways")
    assert str(uuid.UUID(profile.id)) == profile.id
    assert profile.name == "Images both ways"
    assert (profile.version, type(profile.version)) == (1, int)
    assert type(family.raw["version"]) is int
    assert profile.date_created == profile.date_modified
    assert abs(datetime.now(timezone.utc) - profile.date_created) < timedelta(seconds=60)
    for reference in (profile.created_by, profile.modified_by):
        assert type(reference) is sdk.DomainEntityRef
        assert (reference.id, reference.self_uri) == (me, f"/api/v2/users/{me}")
    assert vendor.types_of(profile, "inbound") == ["*/*"]
    assert vendor.types_of(profile, "outbound") == ["image/*", "video/mpeg"]
    assert profile.self_uri == f"{conformance.SUCCESSOR}/supportedcontent/{profile.id}"


def test_the_wire_form_of_a_profile(family):
    profile = family.new_profile()
    raw = family.raw
    assert conformance.DATE.fullmatch(raw["dateCreated"])
    assert conformance.DATE.fullmatch(raw["dateModified"])
    assert raw["mediaTypes"] == STORED
    assert set(raw) == {"id", "name", "dateCreated", "dateModified", "createdBy", "modifiedBy",
                        "version", "mediaTypes", "selfUri"}
    for name in conformance.FAMILIES:
        other = vendor.Family(name, family.client)
        assert other.get_profile(profile.id).to_dict() == profile.to_dict()
        assert other.raw == raw


def test_a_name_is_enough(family):
    profile = family.create_profile(vendor.profile("Only a name"))
    assert profile.media_types is None
    assert "mediaTypes" not in family.raw


def test_read_only_members_are_ignored(family):
    now = datetime(2001, 2, 3, tzinfo=timezone.utc)
    request = vendor.filled(
        vendor.profile("Mine"), id="mine", version=77, date_created=now, date_modified=now,
        created_by=vendor.filled(sdk.DomainEntityRef(), id="nobody"),
        modified_by=vendor.filled(sdk.DomainEntityRef(), id="nobody"), self_uri="/mine")
    profile = family.create_profile(request)
    assert profile.id != "mine" and profile.version == 1
    assert profile.date_created > now and profile.date_modified > now
    assert "nobody" not in (profile.created_by.id, profile.modified_by.id)
    assert profile.self_uri == f"{conformance.SUCCESSOR}/supportedcontent/{profile.id}"


@pytest.mark.parametrize("sent, stored", [
    ({"allow": {"inbound": [{"type": "*/*"}], "outbound": []}},
     {"allow": {"inbound": [{"type": "*/*"}], "outbound": []}}),
    ({"allow": {"inbound": [], "outbound": []}}, {"allow": {"inbound": [], "outbound": []}}),
    ({"allow": {"outbound": [{"type": "text/plain"}]}}, {"allow": {"outbound": [{"type": "text/plain"}]}}),
    ({"allow": {}}, None),
    ({}, None),
])
def test_empty_arrays_stay_and_empty_objects_are_absent(family, sent, stored):
    family.create_profile({"name": "From Terraform", "mediaTypes": sent})
    assert family.raw.get("mediaTypes") == stored


def test_the_order_of_types_is_kept(family):
    types = ["video/mpeg", "audio/*", "application/vnd.ms-excel", "image/svg+xml", "*/*", "a/b"]
    profile = family.new_profile(inbound=types, outbound=reversed(types))
    read = family.get_profile(profile.id)
    assert vendor.types_of(read, "inbound") == types
    assert vendor.types_of(read, "outbound") == types[::-1]


@pytest.mark.parametrize("bad", [
    "jpeg", "", "*", "*/png", "image/", "/png", "/", "image/*/x", "image/png/x", "ima ge/png",
    "image/p ng", " image/png", "image/*x", "image/pñg", "image/png\n"])
def test_a_bad_media_type_is_refused_by_name(family, bad):
    for side, index in (("inbound", 0), ("outbound", 1)):
        types = ["image/png"] * index + [bad, "image/gif"]
        request = vendor.profile("Bad", vendor.media_types(**{side: types}))
        vendor.assert_refused(400, "invalid.value", f"mediaTypes.allow.{side}[{index}].type",
                              family.create_profile, request)


@pytest.mark.parametrize("body, field", [
    ({"mediaTypes": 1}, "mediaTypes"),
    ({"mediaTypes": {"allow": "all"}}, "mediaTypes.allow"),
    ({"mediaTypes": {"allow": {"inbound": {}}}}, "mediaTypes.allow.inbound"),
    ({"mediaTypes": {"allow": {"inbound": ["image/png"]}}}, "mediaTypes.allow.inbound[0]"),
    ({"mediaTypes": {"allow": {"outbound": [{"type": "a/b"}, {"type": 3}]}}}, "mediaTypes.allow.outbound[1].type"),
    ({"mediaTypes": {"allow": {"outbound": [{}]}}}, "mediaTypes.allow.outbound[0].type"),
    ({"name": 3}, "name"), ({"name": ""}, "name"), ({"name": " \t"}, "name"), ({"name": None}, "name"),
])
def test_a_wrong_shape_is_refused_by_name(family, body, field):
    vendor.assert_refused_in(400, field, family.create_profile, {"name": "Shape"} | body)
    profile = family.new_profile()
    before = family.raw
    vendor.assert_refused_in(400, field, family.patch_profile, profile.id, {"name": "Shape"} | body)
    family.get_profile(profile.id)
    assert family.raw == before


def test_a_missing_name_is_refused(family):
    vendor.assert_refused_in(400, "name", family.create_profile, vendor.profile(types=vendor.media_types(["*/*"])))


def test_patch_replaces_media_types_whole(family):
    profile = family.new_profile()
    changed = family.patch_profile(profile.id, vendor.profile(types=vendor.media_types(inbound=["image/png"])))
    assert changed.name == "A profile"
    assert family.raw["mediaTypes"] == {"allow": {"inbound": [{"type": "image/png"}]}}
    changed = family.patch_profile(
        profile.id, vendor.profile("Both", vendor.media_types(["image/*", "video/mpeg"], [])))
    assert changed.name == "Both"
    assert family.raw["mediaTypes"] == {
        "allow": {"inbound": [{"type": "image/*"}, {"type": "video/mpeg"}], "outbound": []}}


def test_patch_of_the_name_leaves_media_types(family):
    profile = family.new_profile()
    assert family.patch_profile(profile.id, vendor.profile("Renamed")).name == "Renamed"
    assert family.raw["mediaTypes"] == STORED


def test_null_clears_media_types(family):
    profile = family.new_profile()
    changed = family.patch_profile(profile.id, vendor.profile(types=NULL))
    assert changed.media_types is None and "mediaTypes" not in family.raw
    profile = family.new_profile()
    family.patch_profile(profile.id, {"mediaTypes": {"allow": None}})
    assert "mediaTypes" not in family.raw


def test_version_editor_and_dates_move_and_creation_stays(family):
    profile = family.new_profile()
    before = family.raw
    conformance.later_millisecond()
    changed = family.patch_profile(profile.id, vendor.profile("Once"))
    assert (changed.version, type(changed.version)) == (2, int)
    assert changed.date_modified > profile.date_modified
    for member in ("id", "dateCreated", "createdBy", "modifiedBy", "selfUri"):
        assert family.raw[member] == before[member]
    assert family.patch_profile(profile.id, vendor.profile("Twice")).version == 3


def test_a_bad_media_type_in_a_patch_changes_nothing(family):
    profile = family.new_profile()
    before = family.raw
    vendor.assert_refused(
        400, "invalid.value", "mediaTypes.allow.inbound[1].type", family.patch_profile, profile.id,
        vendor.profile("Half", vendor.media_types(["image/png", "*/gif"])))
    family.get_profile(profile.id)
    assert family.raw == before


def test_a_deleted_profile_is_gone_in_both_families(family):
    profile = family.new_profile()
    assert family.delete_profile(profile.id) is None
    assert (family.status, family.client.last_response.data) == (204, "")
    for name in conformance.FAMILIES:
        other = vendor.Family(name, family.client)
        vendor.assert_refused(404, "not.found", None, other.get_profile, profile.id)
        vendor.assert_refused(404, "not.found", None, other.delete_profile, profile.id)
        vendor.assert_refused(404, "not.found", None, other.patch_profile, profile.id, vendor.profile("Back"))
