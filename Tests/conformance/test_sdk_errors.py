"""Refusals as the vendor's SDK shows them; every body is checked by `vendor.failure`."""

import json
import uuid

import pytest

import conformance
import vendor


def bad_setting(path, value):
    """Returns a creation whose enum at `path` has a value that the SDK does not know."""
    wanted = {
        "content.story.mention.inbound": lambda: {"content": vendor.story_content(mention=value)},
        "content.story.reply.inbound": lambda: {"content": vendor.story_content(reply=value)},
        "event.typing.on.inbound": lambda: {"event": vendor.typing_event(inbound=value)},
        "event.typing.on.outbound": lambda: {"event": vendor.typing_event(outbound=value)},
    }
    return vendor.setting_request("Bad", **wanted[path]())


ENUMS = ["content.story.mention.inbound", "content.story.reply.inbound",
         "event.typing.on.inbound", "event.typing.on.outbound"]


@pytest.mark.parametrize("path", ENUMS)
def test_an_unknown_enum_value_is_refused_by_name(family, path):
    refused = vendor.assert_refused(400, "invalid.value", path,
                                    family.create_setting, bad_setting(path, "Sometimes"))
    assert "outdated_sdk_version" in refused.error["message"]
    assert "Enabled" in refused.error["message"] and "Disabled" in refused.error["message"]


def test_an_error_has_the_vendors_form(family):
    refused = vendor.failure(family.get_setting, str(uuid.uuid4()))
    error = json.loads(refused.body)
    assert refused.status == error["status"] == 404
    assert error["code"] == "not.found"
    assert error["contextId"] == refused.headers["ININ-Correlation-Id"]
    assert error["details"] == [] and error["errors"] == []
    other = vendor.failure(family.get_setting, str(uuid.uuid4()))
    assert other.error["contextId"] != error["contextId"]
    assert other.error["message"] == error["message"]


@pytest.mark.parametrize("unknown", [
    conformance.UNKNOWN_ID, "no-such-id", "webMessagingDefault", "a b", "ä☎", "%2e", "x" * 300, "0"])
def test_an_unknown_id_of_any_form_is_404(family, unknown):
    for call in (family.get_setting, family.delete_setting, family.get_profile, family.delete_profile):
        vendor.assert_refused(404, "not.found", None, call, unknown)
    vendor.assert_refused(404, "not.found", None, family.patch_setting, unknown, vendor.setting_request("X"))
    vendor.assert_refused(404, "not.found", None, family.patch_profile, unknown, vendor.profile("X"))


def test_the_id_of_one_kind_is_unknown_to_the_other(family):
    setting, profile = family.new_setting(), family.new_profile()
    vendor.assert_refused(404, "not.found", None, family.get_profile, setting.id)
    vendor.assert_refused(404, "not.found", None, family.get_setting, profile.id)
    vendor.assert_refused(404, "not.found", None, family.put_default_setting,
                          vendor.default_request(profile.id))


def test_a_setting_needs_a_name(family):
    request = vendor.setting_request(event=vendor.full_event())
    assert request.name is None
    vendor.assert_refused_in(400, "name", family.create_setting, request)


@pytest.mark.parametrize("body, field", [
    ({"name": ""}, "name"), ({"name": "  "}, "name"), ({"name": None}, "name"), ({"name": 5}, "name"),
    ({"name": True}, "name"), ({"name": {}}, "name"),
    ({"content": "x"}, "content"), ({"content": []}, "content"), ({"event": 1}, "event"),
    ({"content": {"story": []}}, "content.story"),
    ({"content": {"story": {"mention": "Enabled"}}}, "content.story.mention"),
    ({"event": {"typing": {"on": True}}}, "event.typing.on"),
    ({"event": {"typing": {"on": {"inbound": True}}}}, "event.typing.on.inbound"),
    ({"event": {"typing": {"on": {"inbound": ""}}}}, "event.typing.on.inbound"),
    ({"event": {"typing": {"on": {"outbound": "Enabled "}}}}, "event.typing.on.outbound"),
])
def test_a_wrong_shape_is_refused_by_name(family, body, field):
    vendor.assert_refused_in(400, field, family.create_setting, {"name": "Shape"} | body)
    setting = family.new_setting()
    before = family.raw
    vendor.assert_refused_in(400, field, family.patch_setting, setting.id, {"name": "Shape"} | body)
    family.get_setting(setting.id)
    assert family.raw == before


def test_the_length_of_a_name_is_bounded(family):
    assert family.create_setting(vendor.setting_request("n" * 256)).name == "n" * 256
    assert family.create_profile(vendor.profile("n" * 256)).name == "n" * 256
    vendor.assert_refused_in(400, "name", family.create_setting, vendor.setting_request("n" * 257))
    vendor.assert_refused_in(400, "name", family.create_profile, vendor.profile("n" * 257))


def test_a_refused_creation_creates_nothing(fresh_family):
    family = fresh_family
    vendor.failure(family.create_setting, bad_setting(ENUMS[0], "Sometimes"))
    vendor.failure(family.create_profile, vendor.profile("Bad", vendor.media_types(["jpeg"])))
    assert (family.list_settings().total, family.list_profiles().total) == (0, 1)
    assert conformance.FAMILIES[family.name] in family.raw["selfUri"]
