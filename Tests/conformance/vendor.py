"""The vendor's unmodified Python SDK, both families of operations under the same short names."""

import importlib.metadata
import json

import PureCloudPlatformClientV2 as sdk

import conformance
import relay

VERSION = importlib.metadata.version("PureCloudPlatformClientV2")

OPERATIONS = {
    "messaging": {
        "list_settings": "get_messaging_settings",
        "create_setting": "post_messaging_settings",
        "get_default_setting": "get_messaging_settings_default",
        "put_default_setting": "put_messaging_settings_default",
        "delete_default_setting": "delete_messaging_settings_default",
        "get_setting": "get_messaging_setting",
        "patch_setting": "patch_messaging_setting",
        "delete_setting": "delete_messaging_setting",
        "list_profiles": "get_messaging_supportedcontent",
        "create_profile": "post_messaging_supportedcontent",
        "get_profile": "get_messaging_supportedcontent_supported_content_id",
        "patch_profile": "patch_messaging_supportedcontent_supported_content_id",
        "delete_profile": "delete_messaging_supportedcontent_supported_content_id",
    },
    "conversations": {
        "list_settings": "get_conversations_messaging_settings",
        "create_setting": "post_conversations_messaging_settings",
        "get_default_setting": "get_conversations_messaging_settings_default",
        "put_default_setting": "put_conversations_messaging_settings_default",
        "delete_default_setting": "delete_conversations_messaging_settings_default",
        "get_setting": "get_conversations_messaging_setting",
        "patch_setting": "patch_conversations_messaging_setting",
        "delete_setting": "delete_conversations_messaging_setting",
        "list_profiles": "get_conversations_messaging_supportedcontent",
        "create_profile": "post_conversations_messaging_supportedcontent",
        "get_default_profile": "get_conversations_messaging_supportedcontent_default",
        "put_default_profile": "put_conversations_messaging_supportedcontent_default",
        "get_profile": "get_conversations_messaging_supportedcontent_supported_content_id",
        "patch_profile": "patch_conversations_messaging_supportedcontent_supported_content_id",
        "delete_profile": "delete_conversations_messaging_supportedcontent_supported_content_id",
    },
    "integrations": {
        "list_all": "get_conversations_messaging_integrations",
        "list_open": "get_conversations_messaging_integrations_open",
        "create_open": "post_conversations_messaging_integrations_open",
        "get_open": "get_conversations_messaging_integrations_open_integration_id",
        "patch_open": "patch_conversations_messaging_integrations_open_integration_id",
        "delete_open": "delete_conversations_messaging_integrations_open_integration_id",
    },
}

#: Operations that an SDK version does not have. Both versions have all 13, all 15 and those on integrations.
MISSING = {"269.0.0": set(), "223.0.0": set()}

APIS = {"messaging": sdk.MessagingApi, "conversations": sdk.ConversationsApi, "integrations": sdk.ConversationsApi}


def signed_in(server, client=conformance.CLIENT_ID, secret=conformance.CLIENT_SECRET):
    """An API client made the way the vendor's README does it."""
    sdk.configuration.host = relay.url(server)
    signed_in = sdk.api_client.ApiClient().get_client_credentials_token(client, secret)
    conformance.CANARIES.learn(signed_in.access_token)
    return signed_in


class Family:
    """`family.create_setting(...)` calls the SDK's own method of that family."""

    def __init__(self, name, client):
        self.name, self.client = name, client
        self.prefix = conformance.FAMILIES.get(name, conformance.SUCCESSOR)
        self.api = APIS[name](client)
        self.called = set()

    def __getattr__(self, short):
        official = OPERATIONS[self.name][short]

        def call(*arguments, **options):
            self.called.add(short)
            result = getattr(self.api, official)(*arguments, **options)
            self.check_last(conformance.place(official.split("_")[0].upper(), official.replace("_", "/")))
            return result
        return call

    def check_last(self, place):
        response = self.client.last_response
        headers = list(response.getheaders().items())
        conformance.check_answer("/api/", conformance.Answer(
            response.status, headers, response.data.encode()), place)

    @property
    def status(self):
        return self.client.last_response.status

    @property
    def raw(self):
        """Returns the JSON of the last response."""
        return conformance.strict_json(self.client.last_response.data)

    def setting_patch(self):
        """PATCH takes the creation's model in the old family and one of its own in the new."""
        if self.name == "messaging":
            return sdk.MessagingSettingRequest()
        return sdk.MessagingSettingPatchRequest()

    def new_setting(self, name="A setting"):
        return self.create_setting(setting_request(name, full_content(), full_event()))

    def new_profile(self, name="A profile", inbound=("*/*",), outbound=("image/*", "video/mpeg")):
        return self.create_profile(profile(name, media_types(inbound, outbound)))


def filled(model, **values):
    for name, value in values.items():
        setattr(model, name, value)
    return model


def direction(**values):
    return filled(sdk.SettingDirection(), **values)


def typing_event(**values):
    return filled(sdk.EventSetting(), typing=filled(sdk.TypingSetting(), on=direction(**values)))


def story_content(mention=None, reply=None):
    story = sdk.StorySetting()
    if mention:
        story.mention = filled(sdk.InboundOnlySetting(), inbound=mention)
    if reply:
        story.reply = filled(sdk.InboundOnlySetting(), inbound=reply)
    return filled(sdk.ContentSetting(), story=story)


def full_content():
    return story_content(mention="Disabled", reply="Enabled")


def full_event():
    return typing_event(inbound="Enabled", outbound="Disabled")


FULL_CONTENT = {"story": {"mention": {"inbound": "Disabled"}, "reply": {"inbound": "Enabled"}}}
FULL_EVENT = {"typing": {"on": {"inbound": "Enabled", "outbound": "Disabled"}}}


def setting_request(name=None, content=None, event=None):
    request = sdk.MessagingSettingRequest()
    if name is not None:
        request.name = name
    if content is not None:
        request.content = content
    if event is not None:
        request.event = event
    return request


def media_types(inbound=None, outbound=None):
    def listed(types):
        return [filled(sdk.MediaType(), type=kind) for kind in types]
    access = sdk.MediaTypeAccess()
    if inbound is not None:
        access.inbound = listed(inbound)
    if outbound is not None:
        access.outbound = listed(outbound)
    return filled(sdk.MediaTypes(), allow=access)


def profile(name=None, types=None):
    model = sdk.SupportedContent()
    if name is not None:
        model.name = name
    if types is not None:
        model.media_types = types
    return model


def types_of(profile_or_none, side):
    return [media.type for media in getattr(profile_or_none.media_types.allow, side)]


def default_request(identifier):
    return filled(sdk.MessagingSettingDefaultRequest(), setting_id=identifier)


def reference(identifier):
    return filled(sdk.SupportedContentReference(), id=identifier)


def setting_reference(identifier):
    return filled(sdk.MessagingSettingRequestReference(), id=identifier)


def integration(name="An integration", model=sdk.OpenIntegrationRequest, **values):
    """A request for an integration with secrets that are looked for wherever they may not stand."""
    values = {"outbound_notification_webhook_url": "https://messaging.example.com/outbound",
              "outbound_notification_webhook_signature_secret_token": conformance.new_secret("token")} | values
    conformance.learn_integration(values["outbound_notification_webhook_signature_secret_token"],
                                  values.get("webhook_headers"))
    return filled(model(), name=name, **values)


def all_none(model):
    return all(getattr(model, name) is None for name in model.swagger_types)


def failure(call, *arguments, **options):
    """The ApiException the call must raise, its body checked as an error of the API."""
    try:
        call(*arguments, **options)
    except sdk.rest.ApiException as refused:
        conformance.check_answer("/api/", conformance.Answer(
            refused.status, list(refused.headers.items()), refused.body.encode()))
        refused.error = json.loads(refused.body)
        return refused
    raise AssertionError("the call succeeded")


def assert_refused(status, code, field, call, *arguments, **options):
    """The call fails with this status and code and, if `field` is given, names it first."""
    refused = failure(call, *arguments, **options)
    assert (refused.status, refused.error["code"]) == (status, code), refused.body
    if field is not None:
        assert [detail.get("fieldName") for detail in refused.error["details"]][:1] == [field], refused.body
    return refused


def assert_refused_in(status, field, call, *arguments, **options):
    """Checks like `assert_refused` if only the field is known, not the code."""
    refused = failure(call, *arguments, **options)
    assert refused.status == status, refused.body
    assert refused.error["details"][0]["fieldName"] == field, refused.body
    return refused
