"""Open messaging integrations through the vendor's SDK: fields, references, defaults, PATCH, deletion, and completion."""

import time
import uuid
from datetime import datetime, timedelta, timezone

import PureCloudPlatformClientV2 as sdk
import pytest

import conformance
import vendor

OPEN = f"{conformance.SUCCESSOR}/integrations/open"
URL = "https://messaging.example.com:8443/outbound?tenant=1"
TOKEN = "outbound_notification_webhook_signature_secret_token"
WORDS = "Create integration has not completed"
MEMBERS = {"id", "name", "supportedContent", "outboundNotificationWebhookUrl", "dateCreated", "dateModified", "createdBy",
           "modifiedBy", "createStatus", "selfUri"}
NULL = sdk.ApiNullValue()


class Integrations(vendor.Family):
    """The operations on integrations, and those on settings and profiles as `family`."""

    def __init__(self, client):
        super().__init__("integrations", client)
        self.family = vendor.Family("conversations", client)

    def completed(self, identifier):
        """Returns the integration once its creation is complete, polling as the vendor's clients do."""
        started = time.monotonic()
        while True:
            found = self.get_open(identifier)
            if found.create_status == "Completed":
                return found
            assert found.create_status == "Initiated" and time.monotonic() - started < conformance.PATIENCE
            time.sleep(0.02)

    def new(self, name="An integration", **values):
        """A complete one."""
        return self.completed(self.create_open(vendor.integration(name, **values)).id)


@pytest.fixture
def integrations(server):
    return Integrations(vendor.signed_in(server))


@pytest.fixture
def fresh(tenant_client):
    """On an organization of its own."""
    return Integrations(tenant_client)


@pytest.fixture(scope="module")
def slow_server(serving, tmp_path_factory):
    """A server on which no creation is complete while a test runs."""
    extra = {"MESSAGING_INTEGRATION_DELAY": "3600", "MESSAGING_LOG_LEVEL": "trace"}
    with serving(tmp_path_factory.mktemp("slow"), extra) as running:
        yield running


def update(name=None, **values):
    return vendor.filled(sdk.OpenIntegrationUpdateRequest(), **({"name": name} if name else {}), **values)


def test_an_integration_has_every_field(integrations):
    me = sdk.UsersApi(integrations.client).get_users_me().id
    headers = {"X-Tenant": conformance.new_secret("header"), "Authorization": f"Basic {conformance.new_secret('header')}"}
    profile, setting = integrations.family.new_profile(), integrations.family.new_setting()
    request = vendor.integration(
        "Our app", outbound_notification_webhook_url=URL, webhook_headers=headers,
        supported_content=vendor.reference(profile.id), messaging_setting=vendor.setting_reference(setting.id))
    made = integrations.create_open(request)
    assert str(uuid.UUID(made.id)) == made.id
    assert (made.create_status, made.status, made.recipient, made.create_error) == ("Initiated", None, None, None)
    assert getattr(made, TOKEN) == getattr(request, TOKEN)
    assert abs(datetime.now(timezone.utc) - made.date_created) < timedelta(seconds=60)
    found = integrations.completed(made.id)
    assert (found.name, found.outbound_notification_webhook_url, found.webhook_headers) == ("Our app", URL, headers)
    assert (found.supported_content.id, found.supported_content.self_uri) == (profile.id, profile.self_uri)
    assert (found.messaging_setting.id, found.messaging_setting.self_uri) == (setting.id, setting.self_uri)
    assert getattr(found, TOKEN) is None, "no read has the secret token"
    assert (found.create_status, found.status) == ("Completed", "active")
    assert found.recipient.id and found.recipient.id != found.id
    assert found.recipient.self_uri == f"/api/v2/routing/message/recipients/{found.recipient.id}"
    assert found.date_created == found.date_modified == made.date_created
    for editor in (found.created_by, found.modified_by):
        assert type(editor) is sdk.DomainEntityRef
        assert (editor.id, editor.self_uri) == (me, f"/api/v2/users/{me}")
    assert found.self_uri == f"{OPEN}/{found.id}"
    assert integrations.completed(made.id).recipient.id == found.recipient.id


def test_the_wire_form_of_an_integration(fresh):
    made = fresh.create_open(vendor.integration())
    raw = fresh.raw
    token = "outboundNotificationWebhookSignatureSecretToken"
    assert set(raw) == MEMBERS | {token}
    assert conformance.DATE.fullmatch(raw["dateCreated"]) and raw["dateModified"] == raw["dateCreated"]
    assert set(raw["supportedContent"]) == {"id", "selfUri"}
    fresh.completed(made.id)
    read = fresh.raw
    assert set(read) == MEMBERS | {"status", "recipient"}
    changed = {"createStatus", "status", "recipient", token}
    assert {name: read[name] for name in MEMBERS - changed} == {name: raw[name] for name in MEMBERS - changed}
    fresh.list_open()
    assert fresh.raw["entities"] == [read]
    fresh.list_all()
    [row] = fresh.raw["entities"]
    shared = MEMBERS - {"createStatus", "outboundNotificationWebhookUrl"}
    assert set(row) == shared | {"messengerType", "status", "recipient", "version"}
    assert (row["messengerType"], row["status"], row["version"]) == ("open", "Active", 2)
    assert {name: row[name] for name in shared | {"recipient"}} == {name: read[name] for name in shared | {"recipient"}}


def test_each_operation_on_integrations_returns_its_model_and_status(fresh):
    def expect(status, kind, result):
        assert (fresh.status, type(result)) == (status, kind)

    integration = fresh.create_open(vendor.integration())
    expect(200, sdk.OpenIntegration, integration)
    expect(200, sdk.OpenIntegration, fresh.completed(integration.id))
    expect(200, sdk.OpenIntegrationEntityListing, fresh.list_open())
    expect(200, sdk.MessagingIntegrationEntityListing, fresh.list_all())
    expect(200, sdk.OpenIntegration, fresh.patch_open(integration.id, update("Two")))
    expect(204, type(None), fresh.delete_open(integration.id))
    assert fresh.client.last_response.data == ""
    assert fresh.called == set(vendor.OPERATIONS["integrations"])


def test_nothing_is_changed_before_the_creation_is_complete(slow_server):
    slow = Integrations(vendor.signed_in(slow_server))
    made = slow.create_open(vendor.integration("Slow"))
    refused = vendor.assert_refused(400, "bad.request", None, slow.patch_open, made.id, update("Fast"))
    assert refused.error["message"] == WORDS
    found = slow.get_open(made.id)
    assert (found.name, found.create_status, found.status, found.recipient) == ("Slow", "Initiated", None, None)
    [row] = slow.list_all().entities
    assert (row.status, row.version, row.recipient) == ("Starting", 1, None)
    assert slow.delete_open(made.id) is None
    vendor.assert_refused(404, "not.found", None, slow.get_open, made.id)


def test_a_creation_uses_the_current_defaults(fresh):
    factory = fresh.family.get_default_profile()
    first = fresh.create_open(vendor.integration("First"))
    assert (first.supported_content.id, first.messaging_setting) == (factory.id, None)
    profile, setting = fresh.family.new_profile(), fresh.family.new_setting()
    fresh.family.put_default_profile(vendor.reference(profile.id))
    fresh.family.put_default_setting(vendor.default_request(setting.id))
    second = fresh.create_open(vendor.integration("Second"))
    assert (second.supported_content.id, second.messaging_setting.id) == (profile.id, setting.id)
    fresh.family.put_default_profile(vendor.reference(factory.id))
    fresh.family.delete_default_setting()
    for identifier, content, event in ((first.id, factory.id, None), (second.id, profile.id, setting.id)):
        found = fresh.completed(identifier)
        assert found.supported_content.id == content
        assert (found.messaging_setting and found.messaging_setting.id) == event
    changed = fresh.patch_open(second.id, update("Still the same"))
    assert (changed.supported_content.id, changed.messaging_setting.id) == (profile.id, setting.id)


def test_expanded_references_show_the_current_objects(fresh):
    profile, setting = fresh.family.new_profile(), fresh.family.new_setting()
    made = fresh.new(supported_content=vendor.reference(profile.id),
                     messaging_setting=vendor.setting_reference(setting.id))
    plain = fresh.get_open(made.id)
    assert (plain.supported_content.name, plain.supported_content.media_types) == (None, None)
    fresh.family.patch_profile(profile.id, vendor.profile("Edited", vendor.media_types(["image/png"], [])))
    edited_profile = fresh.family.raw
    fresh.family.patch_setting(setting.id, vendor.filled(sdk.MessagingSettingPatchRequest(), name="Edited too"))
    edited_setting = fresh.family.raw

    expanded = fresh.get_open(made.id, expand="supportedContent")
    assert fresh.raw["supportedContent"] == {
        name: edited_profile[name] for name in ("id", "name", "selfUri", "mediaTypes")}
    assert (expanded.supported_content.name, expanded.messaging_setting.name) == ("Edited", None)
    fresh.get_open(made.id, expand="messagingSetting")
    assert fresh.raw["messagingSetting"] == edited_setting
    assert set(fresh.raw["supportedContent"]) == {"id", "selfUri"}
    fresh.list_open(expand="messagingSetting")
    assert [entity["messagingSetting"] for entity in fresh.raw["entities"]] == [edited_setting]
    fresh.list_all(expand=["supportedContent", "messagingSetting", "identityresolution"])
    [row] = fresh.raw["entities"]
    assert (row["supportedContent"]["name"], row["messagingSetting"]) == ("Edited", edited_setting)
    for nothing in ({}, {"expand": ""}, {"expand": "identityresolution"}):
        assert fresh.get_open(made.id, **nothing).to_dict() == plain.to_dict()


def test_an_unknown_expansion_is_refused_by_name(fresh):
    for operation, wrong in ((fresh.list_open, "recipient"), (fresh.list_open, "supportedContent,messagingSetting"),
                             (fresh.list_all, ["supportedContent", "recipient"])):
        vendor.assert_refused(400, "invalid.query.param.value", "expand", operation, expand=wrong)


def test_the_filters_find_the_users_of_an_object(fresh):
    profiles, setting = [fresh.family.new_profile(name) for name in "ab"], fresh.family.new_setting()
    made = {}
    for index, profile in enumerate([profiles[0], profiles[0], profiles[1]]):
        values = {"messaging_setting": vendor.setting_reference(setting.id)} if index != 1 else {}
        made[index] = fresh.create_open(
            vendor.integration(f"{index}", supported_content=vendor.reference(profile.id), **values)).id
    for listed in (fresh.list_open, fresh.list_all):
        def chosen(**filters):
            listing = listed(**filters)
            assert listing.total == len(listing.entities)
            return [entity.id for entity in listing.entities]

        assert chosen() == [made[0], made[1], made[2]]
        assert chosen(supported_content_id=profiles[0].id) == [made[0], made[1]]
        assert chosen(messaging_setting_id=setting.id) == [made[0], made[2]]
        assert chosen(supported_content_id=profiles[0].id, messaging_setting_id=setting.id) == [made[0]]
        assert chosen(supported_content_id="", messaging_setting_id="") == [made[0], made[1], made[2]]
        assert chosen(supported_content_id=conformance.UNKNOWN_ID) == []
        page = listed(supported_content_id=profiles[0].id, page_size=1)
        assert (page.total, page.page_count, len(page.entities)) == (2, 2, 1)
        assert page.next_uri.endswith(f"?pageSize=1&pageNumber=2&supportedContent.id={profiles[0].id}")


def test_a_used_object_is_not_deleted_and_the_refusal_names_its_users(fresh):
    profile, setting = fresh.family.new_profile(), fresh.family.new_setting()
    users = [fresh.create_open(vendor.integration(
        name, supported_content=vendor.reference(profile.id), messaging_setting=vendor.setting_reference(setting.id)))
        for name in ("App", "Bot")]
    for family in ("messaging", "conversations"):
        other = vendor.Family(family, fresh.client)
        for delete, identifier in ((other.delete_profile, profile.id), (other.delete_setting, setting.id)):
            refused = vendor.failure(delete, identifier)
            assert (refused.status, refused.error["code"]) == (400, "bad.request")
            assert [(each["entityName"], each["entityId"]) for each in refused.error["details"]] == [
                (user.name, user.id) for user in users]
            for user in users:
                assert f"{user.name} ({user.id})" in refused.error["message"]
    fresh.delete_open(users[0].id)
    bot = fresh.completed(users[1].id)
    fresh.patch_open(bot.id, update(messaging_setting=NULL))
    assert fresh.family.delete_setting(setting.id) is None
    vendor.assert_refused(400, "bad.request", None, fresh.family.delete_profile, profile.id)
    fresh.delete_open(bot.id)
    assert fresh.family.delete_profile(profile.id) is None


def test_bodies_as_terraform_sends_them(fresh):
    made = fresh.create_open({
        "name": "From Terraform", "outboundNotificationWebhookUrl": URL,
        "outboundNotificationWebhookSignatureSecretToken": "terraform-secret-token",
        "supportedContent": {"id": ""}, "messagingSetting": {"id": ""}, "webhookHeaders": None})
    assert set(fresh.raw) == MEMBERS | {"outboundNotificationWebhookSignatureSecretToken"}
    assert made.supported_content.id == fresh.family.get_default_profile().id
    assert (made.messaging_setting, made.webhook_headers) == (None, None)
    fresh.completed(made.id)
    setting = fresh.family.new_setting()
    changed = fresh.patch_open(made.id, {
        "name": "From Terraform", "outboundNotificationWebhookUrl": URL, "webhookHeaders": None,
        "outboundNotificationWebhookSignatureSecretToken": "terraform-secret-token", "messagingSetting": {"id": setting.id}})
    assert changed.messaging_setting.id == setting.id


def test_enums_have_values_of_the_sdk_and_are_never_null(slow_server, fresh):
    """The SDK's setters fail on a null enum, and turn one that they do not know into `outdated_sdk_version`."""
    slow = Integrations(vendor.signed_in(slow_server))
    slow.create_open(vendor.integration())
    fresh.new()
    for each, status, create_status in ((slow, "Starting", "Initiated"), (fresh, "Active", "Completed")):
        for row in each.list_all().entities:
            assert (row.status, row.messenger_type) == (status, "open")
        assert all("openExtensionType" not in row for row in each.raw["entities"])
        for entity in each.list_open().entities:
            assert entity.create_status == create_status
        assert each.raw["total"] > 0


def test_read_only_members_are_ignored(integrations):
    request = {
        "name": "Mine", "outboundNotificationWebhookUrl": URL,
        "outboundNotificationWebhookSignatureSecretToken": "sixteen-characters", "id": "mine", "selfUri": "/mine",
        "version": 77, "status": 3, "createStatus": "Completed", "createError": [], "recipient": {"id": "nobody"},
        "dateCreated": "never", "dateModified": None, "createdBy": {"id": "nobody"}, "modifiedBy": "nobody"}
    made = integrations.create_open(request)
    assert made.id != "mine" and made.create_status == "Initiated"
    found = integrations.completed(made.id)
    assert "nobody" not in (found.recipient.id, found.created_by.id, found.modified_by.id)
    raw = integrations.raw
    integrations.patch_open(made.id, {"id": "other", "createStatus": "Error", "recipient": None, "selfUri": 7})
    integrations.get_open(made.id)
    moved = {"dateModified"}
    assert {k: v for k, v in integrations.raw.items() if k not in moved} == {k: v for k, v in raw.items() if k not in moved}


def test_a_patch_changes_only_its_members(integrations):
    headers = {"X-One": conformance.new_secret("header"), "X-Two": conformance.new_secret("header")}
    setting = integrations.family.new_setting()
    made = integrations.new(webhook_headers=headers, messaging_setting=vendor.setting_reference(setting.id))
    before = integrations.raw
    conformance.later_millisecond()
    changed = integrations.patch_open(made.id, update("Renamed"))
    assert changed.name == "Renamed" and changed.date_modified > made.date_modified
    assert getattr(changed, TOKEN) is None, "only the response to the request that carried it has the token"
    integrations.get_open(made.id)
    same = set(before) - {"name", "dateModified"}
    assert {name: integrations.raw[name] for name in same} == {name: before[name] for name in same}

    other = {"X-Three": conformance.new_secret("header")}
    request = vendor.integration("Renamed", sdk.OpenIntegrationUpdateRequest, webhook_headers=other)
    changed = integrations.patch_open(made.id, request)
    assert (changed.webhook_headers, getattr(changed, TOKEN)) == (other, getattr(request, TOKEN))
    assert integrations.get_open(made.id).webhook_headers == other
    integrations.patch_open(made.id, {"webhookHeaders": {}})
    assert "webhookHeaders" not in integrations.raw
    integrations.patch_open(made.id, update(webhook_headers=other))
    changed = integrations.patch_open(made.id, update(webhook_headers=NULL, messaging_setting=NULL))
    assert (changed.webhook_headers, changed.messaging_setting) == (None, None)
    assert "webhookHeaders" not in integrations.raw
    for nothing in (None, {"id": ""}):
        vendor.assert_refused(400, "constraint.validation", "supportedContent",
                              integrations.patch_open, made.id, {"supportedContent": nothing})


def test_an_unknown_reference_is_refused_by_name(integrations, tenant):
    made = integrations.new()
    before = integrations.raw
    stranger = tenant.caller()
    theirs = stranger.post(f"{conformance.SUCCESSOR}/settings", {"name": "Theirs"}).json()["id"]
    for member, key, reference in (("supportedContent", "supported_content", vendor.reference),
                                   ("messagingSetting", "messaging_setting", vendor.setting_reference)):
        for unknown in (conformance.UNKNOWN_ID, "none", theirs):
            values = {key: reference(unknown)}
            vendor.assert_refused(400, "bad.request", f"{member}.id",
                                  integrations.create_open, vendor.integration(**values))
            vendor.assert_refused(400, "bad.request", f"{member}.id",
                                  integrations.patch_open, made.id, update("Half", **values))
    integrations.get_open(made.id)
    assert integrations.raw == before


@pytest.mark.parametrize("member, value, field, code", [
    ("name", None, "name", "constraint.validation"), ("name", " ", "name", "constraint.validation"),
    ("outboundNotificationWebhookUrl", None, "outboundNotificationWebhookUrl", "constraint.validation"),
    ("outboundNotificationWebhookUrl", "http://messaging.example.com", "outboundNotificationWebhookUrl",
     "constraint.validation"),
    ("outboundNotificationWebhookUrl", "https://user:word@messaging.example.com", "outboundNotificationWebhookUrl",
     "constraint.validation"),
    ("outboundNotificationWebhookUrl", 7, "outboundNotificationWebhookUrl", "invalid.value"),
    ("outboundNotificationWebhookSignatureSecretToken", None, "outboundNotificationWebhookSignatureSecretToken",
     "constraint.validation"),
    ("outboundNotificationWebhookSignatureSecretToken", "x" * 15, "outboundNotificationWebhookSignatureSecretToken",
     "constraint.validation"),
    ("outboundNotificationWebhookSignatureSecretToken", "x" * 1025, "outboundNotificationWebhookSignatureSecretToken",
     "constraint.validation"),
    ("supportedContent", {}, "supportedContent.id", "constraint.validation"),
    ("supportedContent", "text", "supportedContent", "invalid.value"),
    ("messagingSetting", {"id": 7}, "messagingSetting.id", "invalid.value"),
    ("webhookHeaders", ["X-One"], "webhookHeaders", "invalid.value"),
    ("webhookHeaders", {"X One": "v"}, "webhookHeaders", "constraint.validation"),
    ("webhookHeaders", {"X-One": "v\r\nX-Two: w"}, "webhookHeaders.X-One", "constraint.validation"),
    ("webhookHeaders", {f"X-{number}": "v" for number in range(51)}, "webhookHeaders", "constraint.validation"),
])
def test_an_invalid_integration_is_refused_by_the_name_of_the_field(integrations, member, value, field, code):
    body = {"name": "Wrong", "outboundNotificationWebhookUrl": URL,
            "outboundNotificationWebhookSignatureSecretToken": conformance.new_secret("token"), member: value}
    vendor.assert_refused(400, code, field, integrations.create_open, body)
    made = integrations.new()
    before = integrations.raw
    vendor.assert_refused(400, code, field, integrations.patch_open, made.id, {member: value})
    integrations.get_open(made.id)
    assert integrations.raw == before


def test_a_deleted_integration_is_gone_at_once(integrations):
    made = integrations.new()
    assert integrations.delete_open(made.id) is None
    assert (integrations.status, integrations.client.last_response.data) == (204, "")
    for operation in (integrations.get_open, integrations.delete_open):
        vendor.assert_refused(404, "not.found", None, operation, made.id)
    vendor.assert_refused(404, "not.found", None, integrations.patch_open, made.id, update("Back"))
