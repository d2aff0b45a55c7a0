"""Writers that record the responses of the server, and so know what it must still contain."""

import http.client
import random
import signal
import threading
import time

from conformance import FAMILIES, PATIENCE, Caller, until

OLD, NEW = FAMILIES["messaging"], FAMILIES["conversations"]
SIDES = ("Enabled", "Disabled")
#: After its database failed, the server opens it again at the first write after 100 milliseconds. A PatientWriter pauses for ten after each
#: refusal, so that it is refused some ten times meanwhile on any machine; this is how often it may be.
REFUSALS = 30
#: Seconds within which a busy machine gets there.
RECOVERED = 30
TYPES = ("*/*", "image/*", "image/png", "video/mpeg", "text/plain", "application/pdf")


def merged(old, patch):
    """Returns the content and event of a setting after a PATCH, which merges them leaf by leaf."""
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


class Request:
    """A request of a writer."""

    def __init__(self, action, resource=None, identifier=None, body=None):
        self.action, self.resource, self.identifier, self.body = action, resource, identifier, body


class Writer:
    """Creates, changes and deletes objects of its own; number 0 also moves the default setting.

    A request whose outcome is not known stays in `open`, and what it is about is left alone, until `settle`.
    """

    def __init__(self, number, seed):
        self.number = number
        self.random = random.Random(seed * 1000 + number)
        self.objects = {"settings": {}, "supportedcontent": {}}
        self.default = None
        self.open = []
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

    def known(self, resource):
        doubtful = {request.identifier for request in self.open}
        return [key for key in self.objects[resource] if key not in doubtful]

    def choose(self):
        pick = self.random
        resource = pick.choice(tuple(self.objects))
        own = [key for key in self.known(resource) if key != self.default]
        settings = self.known("settings")
        if self.number == 0 and settings and pick.random() < 0.4:
            if pick.random() < 0.7:
                return Request("PUT default", identifier=pick.choice(settings))
            return Request("DELETE default")
        chance = pick.random()
        if not own or chance < 0.45:
            return Request("POST", resource, body=self.body(resource))
        if chance < 0.8:
            return Request("PATCH", resource, pick.choice(own), self.body(resource))
        return Request("DELETE", resource, pick.choice(own))

    def write_until_the_server_dies(self, server, token, on_acknowledged):
        """Runs in a thread of its own; an assertion that fails is kept in `failure`."""
        caller = Caller(server, token)
        try:
            while True:
                request = self.choose()
                self.open.append(request)
                prefix = self.random.choice(tuple(FAMILIES.values()))
                request.sent = time.monotonic()
                try:
                    answer = self.send(caller, prefix, request)
                except (OSError, http.client.HTTPException):
                    return
                if self.is_done(request, answer):
                    self.open.remove(request)
                    self.learn(request, answer)
                    self.acknowledged[request.action] += 1
                    on_acknowledged()
        except BaseException as error:
            self.failure = error

    def is_done(self, request, answer):
        """Returns whether the response changes the expected state. A refusal of any kind is then a failure."""
        return True

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
        """Decides from the `present` objects whether the requests in `open` were executed. A half-executed one is a failure."""
        requests, self.open = self.open, []
        if self.number == 0:
            allowed = {self.default} | {request.identifier for request in requests if request.action.endswith("default")}
            assert default in allowed, (default, allowed)
            self.default = default
        for request in requests:
            if not request.action.endswith("default"):
                self.settle_one(request, self.objects[request.resource], present[request.resource])

    def settle_one(self, request, own, found):
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


class PatientWriter(Writer):
    """A writer that goes on when the server could not write, and notes the time and the status of each response."""

    def __init__(self, number, seed):
        super().__init__(number, seed)
        self.answered = []

    def is_done(self, request, answer):
        unknown = answer.status == 503 and "not known" in answer.json()["message"]
        self.answered.append((request, answer.status, unknown, time.monotonic()))
        if answer.status < 500:
            return True
        assert unknown or "Nothing was changed." in answer.json()["message"], answer
        if not unknown:
            self.open.remove(request)
        time.sleep(0.01)
        return False

    def learn(self, request, answer):
        super().learn(request, answer)
        if request.action.endswith("default"):
            self.open = [other for other in self.open if not other.action.endswith("default")]


class Tally:
    """Counts acknowledgements and lets one thread wait for a number of them."""

    def __init__(self):
        self.count = 0
        self.condition = threading.Condition()

    def add(self):
        with self.condition:
            self.count += 1
            self.condition.notify_all()

    def wait_for(self, number):
        with self.condition:
            return self.condition.wait_for(lambda: self.count >= number, PATIENCE)


class Load:
    """Writers at work on a server."""

    def __init__(self, server, token, writers):
        self.server, self.writers, self.tally = server, writers, Tally()
        self.threads = [
            threading.Thread(target=writer.write_until_the_server_dies, args=(server, token, self.tally.add))
            for writer in writers]
        for thread in self.threads:
            thread.start()

    def reach(self, acknowledgements):
        """Waits until there are so many more acknowledged writes."""
        goal = self.tally.count + acknowledgements
        assert self.tally.wait_for(goal), f"{self.tally.count} of {goal} writes acknowledged"

    def refused(self):
        """Waits until a write is refused that is sent from now on."""
        self._answered_since(time.monotonic(), lambda status: status == 503)

    def recovered(self):
        """Waits for a write that is sent from now on, after the end of a fault, and acknowledged; returns the seconds to the first one.

        No writer is refused more than a few times before that.
        """
        ended = time.monotonic()
        first = self._answered_since(ended, lambda status: status < 300, within=RECOVERED)
        refusals = [sum(status == 503 and request.sent > ended and moment < first
                        for request, status, _, moment in list(writer.answered)) for writer in self.writers]
        assert max(refusals) <= REFUSALS, refusals
        return first - ended

    def _answered_since(self, since, wanted, within=PATIENCE):
        """Waits for a wanted response to a write sent since then. Returns the time of the first one."""
        def moments():
            for writer in self.writers:
                if writer.failure:
                    raise writer.failure
            return [moment for writer in self.writers for request, status, _, moment in list(writer.answered)
                    if request.sent > since and wanted(status)]

        until(moments, lambda: "no write was answered so", within)
        return min(moments())

    @property
    def unknown(self):
        """Returns the number of responses that report an unknown outcome."""
        return sum(unknown for writer in self.writers for _, _, unknown, _ in writer.answered)

    def check_nothing_done_between(self, began, ended, fitting=0):
        """Checks that at most so many of the writes that began and ended during the fault were acknowledged.

        Setting the default that is set already changes nothing, so that it may be acknowledged.
        """
        within = [(request, status) for writer in self.writers
                  for request, status, _, moment in writer.answered if began < request.sent and moment < ended]
        done = [(request.action, status) for request, status in within
                if status < 500 and not request.action.endswith("default")]
        assert within and len(done) <= fitting, done

    def kill(self):
        """SIGKILL to the server under the writers."""
        code = self.server.kill()
        self.join()
        assert code == -signal.SIGKILL

    def join(self):
        """Returns once the writers have noticed that the server is gone."""
        for thread in self.threads:
            thread.join(PATIENCE)
        assert not any(thread.is_alive() for thread in self.threads)
        for writer in self.writers:
            if writer.failure:
                raise writer.failure


def compare(caller, writers, factory):
    """Checks that the server contains exactly the acknowledged and settled changes."""
    present = {resource: {entity["id"]: entity for entity in caller.everything(f"{NEW}/{resource}")}
               for resource in ("settings", "supportedcontent")}
    assert present["supportedcontent"].pop(factory["id"]) == factory
    default = caller.get(f"{OLD}/settings/default")
    default = default.json()["id"] if default.status == 200 else None
    for writer in writers:
        writer.settle(present, default)
    for resource, found in present.items():
        expected = {key: entity for writer in writers for key, entity in writer.objects[resource].items()}
        lost = expected.keys() - found.keys()
        unexpected = found.keys() - expected.keys()
        assert (lost, unexpected) == (set(), set()), resource
        for key, entity in expected.items():
            assert found[key] == entity
    for writer in writers:
        for resource, own in writer.objects.items():
            for key in list(own)[-2:]:
                assert caller.get(f"{OLD}/{resource}/{key}").json() == own[key]


def compare_after_start(server, token, writers, factory, kept=None):
    """Checks with `compare` after a start, without `kept`, a setting of no writer. Then the server stops."""
    server.start()
    caller = Caller(server, token)
    if kept:
        assert caller.delete(f"{OLD}/settings/{kept['id']}").status == 204
    compare(caller, writers, factory)
    assert server.stop() == 0


class Reader(threading.Thread):
    """Reads one object until the server is gone. Each response has one of `statuses`, and a 200 has the object."""

    def __init__(self, caller, entity, statuses):
        super().__init__(daemon=True)
        self.caller, self.entity, self.statuses = caller, entity, statuses
        self.counts, self.failure = {}, None
        self.start()
        until(lambda: self.counts or self.failure, lambda: "no read was answered")

    def run(self):
        try:
            while True:
                try:
                    answer = self.caller.get(f"{OLD}/settings/{self.entity['id']}")
                except (OSError, http.client.HTTPException):
                    return
                assert answer.status in self.statuses, answer
                assert answer.status != 200 or answer.json() == self.entity
                self.counts[answer.status] = self.counts.get(answer.status, 0) + 1
                time.sleep(0.002)
        except BaseException as error:
            self.failure = error

    def join_after_the_end(self):
        self.join(PATIENCE)
        assert not self.is_alive()
        if self.failure:
            raise self.failure
        assert self.counts.get(200)
