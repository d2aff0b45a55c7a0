"""SIGKILL between a commit and its response: the retry under the same Idempotency-Key finds the first object."""

import http.client
import threading

import conformance
from conformance import Caller
from faults import Faults
from ledger import NEW, Tally

ROUNDS, WRITERS = 5, 16
PATH = f"{NEW}/settings"


def post(caller, key, name):
    return caller.call("POST", PATH, {"name": name}, {"Idempotency-Key": key})


class KeyedWriter(threading.Thread):
    """Creates settings, each under its own key, until a request gets no response. `name` and `key` are those of that request."""

    def __init__(self, number, server, token, tally):
        super().__init__(daemon=True)
        self.number, self.caller, self.tally = number, Caller(server, token), tally
        self.created, self.failure = {}, None
        self.start()

    def run(self):
        try:
            for count in range(1_000_000):
                self.name_asked = f"{self.caller.server.process.pid} writer {self.number:02} setting {count:06}"
                self.key = self.name_asked.replace(" ", "-")
                try:
                    answer = post(self.caller, self.key, self.name_asked)
                except (OSError, http.client.HTTPException):
                    return
                assert answer.status == 200, answer
                self.created[self.key] = answer.json()
                self.tally.add()
        except BaseException as error:
            self.failure = error


def killed_by_a_sync(server, faults):
    code = server.process.wait(conformance.PATIENCE)
    faults.end("kill")
    assert code == -9
    server.start()


def test_one_write_five_rounds(tmp_path):
    faults = Faults(tmp_path / "faults")
    server = conformance.Server(tmp_path / "messaging.sqlite", faults.environment).start()
    token = conformance.token(server)
    for number in range(ROUNDS):
        key, name = f"key-{number}", f"setting {number}"
        faults.begin("kill")
        try:
            answer = post(Caller(server, token), key, name)
            raise AssertionError(answer)
        except (OSError, http.client.HTTPException):
            killed_by_a_sync(server, faults)
        caller = Caller(server, token)
        found = [entity for entity in caller.everything(PATH) if entity["name"] == name]
        assert len(found) == 1, "the commit was synced, so it is there"
        for _ in range(2):
            retried = post(caller, key, name)
            assert (retried.status, retried.json()) == (200, found[0])
        assert post(caller, key, "other").status == 422
        assert [entity for entity in caller.everything(PATH) if entity["name"] in (name, "other")] == found
    assert server.stop() == 0


def test_16_writers_five_rounds(tmp_path, capsys):
    faults = Faults(tmp_path / "faults")
    server = conformance.Server(tmp_path / "messaging.sqlite", faults.environment).start()
    token = conformance.token(server)
    before, expected = [], {}
    for _ in range(ROUNDS):
        tally = Tally()
        before.append(0)
        writers = [KeyedWriter(number, server, token, tally) for number in range(WRITERS)]
        assert tally.wait_for(150)
        faults.begin("kill")
        killed_by_a_sync(server, faults)
        caller = Caller(server, token)
        present = {entity["name"]: entity for entity in caller.everything(PATH)}
        for writer in writers:
            writer.join(conformance.PATIENCE)
            assert not writer.is_alive()
            if writer.failure:
                raise writer.failure
            expected |= {entity["name"]: entity for entity in writer.created.values()}
            first = present.get(writer.name_asked)
            before[-1] += first is not None
            retried = post(caller, writer.key, writer.name_asked)
            assert retried.status == 200
            assert first is None or retried.json() == first
            assert post(caller, writer.key, writer.name_asked).json() == retried.json()
            assert post(caller, writer.key, "other").status == 422
            expected[writer.name_asked] = retried.json()
        entities = caller.everything(PATH)
        assert {entity["name"]: entity for entity in entities} == expected
        assert len(entities) == len(expected)
    assert server.stop() == 0
    with capsys.disabled():
        print(f"\n{ROUNDS} kills after a sync: {before} of {WRITERS} unanswered writes had happened")
    assert all(before), "each time at least one commit was synced and not answered"
