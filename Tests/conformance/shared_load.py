"""Clients of several servers with one store, and the record of what they were answered."""

import http.client
import itertools
import json
import random
import threading
import time

from conformance import Caller
from ledger import NEW
from linearizable import History, Request
from waiting import PATIENCE, until

DEFAULT = ("defaults",)


def setting(identifier):
    return ("settings", identifier)


class Record:
    """The requests of all clients, with the correlation ids of those that may have written."""

    def __init__(self):
        self.lock = threading.Lock()
        self.requests, self.refused, self.names = [], set(), set()
        self.acknowledged = self.unanswered = 0

    def add(self, start, text, key, fits=lambda state: True, answer=None, named=None):
        """Notes a request that was answered now. `answer` is that of a request that may have written."""
        request = Request(start, time.monotonic(), text, key, fits, named=named)
        request.correlation = answer.header("ININ-Correlation-Id") if answer else None
        with self.lock:
            self.requests.append(request)
            self.acknowledged += answer is not None

    def refuse(self, answer):
        """Notes a write that was not made, as its response says, or of which nothing is known."""
        with self.lock:
            if "Nothing was changed." in answer.json()["message"]:
                self.refused.add(answer.header("ININ-Correlation-Id"))
            else:
                self.unanswered += 1

    def lose(self):
        """Notes a write without a response."""
        with self.lock:
            self.unanswered += 1

    def history(self, caller):
        """The history of the servers. Gives each request the revision that it made. A write that was refused or doubled is a failure."""
        history, revisions, names = History(), {}, []
        for change in reversed(caller.everything("/platform/v1/changes")):
            revision, after = change["revision"], change.get("after")
            revisions[change["contextId"]] = revision
            if change["kind"] == "settings":
                history.write(revision, setting(change["objectId"]), after)
                names += [after["name"]] if after else []
            elif change["kind"] == "defaults" and change["objectId"] == "settings":
                history.write(revision, DEFAULT, after and after["id"])
        assert not self.refused & revisions.keys(), "a refused write was made"
        assert len(names) == len(set(names)), "a write was made twice"
        for request in self.requests:
            request.revision = revisions.get(request.correlation)
        return history


class Client(threading.Thread):
    """Sends requests to servers by turns until it is told to stop. It goes to another server when one is gone."""

    def __init__(self, number, servers, token, record, stop):
        super().__init__(daemon=True)
        self.number, self.servers, self.token, self.record, self.stop = number, servers, token, record, stop
        self.random = random.Random(20261130 + number)
        self.callers, self.failure = {}, None
        self.start()

    #: The settings that all clients change, with the versions and tags that were seen.
    shared = []

    def run(self):
        try:
            for number in itertools.count():
                if self.stop.is_set():
                    return
                server = self.random.choice(self.servers)
                action = self.random.choice(
                    [self.get, self.get, self.get, self.patch, self.patch, self.guarded_patch, self.put_default, self.get_default,
                     self.delete_default, self.create_twice, self.delete, self.list])
                try:
                    action(server, f"client {self.number:02} request {number:04}")
                except (OSError, http.client.HTTPException):
                    self.callers.pop(server, None)
                    self.rest()
        except BaseException as error:
            self.failure = error

    def call(self, server, method, path, body=None, headers=None, writes=True):
        """Sends a request; returns the time and the answer, or None for an answer if the servers could not do it."""
        if server not in self.callers:
            self.callers[server] = Caller(server, self.token)
        start = time.monotonic()
        try:
            answer = self.callers[server].call(method, path, body, headers)
        except (OSError, http.client.HTTPException):
            if writes:
                self.record.lose()
            raise
        if answer.status == 503:
            if writes:
                self.record.refuse(answer)
            self.rest()
            return start, None
        return start, answer

    def rest(self):
        """Lets others work for a moment, unless the load stops."""
        self.stop.wait(0.02)

    def pick(self):
        return self.random.choice(self.shared)

    def get(self, server, name):
        identifier = self.pick()
        start, answer = self.call(server, "GET", f"{NEW}/settings/{identifier}", writes=False)
        if answer:
            self.note_object(start, name, identifier, answer)

    def note_object(self, start, name, identifier, answer, writes=False):
        """Notes the response with an object, or with the error that there is none."""
        assert answer.status in (200, 404), answer
        body = answer.json() if answer.status == 200 else None
        self.record.add(start, f"{name}: {answer.status} {json.dumps(body)}", setting(identifier),
                        lambda state: state == body, answer if writes else None)
        return body

    def patch(self, server, name):
        identifier = self.pick()
        start, answer = self.call(server, "PATCH", f"{NEW}/settings/{identifier}", {"name": name})
        if answer:
            self.note_object(start, name, identifier, answer, writes=answer.status == 200)

    def guarded_patch(self, server, name):
        """Changes an object if it still is what was read a moment ago, on another server."""
        identifier = self.pick()
        start, answer = self.call(self.random.choice(self.servers), "GET", f"{NEW}/settings/{identifier}", writes=False)
        if not answer:
            return
        seen = self.note_object(start, f"{name} first", identifier, answer)
        if seen is None:
            return
        start, answer = self.call(server, "PATCH", f"{NEW}/settings/{identifier}", {"name": name},
                                  {"If-Match": answer.header("ETag")})
        if not answer:
            return
        if answer.status == 412:
            self.record.add(start, f"{name}: 412 for {seen['version']}", setting(identifier),
                            lambda state: state is not None and state["version"] != seen["version"])
        else:
            made = self.note_object(start, name, identifier, answer, writes=answer.status == 200)
            assert made is None or int(made["version"]) == int(seen["version"]) + 1, (seen, made)

    def put_default(self, server, name):
        identifier = self.pick()
        start, answer = self.call(server, "PUT", f"{NEW}/settings/default", {"settingId": identifier})
        if not answer:
            return
        if answer.status == 200:
            self.record.add(start, f"{name}: default {identifier}", DEFAULT, lambda state: state == identifier, answer)
        else:
            assert answer.status == 404, answer
            self.record.add(start, f"{name}: 404", setting(identifier), lambda state: state is None)

    def delete_default(self, server, name):
        start, answer = self.call(server, "DELETE", f"{NEW}/settings/default")
        if answer:
            assert answer.status == 204, answer
            self.record.add(start, f"{name}: no default", DEFAULT, lambda state: state is None, answer)

    def get_default(self, server, name):
        start, answer = self.call(server, "GET", f"{NEW}/settings/default", writes=False)
        if answer:
            assert answer.status in (200, 204), answer
            found = answer.json()["id"] if answer.status == 200 else None
            self.record.add(start, f"{name}: default {found}", DEFAULT, lambda state: state == found)

    def list(self, server, name):
        """Reads a page, whose tag has the revision of the organization."""
        start, answer = self.call(server, "GET", f"{NEW}/settings?pageSize=2", writes=False)
        if answer:
            assert answer.status == 200, answer
            # The epoch, the five parts of the organization's id, and the revision.
            revision = int(answer.header("ETag").strip('"').split("-")[6])
            self.record.add(start, f"{name}: list of {revision}", None, named=revision)

    def create_twice(self, server, name):
        """Creates an object, and sends the same request again to another server, as a client without a response does."""
        made = []
        for server in (server, self.random.choice(self.servers)):
            start, answer = self.call(server, "POST", f"{NEW}/settings", {"name": name},
                                      {"Idempotency-Key": name.replace(" ", "-")})
            if answer:
                assert answer.status == 200, answer
                made.append(answer.json()["id"])
                self.record.add(start, f"{name}: created {made[-1]}", setting(made[-1]),
                                lambda state: state is not None and state["name"] == name, answer)
        assert len(set(made)) <= 1, made
        # A few of them are changed by all.
        if made and self.random.random() < 0.1:
            self.shared.append(made[0])

    def delete(self, server, name):
        identifier = self.pick()
        # Some objects stay.
        if self.shared.index(identifier) < 4 or self.random.random() < 0.7:
            return
        start, answer = self.call(server, "DELETE", f"{NEW}/settings/{identifier}")
        if not answer:
            return
        if answer.status == 400:
            self.record.add(start, f"{name}: 400", DEFAULT, lambda state: state == identifier)
        else:
            assert answer.status in (204, 404), answer
            self.record.add(start, f"{name}: {answer.status}", setting(identifier), lambda state: state is None,
                            answer if answer.status == 204 else None)


def run(servers, token, clients, responses, meanwhile=lambda: None):
    """Lets clients send requests. Calls `meanwhile` when so many have been answered, and stops when as many more have been. Returns the record."""
    record, stop, caller = Record(), threading.Event(), Caller(servers[0], token)
    Client.shared = [caller.post(f"{NEW}/settings", {"name": f"shared {number}"}).json()["id"] for number in range(6)]
    started = [Client(number, servers, token, record, stop) for number in range(clients)]

    def wait_for_more():
        goal = len(record.requests) + responses
        until(lambda: len(record.requests) >= goal or any(client.failure for client in started))

    try:
        wait_for_more()
        meanwhile()
        wait_for_more()
    finally:
        stop.set()
        for client in started:
            client.join(PATIENCE)
    for client in started:
        assert not client.is_alive()
        if client.failure:
            raise client.failure
    return record
