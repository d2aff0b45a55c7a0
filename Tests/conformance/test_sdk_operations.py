"""Every operation of both families, by its official name, with its status."""

import PureCloudPlatformClientV2 as sdk
import pytest

import vendor


@pytest.mark.parametrize("name", list(vendor.OPERATIONS))
def test_the_sdk_has_every_operation_but_the_listed_ones(name):
    api = vendor.APIS[name]
    missing = {official for official in vendor.OPERATIONS[name].values() if not hasattr(api, official)}
    assert missing == vendor.MISSING[vendor.VERSION]


def test_there_are_13_operations_15_successors_and_6_on_integrations():
    assert {name: len(listed) for name, listed in vendor.OPERATIONS.items()} == {
        "messaging": 13, "conversations": 15, "integrations": 6}


def test_each_operation_returns_its_model_and_status(fresh_family):
    family = fresh_family

    def expect(status, kind, result):
        assert family.status == status
        assert type(result) is kind

    setting = family.create_setting(vendor.setting_request("One"))
    expect(200, sdk.MessagingSetting, setting)
    expect(200, sdk.MessagingConfigListing, family.list_settings())
    expect(200, sdk.MessagingSetting, family.get_setting(setting.id))
    expect(200, sdk.MessagingSetting, family.patch_setting(setting.id, vendor.setting_request("Two")))
    expect(204, sdk.MessagingSetting, family.get_default_setting())
    expect(200, sdk.MessagingSetting, family.put_default_setting(vendor.default_request(setting.id)))
    expect(200, sdk.MessagingSetting, family.get_default_setting())
    expect(204, type(None), family.delete_default_setting())
    expect(204, type(None), family.delete_setting(setting.id))

    profile = family.create_profile(vendor.profile("One"))
    expect(200, sdk.SupportedContent, profile)
    expect(200, sdk.SupportedContentListing, family.list_profiles())
    expect(200, sdk.SupportedContent, family.get_profile(profile.id))
    expect(200, sdk.SupportedContent, family.patch_profile(profile.id, vendor.profile("Two")))
    expect(204, type(None), family.delete_profile(profile.id))

    if family.name == "conversations":
        default = family.get_default_profile()
        expect(200, sdk.SupportedContent, default)
        reference = vendor.filled(sdk.SupportedContentReference(), id=default.id)
        expect(200, sdk.SupportedContent, family.put_default_profile(reference))

    assert family.called == set(vendor.OPERATIONS[family.name])
