"""A Terraform provider that calls the server as the vendor's provider does, request by request and body by body.

Terraform starts it as a program. Its schemas are those of the vendor's provider, with sets where that has lists of at most one block.
"""

import json
import os
import urllib.error
import urllib.parse
import urllib.request

from tf import runner, types
from tf.blocks import Block, SetNestedBlock
from tf.iface import DataSource, Provider, Resource
from tf.schema import Attribute, Schema

ROOT = "/api/v2/conversations/messaging"
#: How many tokens the vendor's provider takes at its start besides the first one.
TOKEN_POOL = 10


class Nested(SetNestedBlock):
    """A block whose values are compared with all that is nested in them."""

    def semantically_equal(self, a_decoded, b_decoded):
        return a_decoded == b_decoded


def block(name, *parts):
    return Nested(name, Block(
        attributes=[part for part in parts if isinstance(part, Attribute)],
        block_types=[part for part in parts if isinstance(part, Nested)]))


def text(name, **options):
    return Attribute(name, types.String(), **options)


IDENTIFIER = text("id", computed=True)


class API:
    """The server as an organization's client with the rights of the OAuth client in the environment sees it."""

    def __init__(self):
        self.url = os.environ["GENESYSCLOUD_GATEWAY_URL"]
        self.tokens = [self.sign_in() for _ in range(1 + TOKEN_POOL)]
        self.organization = self.call("GET", "/api/v2/organizations/me")
        self.country = self.organization["defaultCountryCode"].upper()
        products = self.call("GET", "/api/v2/authorization/products")
        self.products = [product["id"] for product in products["entities"]]
        assert len(self.products) == products["total"]

    def sign_in(self):
        form = urllib.parse.urlencode({
            "grant_type": "client_credentials", "client_id": os.environ["GENESYSCLOUD_OAUTHCLIENT_ID"],
            "client_secret": os.environ["GENESYSCLOUD_OAUTHCLIENT_SECRET"]})
        with urllib.request.urlopen(urllib.request.Request(f"{self.url}/oauth/token", form.encode())) as response:
            return json.load(response)["access_token"]

    def call(self, method, path, body=None, absent=()):
        """Returns the body, None for none and for a status in `absent`; other refusals are exceptions with the response's text."""
        self.tokens.append(self.tokens.pop(0))
        request = urllib.request.Request(
            self.url + path, None if body is None else json.dumps(body).encode(), method=method, headers={
                "Authorization": f"Bearer {self.tokens[0]}", "Content-Type": "application/json",
                "User-Agent": "GC Terraform Provider/test", "TF-Correlation-Id": "test"})
        try:
            with urllib.request.urlopen(request) as response:
                return json.loads(response.read() or b"null")
        except urllib.error.HTTPError as error:
            if error.code in absent:
                return None
            raise RuntimeError(f"{method} {path}: {error.code} {error.reason}: {error.read().decode()}") from error


def first(blocks):
    return blocks[0] if blocks else None


def object_of(blocks, make):
    """The object of a block: empty when there is no block, as the vendor's provider sends it."""
    value = first(blocks)
    return {} if value is None else make(value)


def leaves(value):
    return {name: text for name, text in value.items() if text}


def blocks_of(value, make):
    """The block of an object; none when the server has no such object."""
    return [] if value is None else [make(value)]


class Entity(Resource):
    """A resource with an id that is created, read, changed and deleted under one path."""

    def __init__(self, provider):
        self.api = provider.api

    def create(self, ctx, planned):
        made = self.api.call("POST", self.path, self.creation(planned))
        return self.found(made["id"], planned)

    def read(self, ctx, current):
        return self.found(current["id"], current)

    def update(self, ctx, current, planned):
        self.api.call("PATCH", f"{self.path}/{current['id']}", self.change(planned))
        return self.found(current["id"], planned)

    def delete(self, ctx, current):
        self.api.call("DELETE", f"{self.path}/{current['id']}")
        assert self.api.call("GET", f"{self.path}/{current['id']}", absent=(404,)) is None

    def import_(self, ctx, id):
        return self.found(id, {})

    def found(self, id, known):
        entity = self.api.call("GET", f"{self.path}/{id}", absent=(404,))
        return None if entity is None else {"id": id, "name": entity["name"]} | self.state(entity, known)

    def change(self, planned):
        return self.creation(planned)


class Setting(Entity):
    path = f"{ROOT}/settings"

    @classmethod
    def get_name(cls):
        return "conversations_messaging_settings"

    @classmethod
    def get_schema(cls):
        inbound = text("inbound", optional=True)
        return Schema(version=1, attributes=[IDENTIFIER, text("name", required=True)], block_types=[
            block("content", block("story", block("mention", inbound), block("reply", inbound))),
            block("event", block("typing", block("on", inbound, text("outbound", optional=True))))])

    def creation(self, planned):
        return {
            "name": planned["name"],
            "content": object_of(planned["content"], lambda content: {"story": object_of(content["story"], lambda story: {
                name: object_of(story[name], leaves) for name in ("mention", "reply")})}),
            "event": object_of(planned["event"], lambda event: {"typing": object_of(event["typing"], lambda typing: {
                "on": object_of(typing["on"], leaves)})}),
        }

    def state(self, entity, known):
        def leaf(names):
            return lambda value: {name: value.get(name) for name in names}

        return {
            "content": blocks_of(entity.get("content"), lambda content: {
                "story": blocks_of(content.get("story"), lambda story: {
                    name: blocks_of(story.get(name), leaf(["inbound"])) for name in ("mention", "reply")})}),
            "event": blocks_of(entity.get("event"), lambda event: {
                "typing": blocks_of(event.get("typing"), lambda typing: {
                    "on": blocks_of(typing.get("on"), leaf(["inbound", "outbound"]))})}),
        }

    def delete(self, ctx, current):
        """Reads the default first, and refuses to delete it."""
        default = self.api.call("GET", f"{self.path}/default")
        if default and default["id"] == current["id"]:
            raise RuntimeError("the setting is the organization's default")
        super().delete(ctx, current)


class Profile(Entity):
    path = f"{ROOT}/supportedcontent"

    @classmethod
    def get_name(cls):
        return "conversations_messaging_supportedcontent"

    @classmethod
    def get_schema(cls):
        kind = text("type", required=True)
        return Schema(version=1, attributes=[IDENTIFIER, text("name", required=True)], block_types=[
            block("media_types", block("allow", block("inbound", kind), block("outbound", kind)))])

    def creation(self, planned):
        """Leaves `mediaTypes` out when there is no block, also where there was one, and both lists when both are empty."""
        body = {"name": planned["name"]}
        if planned["media_types"]:
            body["mediaTypes"] = object_of(planned["media_types"], lambda media: {"allow": object_of(
                media["allow"], lambda allow: {name: allow[name] for name in ("inbound", "outbound")} if any(allow.values()) else {})})
        return body

    def state(self, entity, known):
        return {"media_types": blocks_of(entity.get("mediaTypes"), lambda media: {
            "allow": blocks_of(media.get("allow"), lambda allow: {
                name: [{"type": entry["type"]} for entry in allow.get(name) or []] for name in ("inbound", "outbound")})})}


class Integration(Entity):
    path = f"{ROOT}/integrations/open"
    secret = "outbound_notification_webhook_signature_secret_token"
    references = (("supported_content_id", "supportedContent"), ("messaging_setting_id", "messagingSetting"))

    @classmethod
    def get_name(cls):
        return "conversations_messaging_integrations_open"

    @classmethod
    def get_schema(cls):
        return Schema(version=1, attributes=[
            IDENTIFIER, text("name", required=True), text("supported_content_id", optional=True, computed=True),
            text("messaging_setting_id", optional=True), text("outbound_notification_webhook_url", required=True),
            text(cls.secret, required=True), Attribute("webhook_headers", types.NormalizedJson(), optional=True, computed=True)])

    def creation(self, planned):
        body = self.change(planned)
        for column, member in self.references:
            body.setdefault(member, {"id": ""})
        return body

    def change(self, planned):
        """Has no reference that is empty, and null for headers that are not set."""
        body = {
            "name": planned["name"], "outboundNotificationWebhookUrl": planned["outbound_notification_webhook_url"],
            "outboundNotificationWebhookSignatureSecretToken": planned[self.secret] or "",
            "webhookHeaders": planned["webhook_headers"] if isinstance(planned["webhook_headers"], dict) else None}
        for column, member in self.references:
            if isinstance(planned[column], str) and planned[column]:
                body[member] = {"id": planned[column]}
        return body

    def state(self, entity, known):
        state = {
            "outbound_notification_webhook_url": entity["outboundNotificationWebhookUrl"],
            self.secret: known.get(self.secret), "webhook_headers": entity.get("webhookHeaders")}
        return state | {column: (entity.get(member) or {}).get("id") for column, member in self.references}


class Default(Resource):
    """The default of a kind: a resource of which there is one, with a fixed id."""

    def __init__(self, provider):
        self.api = provider.api

    @classmethod
    def get_schema(cls):
        return Schema(version=1, attributes=[IDENTIFIER, text(cls.column, required=True)])

    def create(self, ctx, planned):
        self.api.call("PUT", self.path, {self.member: planned[self.column]})
        return self.read(ctx, planned)

    def update(self, ctx, current, planned):
        return self.create(ctx, planned)

    def read(self, ctx, current):
        entity = self.api.call("GET", self.path, absent=(404,))
        return entity and {"id": self.fixed_id, self.column: entity["id"]}

    def import_(self, ctx, id):
        assert id == self.fixed_id
        return self.read(ctx, {})


class DefaultSetting(Default):
    path, column, member, fixed_id = f"{ROOT}/settings/default", "setting_id", "settingId", "messaging_settings_default"

    @classmethod
    def get_name(cls):
        return "conversations_messaging_settings_default"

    def delete(self, ctx, current):
        self.api.call("DELETE", self.path)
        assert self.api.call("GET", self.path, absent=(404,)) is None


class DefaultProfile(Default):
    path, column, member, fixed_id = f"{ROOT}/supportedcontent/default", "content_id", "id", "supported_content_default"

    @classmethod
    def get_name(cls):
        return "conversations_messaging_supportedcontent_default"

    def delete(self, ctx, current):
        """Does nothing: there is always a default."""


class Named(DataSource):
    """The id of the first object of a kind with a name, found page by page."""

    def __init__(self, provider):
        self.api = provider.api

    @classmethod
    def get_name(cls):
        return cls.entity.get_name()

    @classmethod
    def get_schema(cls):
        return Schema(attributes=[IDENTIFIER, text("name", required=True)])

    def read(self, ctx, config):
        number, pages = 1, 1
        while number <= pages:
            page = self.api.call("GET", f"{self.entity.path}?pageSize=100&pageNumber={number}")
            if not page["entities"]:
                break
            for entity in page["entities"]:
                if entity["name"] == config["name"]:
                    return {"id": entity["id"], "name": entity["name"]}
            number, pages = number + 1, page["pageCount"]
        ctx.diagnostics.add_error("no such name", config["name"])


class NamedSetting(Named):
    entity = Setting


class NamedProfile(Named):
    entity = Profile


class NamedIntegration(Named):
    entity = Integration


class Messaging(Provider):
    api = None

    def get_model_prefix(self):
        return "genesyscloud_"

    def full_name(self):
        return "registry.terraform.io/mypurecloud/genesyscloud"

    def get_provider_schema(self, diags):
        return Schema()

    def validate_config(self, diags, config):
        pass

    def configure_provider(self, diags, config):
        self.api = API()

    def get_data_sources(self):
        return [NamedSetting, NamedProfile, NamedIntegration]

    def get_resources(self):
        return [Setting, Profile, Integration, DefaultSetting, DefaultProfile]


if __name__ == "__main__":
    runner.run_provider(Messaging())
