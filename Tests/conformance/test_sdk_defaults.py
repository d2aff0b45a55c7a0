"""The default setting and the default profile, each test on an organization of its own."""

import PureCloudPlatformClientV2 as sdk
import pytest

import conformance
import vendor


def families(family):
    return [vendor.Family(name, family.client) for name in conformance.FAMILIES]


def test_no_default_setting_is_an_empty_model(fresh_family):
    for family in families(fresh_family):
        assert vendor.all_none(family.get_default_setting())
        assert (family.status, family.client.last_response.data) == (204, "")


def test_both_families_return_the_whole_default_setting(fresh_family):
    setting = fresh_family.new_setting()
    created = fresh_family.raw
    put = fresh_family.put_default_setting(vendor.default_request(setting.id))
    assert put.to_dict() == setting.to_dict()
    assert fresh_family.raw == created
    for family in families(fresh_family):
        assert family.get_default_setting().to_dict() == setting.to_dict()
        assert family.raw == created


def test_the_default_setting_can_be_changed_and_edited(fresh_family):
    first, second = fresh_family.new_setting("First"), fresh_family.new_setting("Second")
    fresh_family.put_default_setting(vendor.default_request(first.id))
    fresh_family.put_default_setting(vendor.default_request(second.id))
    assert fresh_family.get_default_setting().id == second.id
    fresh_family.patch_setting(second.id, vendor.filled(fresh_family.setting_patch(), name="Edited"))
    edited = fresh_family.get_default_setting()
    assert (edited.name, edited.version) == ("Edited", "2")
    assert fresh_family.delete_setting(first.id) is None


def test_clearing_the_default_setting_is_idempotent_and_keeps_the_setting(fresh_family):
    assert fresh_family.delete_default_setting() is None
    setting = fresh_family.new_setting()
    fresh_family.put_default_setting(vendor.default_request(setting.id))
    for _ in range(2):
        assert fresh_family.delete_default_setting() is None
        assert (fresh_family.status, fresh_family.client.last_response.data) == (204, "")
        assert vendor.all_none(fresh_family.get_default_setting())
    assert fresh_family.get_setting(setting.id).id == setting.id
    fresh_family.delete_setting(setting.id)


def test_the_default_setting_cannot_be_deleted(fresh_family):
    setting = fresh_family.new_setting()
    fresh_family.put_default_setting(vendor.default_request(setting.id))
    for family in families(fresh_family):
        vendor.assert_refused(400, "bad.request", None, family.delete_setting, setting.id)
    assert fresh_family.get_default_setting().id == setting.id
    fresh_family.delete_default_setting()
    assert fresh_family.delete_setting(setting.id) is None


@pytest.mark.parametrize("unknown", [conformance.UNKNOWN_ID, "no-such-setting", "default"])
def test_an_unknown_setting_cannot_be_the_default(fresh_family, unknown):
    setting = fresh_family.new_setting()
    fresh_family.put_default_setting(vendor.default_request(setting.id))
    vendor.assert_refused(404, "not.found", None,
                          fresh_family.put_default_setting, vendor.default_request(unknown))
    assert fresh_family.get_default_setting().id == setting.id


@pytest.mark.parametrize("body", [sdk.MessagingSettingDefaultRequest(), {"id": "x"},
                                  {"settingId": None}, {"settingId": 7}, {"settingId": {}}])
def test_a_default_without_a_setting_id_is_refused(fresh_family, body):
    vendor.assert_refused_in(400, "settingId", fresh_family.put_default_setting, body)
    assert vendor.all_none(fresh_family.get_default_setting())


def test_the_factory_profile(fresh_family):
    listing = fresh_family.list_profiles()
    assert listing.total == 1
    [factory] = listing.entities
    assert factory.name == "default"
    assert factory.version == 1
    assert vendor.types_of(factory, "inbound") == ["*/*"]
    assert vendor.types_of(factory, "outbound") == ["image/jpeg", "image/png", "image/gif"]
    assert factory.self_uri == f"{conformance.SUCCESSOR}/supportedcontent/{factory.id}"
    assert factory.date_created is not None and factory.date_created == factory.date_modified
    assert fresh_family.get_profile(factory.id).to_dict() == factory.to_dict()


def test_the_factory_profile_is_the_default_and_can_be_edited(fresh_family):
    [factory] = fresh_family.list_profiles().entities
    fresh_family.patch_profile(factory.id, vendor.profile(types=vendor.media_types(["image/png"], [])))
    successor = vendor.Family("conversations", fresh_family.client)
    default = successor.get_default_profile()
    assert (default.id, default.name, default.version) == (factory.id, "default", 2)
    assert successor.raw["mediaTypes"] == {"allow": {"inbound": [{"type": "image/png"}], "outbound": []}}


def test_the_default_profile_can_be_deleted_only_after_another_is_default(fresh_family):
    [factory] = fresh_family.list_profiles().entities
    successor = vendor.Family("conversations", fresh_family.client)
    for family in families(fresh_family):
        vendor.assert_refused(400, "bad.request", None, family.delete_profile, factory.id)
    other = fresh_family.new_profile("Other")
    created = fresh_family.raw
    reference = vendor.filled(sdk.SupportedContentReference(), id=other.id, name="ignored", self_uri="/ignored")
    put = successor.put_default_profile(reference)
    assert put.to_dict() == other.to_dict()
    assert successor.raw == created
    assert successor.get_default_profile().to_dict() == other.to_dict()
    for family in families(fresh_family):
        vendor.assert_refused(400, "bad.request", None, family.delete_profile, other.id)
    assert fresh_family.delete_profile(factory.id) is None
    assert fresh_family.list_profiles().total == 1


@pytest.mark.parametrize("unknown", [conformance.UNKNOWN_ID, "webMessagingDefault"])
def test_an_unknown_profile_cannot_be_the_default(tenant_client, unknown):
    family = vendor.Family("conversations", tenant_client)
    before = family.get_default_profile()
    vendor.assert_refused(404, "not.found", None, family.put_default_profile,
                          vendor.filled(sdk.SupportedContentReference(), id=unknown))
    assert family.get_default_profile().to_dict() == before.to_dict()


@pytest.mark.parametrize("body", [sdk.SupportedContentReference(), {"supportedContentId": "x"},
                                  {"id": None}, {"id": 7}])
def test_a_default_profile_without_an_id_is_refused(tenant_client, body):
    family = vendor.Family("conversations", tenant_client)
    vendor.assert_refused_in(400, "id", family.put_default_profile, body)


def test_the_old_family_reads_default_as_an_id(tenant_client):
    family = vendor.Family("messaging", tenant_client)
    vendor.assert_refused(404, "not.found", None, family.get_profile, "default")
