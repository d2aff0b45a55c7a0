"""The checker finds what is wrong in small histories, and nothing in right ones."""

import pytest

from linearizable import History, Request, violations


def history(*states):
    """The states of the key "x" from revision 1 on."""
    made = History()
    for revision, state in enumerate(states, 1):
        made.write(revision, "x", state)
    return made


def write(start, end, revision, state):
    return Request(start, end, f"write {state}", "x", lambda found: found == state, revision)


def read(start, end, state):
    return Request(start, end, f"read {state}", "x", lambda found: found == state)


def refusal(start, end, state):
    """A request that was refused, since the state was another one."""
    return Request(start, end, f"refusal without {state}", "x", lambda found: found != state)


def listing(start, end, revision):
    """A response that names its revision."""
    return Request(start, end, f"list of {revision}", "x", named=revision)


A, B = write(0, 2, 1, "a"), write(3, 5, 2, "b")


@pytest.mark.parametrize("requests", [
    [A, B, read(0, 1, None), read(1, 4, "a"), read(4, 5, "b")],
    [A, B, read(0, 1, "a")],
    [A, B, read(0, 9, None), read(0, 9, "b"), read(0, 9, "a")],
    # One sees the write before the other one that overlaps it.
    [A, write(3, 9, 2, "b"), read(4, 5, "b"), read(4, 5.5, "a")],
    [A, B, refusal(3, 4, "a"), refusal(6, 7, "a")],
    [A, B, listing(0, 1, 0), listing(4, 4.5, 1), listing(6, 7, 2)],
], ids=str)
def test_right_histories(requests):
    assert violations(requests, history("a", "b")) == []


@pytest.mark.parametrize("requests", [
    [A, B, read(2.5, 2.9, None)],
    [A, B, read(6, 7, "a")],
    # What was seen cannot become unseen, whether its write was answered or not.
    [A, read(3, 4, "b"), read(4.5, 5, "a")],
    [A, B, refusal(2.5, 2.9, "a")],
    # The order of the writes is not that of their requests.
    [write(0, 1, 2, "b"), write(2, 3, 1, "a")],
    [read(0, 1, "b"), write(2, 3, 1, "a")],
    # The last write is lost, and another one is acknowledged in its place.
    [A, write(3, 5, 2, "lost")],
    [A, B, write(6, 7, 3, "c")],
    [A, B, read(0, 9, "never")],
    [A, B, listing(2.5, 2.9, 0)],
    [A, listing(0, 1, 1), listing(1.5, 1.9, 0)],
], ids=str)
def test_wrong_histories(requests):
    assert len(violations(requests, history("a", "b"))) == 1
