"""Facts that Schemathesis cannot derive: the credentials of clients, and the ids of existing objects. Loaded by test_schema.py."""

import collections
import itertools
import json
import os

import schemathesis
from hypothesis import strategies

import conformance

CREDENTIALS = json.loads(os.environ.get("SCHEMA_CREDENTIALS", "null"))
SETTING_DEFAULTS = {"putMessagingSettingsDefault", "putConversationsMessagingSettingsDefault"}
# A valid DELETE of the object that is the default at that moment gets 400. No schema can state that an id is valid and
# protected, and the check counts only 409 as a conflict; the vendor's clients expect 400 (docs/compatibility.md, Defaults).
# The same holds for what an integration uses.
DEFAULT_STAYS = "It is the organization's default and cannot be deleted. Set another default first."
IN_USE = "It is used by "
# And for an integration that is changed in the moment after its creation.
NOT_COMPLETE = "Create integration has not completed"
# A schema cannot state which ids are those of profiles and settings either.
UNKNOWN = {f"There is no {what} with this id." for what in ("supported content profile", "messaging setting")}
# A schema cannot state that this is not empty in a patch, because a keyword beside a $ref makes client generators rename the schema.
NO_PROFILE = "supportedContent must name a profile"
REFERENCES = {"supportedContent": "supportedcontent", "messagingSetting": "settings"}
SIMULATIONS = "postPlatformSupportedcontentSimulations"
# JSON in a string, of which Schemathesis knows only that it is a string.
PROPOSALS = itertools.cycle(json.dumps(each) for each in (
    {}, {"allow": {}}, {"allow": {"inbound": [{"type": "image/*"}], "outbound": [], "unknown": [None]}},
    {"allow": {"outbound": [{"type": "*/*"}, {"type": "VIDEO/mp4", "unknown": 1}]}}))
OAUTH = {"postOauthToken", "postOauthRevoke"}
CALLS, CONDITIONS, LOOKS = itertools.count(), itertools.count(), itertools.count()
created = collections.defaultdict(list)
# What was deleted is gone from both families of paths, while the check for a created resource that cannot be found looks
# for its DELETE in the family of the POST only.
deleted = set()


def operation_id(case):
    return case.operation.definition.raw["operationId"]


def is_positive(case):
    return case.meta is not None and case.meta.generation.mode.is_positive


# A log is text, whatever it is called so that clients send it as it is.
schemathesis.openapi.format("binary", strategies.text())


@schemathesis.serializer("application/x-ndjson", "application/jsonl")
def lines(context, value):
    return value.encode() if isinstance(value, str) else json.dumps(value).encode()


@schemathesis.hook
def before_generate_case(context, strategy):
    """Makes the examples of operations without query and body differ: undeclared query items are ignored."""
    if context.operation.body or context.operation.query:
        return strategy

    def add(drawn):
        case, number = drawn
        case.query = {**(case.query or {}), "undeclared": number}
        return case

    return strategies.tuples(strategy, strategies.integers(0, 1 << 40)).map(add)


@schemathesis.hook
def before_call(context, case, kwargs):
    name = operation_id(case)
    if is_positive(case) and next(CONDITIONS) % 4:
        drop_conditions(case)
    if is_positive(case) and case.media_type == "application/json":
        case.body = without_null(case.body)
    if name in OAUTH:
        use_credentials(case)
    elif name in SETTING_DEFAULTS and is_positive(case) and created["settings"] and next(CALLS) % 2:
        case.body = {**case.body, "settingId": created["settings"][-1]}
    elif "/integrations/open" in case.path and is_positive(case) and isinstance(case.body, dict) and next(CALLS) % 2:
        refer_to_what_exists(case)
    elif name == SIMULATIONS and is_positive(case):
        use_a_log(case)
    elif name == "getPlatformChanges" and is_positive(case):
        ask_for_a_kind(case)
    elif name.endswith("Restorations") and is_positive(case) and next(CALLS) % 2:
        restore_what_exists(case)
    elif name.endswith("Usage") and is_positive(case) and next(CALLS) % 2:
        ask_of_what_exists(case)
    elif case.method == "DELETE" and case.path_parameters and in_fuzzing(case) and next(CALLS) % 2:
        delete_what_exists(case)


def without_null(value):
    """A body without U+0000, which is refused in unknown members too: these have no schema, and so no pattern."""
    match value:
        case str():
            return value.replace("\0", "")
        case list():
            return [without_null(each) for each in value]
        case dict():
            return {without_null(name): without_null(each) for name, each in value.items()}
    return value


def drop_conditions(case):
    """Three of four calls go without the fields that make an operation depend on what was there before: a tag that was made up
    is never that of an object."""
    for name in ("If-Match", "If-None-Match", "Idempotency-Key"):
        (case.headers or {}).pop(name, None)


def in_fuzzing(case):
    return is_positive(case) and case.meta.phase.name.value == "fuzzing"


def delete_what_exists(case):
    """Every second DELETE of an object finds one: test_schema.py keeps Schemathesis from drawing ids of its own here, since
    each answer shrinks what it can draw from and ends the examples early."""
    (name, _), = case.path_parameters.items()
    ids = created[case.path.split("/")[-2]]
    while ids and ids[0] in deleted:
        ids.pop(0)
    if ids:
        case.path_parameters = {name: ids.pop(0)}


def refer_to_what_exists(case):
    """Every second integration names objects that exist where it names some, and where it is silent."""
    for member, kind in REFERENCES.items():
        ids = [each for each in created[kind] if each not in deleted]
        if ids and (isinstance(case.body.get(member), dict) or member not in case.body):
            case.body = {**case.body, member: {"id": ids[-1]}}


def names_what_is_not_there(case, response):
    if case.method not in ("POST", "PATCH") or "/integrations/" not in case.path or response.status_code != 400:
        return False
    message = response.json()["message"]
    return message in UNKNOWN or message == NO_PROFILE and case.body["supportedContent"]["id"] == ""


def use_a_log(case):
    """Sends every second log to an existing profile, and gives CSV the header row that no schema of a text can require."""
    if "mediaTypes" in (case.query or {}):
        case.query = {**case.query, "mediaTypes": next(PROPOSALS)}
    if case.media_type == "text/csv":
        case.body = f"direction,mime\n{case.body}"
    present = [number for number in created["supportedcontent"] if number not in deleted]
    if present and next(CALLS) % 2:
        case.path_parameters = {"supportedContentId": present[-1]}


def ask_of_what_exists(case):
    """Sends every second request for the uses of an object with an existing id."""
    ids = [each for each in created[case.path.split("/")[3]] if each not in deleted]
    if ids:
        case.path_parameters = {name: ids[-1] for name in case.path_parameters}


def ask_for_a_kind(case):
    """Adds the kind to an id, and makes three of four calls ask for the present revision."""
    query = {**(case.query or {})}
    if query.get("id") and not query.get("kind"):
        query["kind"] = "settings"
    if next(LOOKS) % 4:
        query.pop("asOf", None)
    case.query = query


def restore_what_exists(case):
    """Every second restoration is of the first version of an object that is there."""
    kind = case.path.split("/")[3]
    ids = [each for each in created["open" if kind == "integrations" else kind] if each not in deleted]
    if ids:
        case.path_parameters = {"id": ids[-1]}
        case.body = {**case.body, "version": 1}


def use_credentials(case):
    """Valid forms get the client's id and secret where they have some, and HTTP Basic where they have neither."""
    (case.headers or {}).pop("Authorization", None)
    if not is_positive(case) or not isinstance(case.body, dict):
        return
    ways = {"client_id", "client_secret"}
    if ways <= set(case.body):
        case.body = {**case.body, "client_id": CREDENTIALS["id"], "client_secret": CREDENTIALS["secret"]}
    elif not ways & set(case.body):
        case.headers = {**(case.headers or {}),
                        "Authorization": conformance.basic(CREDENTIALS["id"], CREDENTIALS["secret"])}


@schemathesis.hook
def after_call(context, case, response):
    if case.method == "POST" and case.path.startswith("/api/") and response.status_code == 200:
        created[case.path.split("/")[-1]].append(response.json()["id"])
    if case.method == "DELETE" and case.path_parameters and response.status_code == 204:
        deleted.update(case.path_parameters.values())


def is_not_there(case, response):
    """Returns whether a missing revision or version was refused, which a schema cannot express."""
    named = {detail["fieldName"] for detail in response.json()["details"]}
    return (operation_id(case) == "getPlatformChanges" and named == {"asOf"}
            or operation_id(case).endswith("Restorations") and named == {"version"}
            and response.json()["code"] == "constraint.validation")


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Keeps every failure except those that the checks cannot judge, which are recognized by their exact cause."""
    kind = type(failure).__name__
    if kind == "RejectedPositiveData" and response.status_code == 400:
        message = response.json()["message"]
        return not (case.method == "DELETE" and message.startswith((DEFAULT_STAYS, IN_USE)) or message == NOT_COMPLETE
                    or names_what_is_not_there(case, response) or is_not_there(case, response))
    if kind == "EnsureResourceAvailability":
        return not (response.status_code == 404 and set(case.path_parameters.values()) <= deleted)
    if kind == "AcceptedNegativeData":
        # A body that is a text: whatever is sent in the place of one is a text too. Undeclared query items are ignored.
        reasons = failure.message.partition("Invalid component:")[2].strip().splitlines()
        return not (operation_id(case) == SIMULATIONS and not isinstance(case.body, str) and reasons
                    and all(" body" in f" {reason.strip(' -')}" or "additionalProperties" in reason for reason in reasons))
    return True
