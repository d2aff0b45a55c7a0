"""The counts of the relay. Runs in one session after test_sdk_*.py, with MESSAGING_RELAY."""

import re

import relay
import vendor

#: Reasons to forward a request unchanged. The vendor's SDK can send requests that the types of the Swift SDK cannot express.
REASONS = {
    "no bearer token", "a member that must be there is absent or null",
    "a value of another type", "refused by the SDK itself",
}
#: Requests besides the operations that the relay calls.
OTHER = {"POST /oauth/token", "HEAD /api/v2/tokens/me"}
#: The operations on the caller.
CALLER = {"getUsersMe", "getOrganizationsMe", "getTokensMe", "deleteTokensMe"}


def camel(name):
    return re.sub(r"_(.)", lambda letter: letter.group(1).upper(), name)


def test_every_operation_used_its_typed_call_and_few_requests_did_not():
    counts = relay.counts()
    typed, plain = sum(counts["typed"].values()), sum(counts["plain"].values())
    print(f"through the Swift SDK: {typed} typed calls, {plain} requests forwarded as they are")
    for kind in ("typed", "plain", "other"):
        print(f"{kind}: {counts[kind]}")
    operations = {camel(name) for family in vendor.OPERATIONS.values() for name in family.values()}
    assert len(operations) == 34 and set(counts["typed"]) == operations | CALLER
    assert set(counts["plain"]) <= REASONS
    assert plain * 5 < typed
    assert set(counts["other"]) <= OTHER
