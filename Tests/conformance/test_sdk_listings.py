"""Listings and paging through the vendor's SDK, each test on an organization of its own."""

import PureCloudPlatformClientV2 as sdk
import pytest

import vendor

NAMES = [f"Setting {index:02}" for index in range(60)]
BAD_PAGING = [("page_size", "pageSize"), ("page_number", "pageNumber")]


def filled_with(family, names):
    """Creates in reverse, so that creation order is not the listing's order by chance."""
    for name in reversed(names):
        family.create_setting(vendor.setting_request(name))


def uri(family, number, size=25, resource="settings"):
    return f"{family.prefix}/{resource}?pageSize={size}&pageNumber={number}"


def test_three_pages_with_their_envelopes(fresh_family):
    family = fresh_family
    filled_with(family, NAMES)
    for number, names in ((1, NAMES[:25]), (2, NAMES[25:50]), (3, NAMES[50:])):
        listing = family.list_settings(page_size=25, page_number=number)
        assert type(listing) is sdk.MessagingConfigListing
        assert [setting.name for setting in listing.entities] == names
        assert (listing.page_size, listing.page_number) == (25, number)
        assert (listing.total, listing.page_count) == (60, 3)
        expected = {"firstUri": uri(family, 1), "lastUri": uri(family, 3), "selfUri": uri(family, number)}
        if number > 1:
            expected["previousUri"] = uri(family, number - 1)
        if number < 3:
            expected["nextUri"] = uri(family, number + 1)
        raw = family.raw
        assert {key: value for key, value in raw.items() if key.endswith("Uri")} == expected
        assert set(raw) == set(expected) | {"entities", "pageSize", "pageNumber", "total", "pageCount"}
        assert (listing.first_uri, listing.last_uri, listing.self_uri) == (
            expected["firstUri"], expected["lastUri"], expected["selfUri"])
        assert (listing.next_uri, listing.previous_uri) == (
            expected.get("nextUri"), expected.get("previousUri"))


def test_the_defaults_are_page_1_of_25(fresh_family):
    filled_with(fresh_family, NAMES[:26])
    listing = fresh_family.list_settings()
    assert [setting.name for setting in listing.entities] == NAMES[:25]
    assert (listing.page_size, listing.page_number, listing.total, listing.page_count) == (25, 1, 26, 2)
    assert fresh_family.raw["selfUri"] == uri(fresh_family, 1)


def test_an_entity_of_a_listing_equals_the_entity(fresh_family):
    family = fresh_family
    setting = family.new_setting()
    created = family.raw
    family.list_settings()
    assert family.raw["entities"] == [created]
    profile = family.new_profile("A profile")
    created = family.raw
    assert family.list_profiles().entities[0].to_dict() == profile.to_dict()
    assert family.raw["entities"][0] == created
    assert setting.self_uri.startswith("/api/v2/conversations/messaging/settings/")


def test_the_order_is_by_name_then_id(fresh_family):
    family = fresh_family
    for name in ("b", "a", "c", "b", "a", "b"):
        family.create_setting(vendor.setting_request(name))
        family.create_profile(vendor.profile(name))
    for listing in (family.list_settings(page_size=100), family.list_profiles(page_size=100)):
        found = [(item.name, item.id) for item in listing.entities]
        assert found == sorted(found)
        assert [name for name, _ in found if name != "default"] == ["a", "a", "b", "b", "b", "c"]


def test_a_rename_changes_the_order_and_a_deletion_keeps_it(fresh_family):
    family = fresh_family
    filled_with(family, ["a", "b", "c"])
    first = family.list_settings().entities[0]
    family.patch_setting(first.id, vendor.filled(family.setting_patch(), name="bb"))
    assert [item.name for item in family.list_settings().entities] == ["b", "bb", "c"]
    family.delete_setting(first.id)
    listing = family.list_settings()
    assert ([item.name for item in listing.entities], listing.total) == (["b", "c"], 2)


def test_the_pages_of_profiles(fresh_family):
    family = fresh_family
    for name in ("e", "c", "f", "a"):
        family.create_profile(vendor.profile(name))
    pages = []
    for number in (1, 2, 3):
        listing = family.list_profiles(page_size=2, page_number=number)
        assert type(listing) is sdk.SupportedContentListing
        assert (listing.page_size, listing.page_number) == (2, number)
        assert (listing.total, listing.page_count) == (5, 3)
        assert family.raw["selfUri"] == uri(family, number, 2, "supportedcontent")
        assert family.raw["lastUri"] == uri(family, 3, 2, "supportedcontent")
        assert ("nextUri" in family.raw, "previousUri" in family.raw) == (number < 3, number > 1)
        pages.append([item.name for item in listing.entities])
    assert pages == [["a", "c"], ["default", "e"], ["f"]]


def test_an_empty_listing(fresh_family):
    family = fresh_family
    listing = family.list_settings()
    assert (listing.total, listing.page_count, listing.entities) == (0, 0, [])
    raw = family.raw
    assert raw["entities"] == [] and "nextUri" not in raw and "previousUri" not in raw
    assert raw["firstUri"] == raw["selfUri"] == uri(family, 1)
    assert raw["lastUri"].startswith(f"{family.prefix}/settings?pageSize=25&pageNumber=")


@pytest.mark.parametrize("number", [2, 3, 1000, 2_000_000_000])
def test_a_page_past_the_end_is_empty(fresh_family, number):
    family = fresh_family
    filled_with(family, ["a", "b"])
    listing = family.list_settings(page_size=2, page_number=number)
    assert (family.status, listing.entities) == (200, [])
    assert (listing.page_number, listing.total, listing.page_count) == (number, 2, 1)
    assert "nextUri" not in family.raw
    assert family.raw["selfUri"] == uri(family, number, 2)
    assert family.raw["lastUri"] == family.raw["previousUri"] == uri(family, 1, 2)


@pytest.mark.parametrize("size", [1, 100])
def test_the_bounds_of_the_page_size_are_allowed(family, size):
    family.new_setting()
    assert family.list_settings(page_size=size).page_size == size
    assert family.list_profiles(page_size=size).page_size == size


@pytest.mark.parametrize("option, name", BAD_PAGING)
@pytest.mark.parametrize("value", [
    0, -1, "abc", "1.5", "0x10", "1e1", "2147483648", "99999999999999999999999", "-9223372036854775809"])
def test_bad_paging_is_refused(family, option, name, value):
    for operation in (family.list_settings, family.list_profiles):
        refused = vendor.assert_refused(400, "invalid.query.param.value", name, operation, **{option: value})
        assert name in refused.error["message"]


@pytest.mark.parametrize("value", [101, 1000, 2147483647])
def test_a_page_size_above_100_is_refused(family, value):
    for operation in (family.list_settings, family.list_profiles):
        vendor.assert_refused(400, "invalid.query.param.value", "pageSize", operation, page_size=value)
