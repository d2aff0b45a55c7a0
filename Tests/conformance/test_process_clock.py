"""A wall clock that jumps, or is wrong from the start: nothing is lost, and nothing traps."""

import datetime
import email.utils
import json
import time

import pytest

import conformance
from conformance import Caller
from faults import Clock

SETTINGS = f"{conformance.SUCCESSOR}/settings"
CHANGES = "/platform/v1/changes?pageSize=1"
INTERVAL = 1


def environment(clock):
    return conformance.bootstrap(clock.environment | {"MESSAGING_SWEEP_INTERVAL": str(INTERVAL)})


def changes(caller):
    answer = caller.get(CHANGES)
    assert answer.status == 200, answer.body
    return answer.json()["total"]


def keyed(caller):
    answer = caller.call("POST", SETTINGS, {"name": "once"}, {"Idempotency-Key": "key"})
    assert answer.status == 200, answer.body
    return answer.json()["id"]


def after_some_sweeps():
    """Gives sweeps time to do harm. A machine that is too slow for one finds less."""
    time.sleep(3.5 * INTERVAL)


def test_a_clock_that_jumps_drops_nothing(tmp_path):
    """This includes a restart while the clock is wrong, and changes that are written then."""
    clock, database = Clock(tmp_path / "clock"), tmp_path / "messaging.sqlite"
    with conformance.serving(database, environment(clock)) as server:
        caller = Caller(server, conformance.token(server))
        revoked, ending = (Caller(server, conformance.token(server)) for _ in range(2))
        assert revoked.delete("/api/v2/tokens/me").status == 204
        for number in range(30):
            assert caller.post(SETTINGS, {"name": f"setting {number}"}).status == 200
        identifier, before = keyed(caller), changes(caller)
        clock.set(500)
        assert caller.get(SETTINGS).status == 401, "it has expired as long as the clock says so"
        future = Caller(server, conformance.token(server))
        assert future.post(SETTINGS, {"name": "of the future"}).status == 200
        assert keyed(future) == identifier, "a key lasts as long as the right clock says"
        owner = conformance.basic(conformance.CLIENT_ID, conformance.CLIENT_SECRET)
        assert conformance.ask_token(server, {"token": ending.token}, owner, path="/oauth/revoke").status == 200
        after_some_sweeps()
        assert changes(future) == before + 1
    with conformance.serving(database, environment(clock)) as server:
        conformance.until(lambda: "the wall clock went ahead" in server.errors(), server.errors)
        after_some_sweeps()
        future = Caller(server, future.token)
        assert changes(future) == before + 1
        clock.set(0)
        caller, revoked, ending = (Caller(server, old.token) for old in (caller, revoked, ending))
        assert changes(caller) == before + 1
        assert keyed(caller) == identifier
        assert revoked.get(SETTINGS).status == 401
        assert ending.get(SETTINGS).status == 401, "it was revoked while it seemed to have expired"
        after_some_sweeps()
        assert caller.get(SETTINGS).status == 200


def test_dates_of_an_object_never_go_back(tmp_path):
    clock = Clock(tmp_path / "clock")
    with conformance.serving(tmp_path / "messaging.sqlite", environment(clock)) as server:
        caller = Caller(server, conformance.token(server))
        made = caller.post(SETTINGS, {"name": "made"}).json()
        for days in (-1, -3, -2):
            clock.set(days)
            changed = caller.patch(f"{SETTINGS}/{made['id']}", {"name": f"{days}"})
            assert changed.status == 200
            assert changed.json()["dateModified"] == made["dateModified"] == made["dateCreated"]
        clock.set(0)
        assert caller.patch(f"{SETTINGS}/{made['id']}", {"name": "now"}).json()["dateModified"] > made["dateModified"]


@pytest.mark.parametrize("year", [1900, 1969, 2038, 2106, 2261])
def test_any_year_is_accepted(tmp_path, year):
    then = datetime.datetime(year, 6, 1, 12, 30, tzinfo=datetime.timezone.utc)
    clock = Clock(tmp_path / "clock", (then.timestamp() - time.time()) / 86400)
    with conformance.serving(tmp_path / "messaging.sqlite", environment(clock)) as server:
        caller = Caller(server, conformance.token(server))
        answer = caller.post(SETTINGS, {"name": "made"})
        assert answer.status == 200
        assert answer.json()["dateCreated"].startswith(f"{year}-06-01T12:")
        shown = answer.header("Date")
        assert shown.startswith(then.strftime("%a, 01 Jun ") + str(year)), shown
        assert email.utils.parsedate_to_datetime(shown).year == year
        assert caller.get(SETTINGS).json()["total"] == 1
        after_some_sweeps()
        assert caller.get(SETTINGS).status == 200
    lines = [line for line in server.errors().splitlines() if line.startswith("{")]
    assert lines and all(json.loads(line)["time"].startswith(f"{year}-06-01T12:") for line in lines)
