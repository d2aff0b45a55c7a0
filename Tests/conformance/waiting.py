"""Waiting for actions of the server, and bounds for actions by its own clock."""

import functools
import time

#: Seconds after which a test counts as hanging. No verdict rests on it: a slower machine is still right.
PATIENCE = 300

#: Seconds within which a server has ended after SIGTERM. It promises ten, by its own clock, also on a busy machine; what the tests leave to
#: it then would take it minutes, or has no end.
STOP = 30

#: Seconds after which a stopping server cuts off running work, with or without a line in the log.
CUT_OFF = 8


def until(condition, complaint=lambda: "it did not come true", within=PATIENCE):
    """Waits until the condition holds; returns the seconds that it took, for the report.

    `within` is for what the server does by its own clock: many times what it takes there, and far less than it would take otherwise.
    """
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < within, complaint()
        time.sleep(0.02)
    return time.monotonic() - started


def seconds_of(action):
    """The time that an action takes."""
    started = time.monotonic()
    action()
    return time.monotonic() - started


def is_sooner(limit, attempt):
    """Whether an attempt, which returns its seconds, ends sooner than a time limit of the server, so that it did not wait for that.

    A server that waits for the limit fails in each attempt. A busy machine may take as long in some of them.
    """
    return any(attempt() < limit for _ in range(10))


def counted_in_a_minute(test):
    """Runs a test again, with another folder for its server, when it failed after the minute in which its server counts requests."""
    @functools.wraps(test)
    def run(tmp_path, **arguments):
        for attempt in range(5):
            folder, started = tmp_path / f"{attempt}", time.monotonic()
            folder.mkdir()
            try:
                return test(tmp_path=folder, **arguments)
            except AssertionError:
                if time.monotonic() - started < 60:
                    raise
        raise AssertionError("it failed five times, after a minute each time")
    return run


def later_millisecond():
    """Returns once the clock shows a later millisecond, so that two dates must differ."""
    start = time.time_ns() // 1_000_000
    while time.time_ns() // 1_000_000 <= start + 1:
        time.sleep(0.0005)
