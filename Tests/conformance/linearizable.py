"""Checks that the responses of several servers are those of one server that handles one request at a time.

The servers' own history has the order of all writes. Every response must fit the state after one of these writes, and these places must keep
the order of requests that did not overlap: who asks after a response sees at least what that response was based on.
"""

import bisect
import heapq
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Callable, Optional


@dataclass
class Request:
    """A request that was answered, and what its response says about the state of one key."""
    start: float
    end: float
    text: str
    key: Any
    #: Returns whether the response fits a state of the key; None as a state means that there is nothing.
    fits: Callable[[Any], bool] = lambda state: True
    #: The revision that the request made; None for a read or a refusal.
    revision: Optional[int] = None
    #: The revision that the response names, if it is one of a read; None for others.
    named: Optional[int] = None


@dataclass
class History:
    """The states of each key, by the revisions in which they began."""
    states: dict = field(default_factory=lambda: defaultdict(lambda: ([0], [None])))

    def write(self, revision, key, state):
        revisions, states = self.states[key]
        assert revision > revisions[-1], f"two changes of {key} in revision {revision}"
        revisions.append(revision)
        states.append(state)

    def first(self, request, floor):
        """The first revision from a floor on whose state the response fits; None without one."""
        revisions, states = self.states[request.key]
        for place in range(bisect.bisect_right(revisions, floor) - 1, len(revisions)):
            if request.fits(states[place]):
                return max(floor, revisions[place])
        return None


def violations(requests, history):
    """The reasons why the requests cannot have been handled one at a time; empty if they can.

    Each request gets the first place that fits, which leaves the most room for those after it.
    """
    found, open_, floor = [], [], 0
    for number, request in enumerate(sorted(requests, key=lambda request: request.start)):
        while open_ and open_[0][0] < request.start:
            floor = max(floor, heapq.heappop(open_)[2])
        if request.revision is None and request.named is not None:
            place = request.named
            if place < floor:
                found.append(f"{request.text} is from revision {place}, after revision {floor} had been seen")
        elif request.revision is None:
            place = history.first(request, floor)
            if place is None:
                found.append(f"{request.text} does not fit a state from revision {floor} on")
                continue
        else:
            place = request.revision
            if place <= floor:
                found.append(f"{request.text} made revision {place} after revision {floor} had been seen")
            revisions, states = history.states[request.key]
            if place not in revisions or not request.fits(states[revisions.index(place)]):
                found.append(f"{request.text} was acknowledged and is not in revision {place}")
        heapq.heappush(open_, (request.end, number, place))
    return found
