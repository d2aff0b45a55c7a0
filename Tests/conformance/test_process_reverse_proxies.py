"""Mixes of requests through nginx and HAProxy get the responses that they get directly.

Each mix is sent to an organization through the proxy, and to a second one directly. What belongs to one organization or one moment (ids,
times, entity tags) is replaced by labels that are the same for both. No mix has what a proxy refuses, repairs or handles by itself:

- both proxies: targets, fields and chunks that HTTP/1.1 does not allow, two lengths, a length beside chunks, other codings of a transfer
  than `chunked`, other versions than HTTP/1.1 and 1.0, and lines that end without CR
- nginx: CONNECT, TRACE, `OPTIONS *`, HTTP/1.0 without `Host`, a target with `%00`, with a broken escape in its path or with a path above
  the root (`/../x`), a line of a head over 8 KiB, and field names with an underscore
- HAProxy: a body of GET, HEAD or DELETE in HTTP/1.0, an authority in the target that is not that of `Host`, a fragment, two hosts that are
  the same, a head over 16 KiB, and more than 100 fields
"""

import collections
import random
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import conformance
import mixes
import pipelining
import proxies

#: The address of the clients. The server trusts what 127.0.0.1 states about it.
CLIENT = "127.0.0.2"
#: Clients at a time, which share the connections of the proxy to the server, and mixes of each.
CLIENTS, EACH = 4, 50
#: Statuses that the mixes must get, since they are of all kinds.
STATUSES = {200, 204, 304, 400, 401, 403, 404, 405, 412, 413, 415, 422}
#: Fields that belong to one connection, and those that nginx writes itself.
OWN_FIELDS = {"connection", "keep-alive", "transfer-encoding", "date", "server"}
COUNTS = {"inin-ratelimit-count", "inin-ratelimit-reset"}
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ENTITY_TAG = re.compile(r'(?:W/)?"[^"]*"')


class Run:
    """The mixes of one client, sent to a port for an organization of its own."""

    def __init__(self, tenant, port, seed, abrupt):
        reader = conformance.token(tenant.server, tenant.client["id"], tenant.client["secret"], "messaging:readonly")
        self.tokens = {"token": tenant.caller().token, "reader": reader, "wrong": "A" * 43}
        self.client = pipelining.Client(port, CLIENT, random.Random(seed), abrupt)
        self.labels, self.objects, self.tags = {}, collections.defaultdict(list), {}

    def name(self, kind, number):
        """What stands for a place in a template (mixes.py)."""
        if kind in self.tokens:
            return self.tokens[kind]
        kind, _, tag = kind.partition("-")
        known = self.objects[kind]
        identifier = known[-1 - number % len(known)] if known else conformance.UNKNOWN_ID
        return self.tags.get(identifier, '"unseen"') if tag else identifier

    def fill(self, data):
        return mixes.filled(self.name, data)

    def send(self, templates, at_once):
        """The comparable responses."""
        messages = (template.message(self.fill) for template in templates)
        responses = self.client.pipelined(list(messages)) if at_once else self.client.in_turn(messages)
        return [self.comparable(template, response) for template, response in zip(templates, responses, strict=True)]

    def comparable(self, template, response):
        """The status, the fields and the body, without what is this organization's alone. Learns from them what `name` returns."""
        conformance.CANARIES.write("answers", *(f"{name}: {value}" for name, value in response.fields), response.body)
        self.learn(template, response)
        assert response.field("date")
        correlation = response.field("inin-correlation-id") or "no correlation"
        fields = [(name, self.masked_field(name, value, correlation)) for name, value in response.fields if name not in OWN_FIELDS]
        return response.status, sorted(fields), self.masked(response.body.decode(), correlation)

    def learn(self, template, response):
        found = re.search(rb'^\{"id":"([^"]+)"', response.body)
        if not found or response.status != 200:
            return
        identifier = found[1].decode()
        for resource in mixes.RESOURCES:
            if template.method == "POST" and template.target.endswith(f"/{resource}") and identifier not in self.objects[resource]:
                self.objects[resource].append(identifier)
        if response.field("etag"):
            self.tags[identifier] = response.field("etag")

    def masked_field(self, name, value, correlation):
        if name in COUNTS:
            return "a number" if value.isdigit() else value
        return ENTITY_TAG.sub(lambda tag: self.label("tag", tag[0]), value) if name == "etag" else self.masked(value, correlation)

    def masked(self, text, correlation):
        text = conformance.DATE.sub("a date", text.replace(correlation, "this response"))
        return UUID.sub(lambda identifier: self.label("id", identifier[0]), text)

    def label(self, kind, value):
        return self.labels.setdefault(value, f"{kind} {len(self.labels)}")


def same_mixes(direct, behind, seed):
    """Sends the mixes of one client both ways, and requests for all that they made. Returns how often each status came."""
    generator, statuses = mixes.Mixes(random.Random(seed)), collections.Counter()
    for number in range(EACH + 1):
        templates, at_once = (generator.mix(), generator.random.random() < 0.5) if number < EACH else (mixes.EVERYTHING, True)
        expected, found = direct.send(templates, at_once), behind.send(templates, at_once)
        for place, (template, here, there) in enumerate(zip(templates, expected, found, strict=True)):
            assert there == here, f"request {place} of mix {number} of {seed}, {at_once=}: {str(template)[:1000]}"
            statuses[here[0]] += 1
    return statuses


def connections(address, port):
    """How many connections from the address to the port are open or were ended in the last minute."""
    client, server = (bytes(reversed(socket.inet_aton(each))).hex().upper() for each in (address, "127.0.0.1"))
    found = set()
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        ends = line.split()[1:3]
        if f"{server}:{port:04X}" in ends:
            found.update(end for end in ends if end.startswith(f"{client}:") and end != f"{server}:{port:04X}")
    return len(found)


def changed(block, old, new):
    assert block.count(old) == 1, block
    return block.replace(old, new)


def reading_first(block):
    return changed(block, "proxy_request_buffering off;", "proxy_request_buffering on;")


def checking_seldom(block):
    """On a slow machine a check each second could take the server out of rotation."""
    return changed(block, "check inter 1s", "check inter 60s")


def sharing(block):
    """Any request may be the first of its client on a connection that others have used."""
    return changed(checking_seldom(block), "    option httpchk", "    http-reuse always\n    option httpchk")


@pytest.mark.parametrize("proxy, change, abrupt", [
    (proxies.Nginx, str, True), (proxies.Nginx, reading_first, False),
    (proxies.HAProxy, checking_seldom, False), (proxies.HAProxy, sharing, False)],
    ids=["nginx", "nginx that reads bodies first", "haproxy", "haproxy that shares connections"])
def test_mixes_of_requests_through_a_proxy_get_the_responses_that_they_get_directly(tmp_path, capsys, proxy, change, abrupt):
    """Unless nginx reads bodies first, it ends a connection unannounced after a response that came before the whole body."""
    variables = conformance.bootstrap({
        "MESSAGING_TRUSTED_PROXIES": "127.0.0.1", "MESSAGING_IDLE_TIMEOUT": "600", "MESSAGING_REQUEST_TIMEOUT": "600"})
    folder = tmp_path / "server"
    folder.mkdir()
    with (conformance.serving(folder / "messaging.sqlite", variables) as server,
          proxies.running(proxy(), tmp_path / "proxy", server, change) as port):
        seeds = [f"{proxy.language} {number}" for number in range(CLIENTS)]
        direct = [Run(conformance.Tenant(server), server.port, seed, False) for seed in seeds]
        behind = [Run(conformance.Tenant(server), port, seed, abrupt) for seed in seeds]
        with ThreadPoolExecutor(CLIENTS) as pool:
            statuses = sum(pool.map(same_mixes, direct, behind, seeds), collections.Counter())
        opened = connections("127.0.0.1", server.port)
    with capsys.disabled():
        print(f"\n{statuses.total()} requests, {opened} connections of the proxy, {sorted(statuses.items())}")
    assert STATUSES <= set(statuses)
    assert opened < statuses.total() / 4, "the proxy opens connections for single requests"
