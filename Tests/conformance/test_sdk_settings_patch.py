"""PATCH of a messaging setting through the vendor's SDK: merged per leaf."""

import PureCloudPlatformClientV2 as sdk
import pytest

import conformance
import vendor

NULL = sdk.ApiNullValue()


def patched(family, setting, **values):
    family.patch_setting(setting.id, vendor.filled(family.setting_patch(), **values))
    answer = family.raw
    family.get_setting(setting.id)
    assert family.raw == answer
    return answer


def test_patching_a_leaf_keeps_its_neighbors(family):
    setting = family.new_setting()
    raw = patched(family, setting, event=vendor.typing_event(outbound="Enabled"))
    assert raw["event"] == {"typing": {"on": {"inbound": "Enabled", "outbound": "Enabled"}}}
    assert raw["content"] == vendor.FULL_CONTENT
    assert raw["name"] == "A setting"
    raw = patched(family, setting, content=vendor.story_content(reply="Disabled"))
    assert raw["content"] == {"story": {"mention": {"inbound": "Disabled"}, "reply": {"inbound": "Disabled"}}}
    assert raw["event"] == {"typing": {"on": {"inbound": "Enabled", "outbound": "Enabled"}}}


def test_patching_adds_an_absent_leaf(family):
    setting = family.create_setting(vendor.setting_request("Bare"))
    raw = patched(family, setting, content=vendor.story_content(mention="enabled"))
    assert raw["content"] == {"story": {"mention": {"inbound": "Enabled"}}}
    assert "event" not in raw


def test_a_name_alone_changes_only_the_name(family):
    raw = patched(family, family.new_setting(), name="Renamed")
    assert raw["name"] == "Renamed"
    assert (raw["content"], raw["event"]) == (vendor.FULL_CONTENT, vendor.FULL_EVENT)


def test_no_patch_needs_a_name(family):
    setting = family.new_setting("Kept")
    request = vendor.filled(family.setting_patch(), event=vendor.typing_event(inbound="Disabled"))
    assert request.name is None
    assert family.patch_setting(setting.id, request).name == "Kept"


def test_version_editor_and_dates_move_and_creation_stays(family):
    setting = family.new_setting()
    before = family.raw
    conformance.later_millisecond()
    changed = family.patch_setting(setting.id, vendor.filled(family.setting_patch(), name="Once"))
    assert (changed.version, type(changed.version)) == ("2", str)
    assert changed.date_modified > setting.date_modified
    for member in ("id", "dateCreated", "createdBy", "updatedBy", "selfUri"):
        assert family.raw[member] == before[member]
    conformance.later_millisecond()
    again = family.patch_setting(setting.id, vendor.filled(family.setting_patch(), name="Twice"))
    assert again.version == "3" and again.date_modified > changed.date_modified


def test_null_clears_a_part(family):
    raw = patched(family, family.new_setting(), event=NULL)
    assert "event" not in raw and raw["content"] == vendor.FULL_CONTENT
    raw = patched(family, family.new_setting(), content=NULL)
    assert "content" not in raw and raw["event"] == vendor.FULL_EVENT


def test_null_below_a_part_clears_its_members(family):
    setting = family.new_setting()
    story = vendor.filled(sdk.StorySetting(), mention=NULL)
    raw = patched(family, setting, content=vendor.filled(sdk.ContentSetting(), story=story))
    assert raw["content"] == {"story": {"reply": {"inbound": "Enabled"}}}
    typing = vendor.filled(sdk.EventSetting(), typing=NULL)
    assert "event" not in patched(family, setting, event=typing)


def test_null_clears_a_leaf_and_the_last_leaf_its_parents(family):
    setting = family.new_setting()
    family.patch_setting(setting.id, {"event": {"typing": {"on": {"inbound": None}}}})
    assert family.raw["event"] == {"typing": {"on": {"outbound": "Disabled"}}}
    family.patch_setting(setting.id, {"event": {"typing": {"on": {"outbound": None}}}})
    assert "event" not in family.raw


@pytest.mark.parametrize("patch, content, event", [
    ({"content": {"story": {"mention": {}}}, "event": {}}, {"story": {"reply": {"inbound": "Enabled"}}}, None),
    ({"content": {"story": {"mention": {}, "reply": {}}}}, None, vendor.FULL_EVENT),
    ({"content": {"story": {}}}, None, vendor.FULL_EVENT), ({"content": {}}, None, vendor.FULL_EVENT),
    ({"event": {"typing": {"on": {}}}}, vendor.FULL_CONTENT, None), ({"event": {"typing": {}}}, vendor.FULL_CONTENT, None),
    ({"content": {"story": {"mention": {"inbound": "Disabled"}, "reply": {}}}, "event": {}},
     {"story": {"mention": {"inbound": "Disabled"}}}, None),
])
def test_an_empty_object_clears_its_member_at_any_depth(family, patch, content, event):
    setting = family.new_setting()
    family.patch_setting(setting.id, patch)
    assert (family.raw.get("content"), family.raw.get("event")) == (content, event)


@pytest.mark.parametrize("patch", [{}, {"content": {"x": {}}}, {"content": {"story": {"x": 1}}, "event": {"typing": {"x": {}}}}])
def test_an_object_of_unknown_members_clears_nothing(family, patch):
    setting = family.new_setting()
    family.patch_setting(setting.id, patch)
    assert (family.raw["content"], family.raw["event"]) == (vendor.FULL_CONTENT, vendor.FULL_EVENT)


def test_read_only_members_are_ignored(family):
    setting = family.new_setting()
    request = vendor.filled(family.setting_patch(), name="New", id="other", self_uri="/other")
    family.patch_setting(setting.id, request)
    assert family.raw["id"] == setting.id and family.raw["selfUri"] == setting.self_uri
    family.patch_setting(setting.id, {"version": "99", "createdBy": None, "dateCreated": None, "x": None})
    assert family.raw["version"] in ("2", "3")
    assert family.raw["createdBy"]["id"] == setting.created_by.id


@pytest.mark.parametrize("name", [None, "", "   ", 7, ["a"]])
def test_a_name_that_is_null_blank_or_no_string_is_refused_and_nothing_changes(family, name):
    setting = family.new_setting()
    before = family.raw
    vendor.assert_refused_in(400, "name", family.patch_setting, setting.id,
                             {"name": name, "event": {"typing": {"on": {"inbound": "Disabled"}}}})
    family.get_setting(setting.id)
    assert family.raw == before


def test_an_unknown_enum_value_is_refused_and_nothing_changes(family):
    setting = family.new_setting()
    before = family.raw
    request = vendor.filled(family.setting_patch(), name="Half", event=vendor.typing_event(outbound="Sometimes"))
    vendor.assert_refused(400, "invalid.value", "event.typing.on.outbound",
                          family.patch_setting, setting.id, request)
    family.get_setting(setting.id)
    assert family.raw == before


def test_both_families_see_each_change(family):
    setting = family.new_setting()
    raw = patched(family, setting, name="Seen")
    for name in conformance.FAMILIES:
        other = vendor.Family(name, family.client)
        assert other.get_setting(setting.id).name == "Seen"
        assert other.raw == raw
