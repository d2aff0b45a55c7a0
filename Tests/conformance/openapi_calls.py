"""One call of every operation for a client that was generated from openapi.json, with its preparation and its arguments."""

import io
import json

import conformance

CALLS = {}
MEDIA_TYPES = {"allow": {"inbound": [{"type": "image/*"}], "outbound": [{"type": "image/png"}]}}


def call(*operations):
    """Registers a function that prepares a call of these operations and returns its arguments by name; a body is JSON."""
    def register(function):
        CALLS.update((operation, function) for operation in operations)
        return function
    return register


def families(*names):
    """The names of operations in both families, `getMessagingSetting` and `getConversationsMessagingSetting` for `get...Setting`."""
    return [name.replace("...", family) for name in names for family in ("Messaging", "ConversationsMessaging")]


class World:
    """An organization of a running server, used through a generated client. Creates the objects that calls need."""

    def __init__(self, generated, tenant):
        self.generated, self.tenant, self.url = generated, tenant, tenant.server.url
        self.client = self.signed_in()

    def new_token(self):
        return conformance.token(self.tenant.server, self.tenant.client["id"], self.tenant.client["secret"])

    def signed_in(self):
        return self.generated.package.AuthenticatedClient(self.url, self.new_token(), raise_on_unexpected_status=True)

    @property
    def nobody(self):
        return self.generated.package.Client(self.url, raise_on_unexpected_status=True)

    def made(self, operation, **arguments):
        """Calls an operation that must succeed; returns its result."""
        response = self.generated.send(operation, **{"client": self.client} | arguments)
        assert response.status_code == 200, response.content
        return response.parsed

    def setting(self):
        return self.made("postConversationsMessagingSettings", body={"name": "Support"}).id

    def profile(self):
        return self.made("postConversationsMessagingSupportedcontent", body={"name": "Images", "mediaTypes": MEDIA_TYPES}).id

    def integration(self):
        """A complete one: it may not be changed in the moment after its creation."""
        number = self.made("postConversationsMessagingIntegrationsOpen", **new_integration(self)).id
        read = "getConversationsMessagingIntegrationsOpenIntegrationId"
        while self.made(read, integration_id=number).create_status.value != "Completed":
            pass
        return number

    def default_setting(self):
        number = self.setting()
        self.made("putConversationsMessagingSettingsDefault", body={"settingId": number})
        return number

    def credentials(self):
        return {"client_id": self.tenant.client["id"], "client_secret": self.tenant.client["secret"]}


@call(*families("get...Settings", "get...Supportedcontent"), "getConversationsMessagingSupportedcontentDefault",
      "getConversationsMessagingIntegrations", "getConversationsMessagingIntegrationsOpen", "getPlatformChanges",
      "getWellKnownOauthAuthorizationServer", "getOrganizationsMe", "getUsersMe", "getAuthorizationProducts", "getTokensMe", "headTokensMe",
      "getHealthLive", "getHealthReady", "getOpenapi", "getMetrics")
def nothing(world):
    return {}


@call(*families("post...Settings"))
def new_setting(world):
    return {"body": {"name": "Support", "event": {"typing": {"on": {"inbound": "Enabled", "outbound": "Disabled"}}}}}


@call(*families("get...Setting", "delete...Setting"), "getPlatformSettingsUsage")
def of_a_setting(world):
    return {"message_setting_id": world.setting()}


@call(*families("patch...Setting"))
def setting_patch(world):
    return of_a_setting(world) | {"body": {"name": "Other", "content": {"story": {"mention": {"inbound": "Enabled"}}}}}


@call(*families("get...SettingsDefault", "delete...SettingsDefault"))
def of_the_default_setting(world):
    world.default_setting()
    return {}


@call(*families("put...SettingsDefault"))
def another_default_setting(world):
    return {"body": {"settingId": world.setting()}}


@call(*families("post...Supportedcontent"))
def new_profile(world):
    return {"body": {"name": "Images", "mediaTypes": MEDIA_TYPES}}


@call(*families("get...SupportedcontentSupportedContentId", "delete...SupportedcontentSupportedContentId"),
      "getPlatformSupportedcontentUsage")
def of_a_profile(world):
    return {"supported_content_id": world.profile()}


@call(*families("patch...SupportedcontentSupportedContentId"))
def profile_patch(world):
    return of_a_profile(world) | {"body": {"name": "Other"}}


@call("putConversationsMessagingSupportedcontentDefault")
def another_default_profile(world):
    return {"body": {"id": world.profile()}}


@call("postConversationsMessagingIntegrationsOpen")
def new_integration(world):
    token, headers = conformance.new_secret("token"), {"X-Key": conformance.new_secret("header")}
    conformance.learn_integration(token, headers)
    return {"body": {"name": "Web", "outboundNotificationWebhookUrl": "https://messaging.example.com/outbound",
                     "outboundNotificationWebhookSignatureSecretToken": token, "webhookHeaders": headers,
                     "supportedContent": {"id": world.profile()}}}


@call("getConversationsMessagingIntegrationsOpenIntegrationId", "deleteConversationsMessagingIntegrationsOpenIntegrationId")
def of_an_integration(world):
    return {"integration_id": world.integration()}


@call("patchConversationsMessagingIntegrationsOpenIntegrationId")
def integration_patch(world):
    return of_an_integration(world) | {"body": {"name": "Other", "supportedContent": {"id": world.profile()}}}


@call("postPlatformSupportedcontentDecisions")
def decision(world):
    return of_a_profile(world) | {"body": {"direction": "Inbound", "attachments": [{"mime": "image/png"}, {"filename": "a.pdf"}]}}


@call("postPlatformSupportedcontentSimulations")
def simulation(world):
    log = io.BytesIO(b"direction,mime\ninbound,image/png\noutbound,video/mp4\n")
    return of_a_profile(world) | {"body": world.generated.types.File(payload=log), "media_types": json.dumps(MEDIA_TYPES)}


def first_version(world, update, **parameter):
    """Changes an object, so that there is an earlier version to restore."""
    world.made(update, **parameter, body={"name": "Other"})
    [number] = parameter.values()
    return {"id": number, "body": {"version": 1}}


@call("postPlatformSettingsRestorations")
def setting_restoration(world):
    return first_version(world, "patchConversationsMessagingSetting", message_setting_id=world.setting())


@call("postPlatformSupportedcontentRestorations")
def profile_restoration(world):
    return first_version(world, "patchConversationsMessagingSupportedcontentSupportedContentId", supported_content_id=world.profile())


@call("postPlatformIntegrationsRestorations")
def integration_restoration(world):
    return first_version(world, "patchConversationsMessagingIntegrationsOpenIntegrationId", integration_id=world.integration())


@call("postOauthToken")
def new_token(world):
    return {"client": world.nobody, "body": {"grant_type": "client_credentials"} | world.credentials()}


@call("postOauthRevoke")
def revocation(world):
    return {"client": world.nobody, "body": {"token": world.new_token()} | world.credentials()}


@call("deleteTokensMe")
def own_token(world):
    return {"client": world.signed_in()}
