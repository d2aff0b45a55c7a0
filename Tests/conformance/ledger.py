"""Writers that know what the server told them, and what it must therefore still hold."""

import http.client
import random
import threading

from conformance import FAMILIES, Caller

SIDES = ("Enabled", "Disabled")
TYPES = ("*/*", "image/*", "image/png", "video/mpeg", "text/plain", "application/pdf")


def merged(old, patch):
    """What a PATCH of a setting makes of its content and event: merged per leaf."""
    if not isinstance(patch, dict):
        return patch
    return {**(old or {}), **{key: merged((old or {}).get(key), value) for key, value in patch.items()}}


def after_patch(resource, old, body):
    """The entity a PATCH must leave, apart from the date of its change."""
    new = merged(old, body) if resource == "settings" else {**old, **body}
    version = int(old["version"]) + 1
    return {**new, "version": str(version) if resource == "settings" else version}


def undated(entity):
    return {key: value for key, value in entity.items() if key != "dateModified"}


class Pending:
    """A request that was sent and not answered."""

    def __init__(self, action, resource=None, identifier=None, body=None):
        self.action, self.resource, self.identifier, self.body = action, resource, identifier, body


class Writer:
    """Creates, changes and deletes objects of its own; number 0 also moves the default setting."""

    def __init__(self, number, seed):
        self.number = number
        self.random = random.Random(seed * 1000 + number)
        self.objects = {"settings": {}, "supportedcontent": {}}
        self.default = None
        self.pending = None
        self.counter = 0
        self.acknowledged = {"POST": 0, "PATCH": 0, "DELETE": 0, "PUT default": 0, "DELETE default": 0}
        self.failure = None

    def body(self, resource):
        self.counter += 1
        body = {"name": f"writer {self.number:02} object {self.counter:06}"}
        pick = self.random
        if resource == "settings":
            if pick.random() < 0.7:
                body["content"] = {"story": {pick.choice(("mention", "reply")): {"inbound": pick.choice(SIDES)}}}
            if pick.random() < 0.7:
                body["event"] = {"typing": {"on": {pick.choice(("inbound", "outbound")): pick.choice(SIDES)}}}
        else:
            body["mediaTypes"] = {"allow": {
                side: [{"type": pick.choice(TYPES)} for _ in range(pick.randint(0, 4))]
                for side in ("inbound", "outbound")}}
        return body

    def choose(self):
        pick = self.random
        resource = pick.choice(tuple(self.objects))
        own = [key for key in self.objects[resource] if key != self.default]
        if self.number == 0 and self.objects["settings"] and pick.random() < 0.4:
            if pick.random() < 0.7:
                return Pending("PUT default", identifier=pick.choice(tuple(self.objects["settings"])))
            return Pending("DELETE default")
        chance = pick.random()
        if not own or chance < 0.45:
            return Pending("POST", resource, body=self.body(resource))
        if chance < 0.8:
            return Pending("PATCH", resource, pick.choice(own), self.body(resource))
        return Pending("DELETE", resource, pick.choice(own))

    def write_until_the_server_dies(self, server, token, on_acknowledged):
        """Runs in a thread of its own; an assertion that fails is kept in `failure`."""
        caller = Caller(server, token)
        try:
            while True:
                self.pending = self.choose()
                prefix = self.random.choice(tuple(FAMILIES.values()))
                try:
                    answer = self.send(caller, prefix, self.pending)
                except (OSError, http.client.HTTPException):
                    return
                self.learn(self.pending, answer)
                self.acknowledged[self.pending.action] += 1
                self.pending = None
                on_acknowledged()
        except BaseException as error:
            self.failure = error

    def send(self, caller, prefix, request):
        if request.action == "PUT default":
            return caller.put(f"{prefix}/settings/default", {"settingId": request.identifier})
        if request.action == "DELETE default":
            return caller.delete(f"{prefix}/settings/default")
        path = f"{prefix}/{request.resource}" + (f"/{request.identifier}" if request.identifier else "")
        return caller.call(request.action, path, request.body)

    def learn(self, request, answer):
        assert answer.status == (204 if request.action.startswith("DELETE") else 200), (request.action, answer)
        if request.action == "PUT default":
            assert answer.json() == self.objects["settings"][request.identifier]
            self.default = request.identifier
        elif request.action == "DELETE default":
            self.default = None
        elif request.action == "DELETE":
            del self.objects[request.resource][request.identifier]
        else:
            entity = answer.json()
            self.check(request, entity)
            self.objects[request.resource][entity["id"]] = entity

    def check(self, request, entity):
        """The entity is the whole effect of a POST or a PATCH."""
        if request.action == "PATCH":
            old = self.objects[request.resource][request.identifier]
            assert undated(entity) == undated(after_patch(request.resource, old, request.body))
            assert entity["dateModified"] >= old["dateModified"]
        else:
            assert entity["version"] == ("1" if request.resource == "settings" else 1)
            parts = {key: entity[key] for key in ("name", "content", "event", "mediaTypes") if key in entity}
            assert parts == request.body

    def settle(self, present, default):
        """Decides from what is `present` whether the unanswered request happened; half is a failure."""
        request, self.pending = self.pending, None
        if self.number == 0:
            allowed = {self.default}
            if request and request.action.endswith("default"):
                allowed.add(request.identifier)
            assert default in allowed, (default, allowed)
            self.default = default
        if request is None or request.action.endswith("default"):
            return
        own, found = self.objects[request.resource], present[request.resource]
        if request.action == "POST":
            created = [entity for entity in found.values() if entity["name"] == request.body["name"]]
            assert len(created) <= 1
            for entity in created:
                self.check(request, entity)
                own[entity["id"]] = entity
        elif request.action == "PATCH" and found.get(request.identifier) != own[request.identifier]:
            self.check(request, found[request.identifier])
            own[request.identifier] = found[request.identifier]
        elif request.action == "DELETE" and request.identifier not in found:
            del own[request.identifier]


class Tally:
    """Counts acknowledgements and lets one thread wait for a number of them."""

    def __init__(self):
        self.count = 0
        self.condition = threading.Condition()

    def add(self):
        with self.condition:
            self.count += 1
            self.condition.notify_all()

    def wait_for(self, number, timeout):
        with self.condition:
            return self.condition.wait_for(lambda: self.count >= number, timeout)
