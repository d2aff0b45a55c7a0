"""Sequences of requests as clients of many kinds send them, from a seed.

A template names objects and tokens that only a run knows: `<settings:0>` is the id of the last setting that it created, and
`<settings-tag:0>` the entity tag that it saw last for it.
"""

import dataclasses
import json
import re

import conformance
from pipelining import Message

FAMILIES = list(conformance.FAMILIES.values())
RESOURCES = ["settings", "supportedcontent"]
#: The most that a body may have.
LARGEST = 1 << 20
JSON = ("Content-Type", "application/json")
PLACE = re.compile(rb"<([a-z]+(?:-tag)?)(?::(\d+))?>")


@dataclasses.dataclass(frozen=True)
class Template:
    """A request before its run.

    With `chunks`, its body is sent without a length, in chunks of these sizes in turn. `extras` are parts of a chunked body that servers
    ignore. `closes` is "close" or the version of HTTP whose connections end with the response.
    """

    method: str
    target: str
    fields: tuple = ()
    body: bytes | None = None
    chunks: tuple = ()
    extras: bool = False
    expects: bool = False
    token: str | None = "token"
    closes: str = ""

    def message(self, fill):
        """The bytes, with what the run knows."""
        body = None if self.body is None else fill(self.body)
        lines = [f"{self.method} {self.target} HTTP/{'1.0' if self.closes == '1.0' else '1.1'}", "Host: api.test", "Accept-Encoding: gzip"]
        if self.closes == "close":
            lines.append("Connection: close")
        if self.token:
            lines.append(f"Authorization: Bearer <{self.token}>")
        lines += [f"{name}: {value}" for name, value in self.fields]
        if self.expects:
            lines.append("Expect: 100-continue")
        if self.chunks:
            lines.append("Transfer-Encoding: chunked")
            body = chunked(body, self.chunks, self.extras)
        elif body is not None:
            lines.append(f"Content-Length: {len(body)}")
        head = fill("\r\n".join(lines).encode()) + b"\r\n\r\n"
        return Message(head, body or b"", self.method, self.expects, bool(self.closes))


def filled(names, data):
    """The data with what `names(kind, number)` returns in the places."""
    return PLACE.sub(lambda place: names(place[1].decode(), int(place[2] or 0)).encode(), data)


def chunked(body, sizes, extras):
    """The body in chunks, and with `extras` also with an extension, leading zeros and a trailer field."""
    parts, begin, number = [], 0, 0
    while begin < len(body):
        chunk = body[begin:begin + sizes[number % len(sizes)]]
        size = f"{len(chunk):04X};note=\"{number}\"" if extras else f"{len(chunk):x}"
        parts += [size.encode(), b"\r\n", chunk, b"\r\n"]
        begin, number = begin + len(chunk), number + 1
    parts.append(b"0\r\nX-Note: trailer\r\n\r\n" if extras else b"0\r\n\r\n")
    return b"".join(parts)


class Mixes:
    """Endless sequences of one to eight requests."""

    def __init__(self, random):
        self.random, self.made = random, 0

    def mix(self):
        kinds, weights = zip(*KINDS)
        chosen = self.random.choices(kinds, weights, k=self.random.randint(1, 8))
        templates = [template for kind in chosen for template in kind(self)][:8]
        if self.random.random() < 0.2:
            templates[-1] = self.last(templates[-1])
        return templates

    def last(self, template):
        """The request with the end of its connection."""
        if self.random.random() < 0.7:
            return dataclasses.replace(template, closes="close")
        # HTTP/1.0 has no chunks and no interim responses, and HAProxy takes no body of these methods in it.
        body = None if template.method in ("GET", "HEAD", "DELETE") else template.body
        return dataclasses.replace(template, closes="1.0", chunks=(), expects=False, body=body)

    def path(self, resource=None):
        return f"{self.random.choice(FAMILIES)}/{resource or self.random.choice(RESOURCES)}"

    def one(self, resource=None):
        """The path of an object, of a former object, or of none."""
        resource = resource or self.random.choice(RESOURCES)
        known = f"<{resource}:{min(self.random.randrange(8), self.random.randrange(8))}>"
        identifier = self.random.choices(
            [known, conformance.UNKNOWN_ID, "none", "a%2Fb", "%2F", "%3Cx%3E%20", "%C3%A4", "default"], [20, 2, 1, 1, 1, 1, 1, 1])[0]
        return f"{self.path(resource)}/{identifier}"

    def tag(self, path):
        """The value of a condition: the present tag, if the run knows it, and others."""
        known = path.rsplit("/", 1)[1].replace(":", "-tag:")
        known = known if known.startswith("<") else '"other"'
        return self.random.choices([known, '"other"', "*", f'"other", {known}', f"W/{known}"], [6, 2, 1, 1, 1])[0]

    def name(self):
        self.made += 1
        return f"{self.random.choice(['setting', 'Ärger', 'x' * 100, '設定'])} {self.made:04}"

    def document(self, resource):
        """A new object's."""
        if resource == "settings":
            switches = ["Enabled", "Disabled"]
            return {"name": self.name(), "event": {"typing": {"on": {
                "inbound": self.random.choice(switches), "outbound": self.random.choice(switches)}}}}
        types = [{"type": f"image/x-{number}"} for number in range(self.random.choice([0, 1, 5, 300]))]
        return {"name": self.name(), "mediaTypes": {"allow": {"inbound": types, "outbound": [{"type": "*/*"}]}}}

    def sent(self, method, path, body, *fields, **options):
        """A request with a body in one of the framings."""
        body = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        sizes = ()
        if self.random.random() < 0.5:
            largest = max(len(body) // 20, 8)
            sizes = tuple(self.random.randint(1, largest) for _ in range(self.random.randint(1, 6)))
        options = {"expects": self.random.random() < 0.15, "extras": self.random.random() < 0.3} | options
        return Template(method, path, (JSON, *fields), body, sizes, **options)

    def reads(self):
        path = self.random.choice([
            self.path(), self.one(), self.one(), f"{self.path('settings')}/default", f"{FAMILIES[1]}/supportedcontent/default"])
        method = self.random.choice(["GET", "GET", "GET", "HEAD"])
        yield Template(method, path) if self.random.random() < 0.9 else self.sent(method, path, {"ignored": "x" * 100})

    def pages(self):
        query = self.random.choice([
            "pageSize=3", "pageSize=2&pageNumber=2", "pageSize=100", "pageSize=0", "pageNumber=x", "page%53ize=6", "", "pageSize=%F0",
            "unknown=%2F%3F+a/b?c&pageSize=1", "x=%zz&y=%00"])
        yield Template(self.random.choice(["GET", "GET", "HEAD"]), f"{self.path()}?{query}")

    def conditional_reads(self):
        path = self.one()
        yield Template("GET", path)
        yield Template(self.random.choice(["GET", "HEAD"]), path, (("If-None-Match", self.tag(path)),))

    def pages_of_the_server(self):
        path = self.random.choice([
            "/", "/health/live", "/health/ready", "/openapi.json", "/docs", "/.well-known/oauth-authorization-server",
            "/api/v2/users/me", "/api/v2/organizations/me", "/api/v2/tokens/me", "/platform/v1/changes?pageSize=5"])
        yield Template(self.random.choice(["GET", "HEAD"]), path)

    def absolute_targets(self):
        authority = self.random.choice(["http://api.test", "HTTP://API.test:80"])
        yield Template("GET", authority + self.random.choice([self.path(), self.one(), "/nothing?x=%2F"]))

    def unknown_routes(self):
        path = self.random.choice([
            "/nothing", "//metrics", "/metrics/", "/%6Detrics", "/health%2Flive", "/x/../metrics", "/x/%2e%2e/metrics", "/%256Detrics",
            f"{FAMILIES[0]}//settings", "/api/v2/./users/me", f"{FAMILIES[1]}/settings/a/b", "/api/v2/Messaging/settings",
            "/a;b=c,d/@:!$&'()*+~", "/%E2%82%AC"])
        yield Template(self.random.choice(["GET", "HEAD", "DELETE"]), path)

    def wrong_methods(self):
        yield self.random.choice([
            Template("DELETE", self.path()), Template("PUT", self.path(), (JSON,), b'{"name":"x"}'),
            Template("PATCH", "/api/v2/users/me", (JSON,), b"{}"), self.sent("POST", self.one(), {}),
            Template("PROPFIND", self.path()), Template("GET", "/oauth/token", token=None)])

    def options(self):
        yield Template("OPTIONS", self.random.choice(["/", "/nothing", "/oauth/token", self.path(), self.one()]))

    def refused_callers(self):
        token = self.random.choice([None, "wrong", "reader"])
        resource = self.random.choice(RESOURCES)
        yield self.random.choice([
            Template("GET", self.path(), token=token), Template("DELETE", self.one(), token=token),
            self.sent("POST", self.path(resource), self.document(resource), token=token)])

    def creations(self):
        resource = self.random.choice(RESOURCES)
        yield self.sent("POST", self.path(resource), self.document(resource))

    def keyed_creations(self):
        """The same twice, or another document under the same key."""
        resource = self.random.choice(RESOURCES)
        path, document = self.path(resource), self.document(resource)
        key = ("Idempotency-Key", f"key-{self.made:04}")
        yield self.sent("POST", path, document, key)
        yield self.sent("POST", path, self.random.choice([document, document, self.document(resource)]), key)

    def patches(self):
        resource = self.random.choice(RESOURCES)
        path = self.one(resource)
        yield self.sent("PATCH", path, self.random.choice([self.document(resource), {"name": self.name()}, {"name": " "}]))

    def conditional_patches(self):
        path = self.one()
        yield Template("GET", path)
        yield self.sent("PATCH", path, {"name": self.name()}, ("If-Match", self.tag(path)))

    def deletions(self):
        path = self.one()
        yield self.random.choice([
            Template("DELETE", path), Template("DELETE", path, (("If-Match", self.tag(path)),)), self.sent("DELETE", path, {})])

    def defaults(self):
        place = f"{self.path('settings')}/default"
        yield self.random.choice([
            self.sent("PUT", place, {"settingId": "<settings:0>"}),
            self.sent("PUT", place, {"settingId": conformance.UNKNOWN_ID}),
            Template("DELETE", place),
            self.sent("PUT", f"{FAMILIES[1]}/supportedcontent/default", {"id": "<supportedcontent:1>"})])

    def bad_bodies(self):
        body = self.random.choice([
            b"", b"{", b"null", b"[1]", b'{"name":"a","name":"b"}', b'{"name":"\xff"}', b'{"name":1}', b'{"name":"\\u0000"}',
            b'{"name":"x","event":{"typing":{"on":{"inbound":"Perhaps"}}}}', b"x" * 5000])
        yield self.sent(self.random.choice(["POST", "PATCH"]), self.random.choice([self.path(), self.one()]), body)

    def wrong_types(self):
        fields = self.random.choice([("Content-Type", "text/plain"), ("Content-Type", "application/json; charset=latin1")])
        yield dataclasses.replace(self.sent("POST", self.path(), {"name": "typed"}), fields=(fields,))
        yield self.sent("POST", self.path(), {"name": "coded"}, ("Content-Encoding", "gzip"))

    def too_large(self):
        """A body of the most bytes, which is no JSON, or one beyond."""
        size = self.random.choice([LARGEST, LARGEST + 1, LARGEST + 1, LARGEST + 200_000])
        yield self.sent("POST", self.path(), b"x" * size)

    def streams(self):
        """A log of attachments for a simulation, which the server reads as it arrives."""
        rows = "".join(f"{self.random.choice(['Inbound', 'outbound', 'x'])},image/x-{number % 7}\n"
                       for number in range(self.random.choice([0, 3, 3000])))
        path = f"/platform/v1/supportedcontent/<supportedcontent:{self.random.randrange(3)}>/simulations"
        sent = self.sent("POST", path, b"direction,mime\n" + rows.encode())
        yield dataclasses.replace(sent, fields=(("Content-Type", "text/csv"),))


KINDS = [
    (Mixes.reads, 8), (Mixes.pages, 4), (Mixes.conditional_reads, 4), (Mixes.pages_of_the_server, 3), (Mixes.absolute_targets, 2),
    (Mixes.unknown_routes, 3), (Mixes.wrong_methods, 3), (Mixes.options, 2), (Mixes.refused_callers, 3), (Mixes.creations, 8),
    (Mixes.keyed_creations, 2), (Mixes.patches, 4), (Mixes.conditional_patches, 3), (Mixes.deletions, 2), (Mixes.defaults, 3),
    (Mixes.bad_bodies, 3), (Mixes.wrong_types, 1), (Mixes.too_large, 1), (Mixes.streams, 2),
]

#: All that an organization has after its mixes, and who changed it from where.
EVERYTHING = [Template("GET", f"{path}?pageSize=100") for path in (
    f"{FAMILIES[1]}/settings", f"{FAMILIES[1]}/supportedcontent", "/platform/v1/changes")]
