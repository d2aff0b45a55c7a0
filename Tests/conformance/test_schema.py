"""Schemathesis against the real server: requests follow openapi.json or break it, and responses must follow it."""

import collections
import json
import subprocess
import sys
import urllib.parse
from pathlib import Path

import pytest

import conformance

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = 100
SEED = "20260301"
# The statuses that a valid request may get for another reason than its form: token, permission, missing object, If-Match, the length of
# its target, Idempotency-Key.
REFUSED = ["401", "403", "404", "412", "414", "422"]


def login(tenant):
    """Gets a token for Schemathesis, and another one after an operation has revoked it."""
    form = {"grant_type": "client_credentials",
            "client_id": tenant.client["id"], "client_secret": tenant.client["secret"]}
    return {"name": tenant.organization["name"], "loginEndpointAuth": {
        "verb": "POST", "endpoint": "/oauth/token", "contentType": "application/x-www-form-urlencoded",
        "payloadRaw": urllib.parse.urlencode(form),
        "token": {"extractFrom": "body", "extractSelector": "/access_token", "sendIn": "header",
                  "sendName": "Authorization", "sendTemplate": "Bearer {token}"}}}


class Run:
    """One run with every check and every phase; two organizations must not see each other's objects."""

    def __init__(self, server, folder, document, *options):
        folder = folder / "schemathesis"
        folder.mkdir()
        tenants = [conformance.Tenant(server, name) for name in ("Owner", "Stranger")]
        (folder / "document.json").write_text(json.dumps(document))
        (folder / "users.json").write_text(json.dumps({"auth": [login(tenant) for tenant in tenants]}))
        (folder / "schemathesis.toml").write_text(
            f"[checks.positive_data_acceptance]\nexpected-statuses = {['2xx', '3xx', *REFUSED, '409', '429']}\n"
            # 413: an array of too many elements may be too large a body, too.
            f"[checks.negative_data_rejection]\nexpected-statuses = {['400', *REFUSED, '405', '406', '409', '413', '415']}\n"
            f'[auth.wfc]\npath = "{folder / "users.json"}"\nuser = "Owner"\npeers = ["Owner", "Stranger"]\n'
            '[[operations]]\ninclude-method = "DELETE"\n'
            'phases.fuzzing.extra-data-sources.responses = false  # schema_hooks.py has the ids\n')
        self.done = subprocess.run(
            [Path(sys.executable).parent / "schemathesis", "--config-file", folder / "schemathesis.toml",
             "run", folder / "document.json", "--url", server.url, "--checks", "all", "--continue-on-failure",
             "--seed", SEED, "--report", "json,ndjson", "--report-json-path", folder / "report.json",
             "--report-ndjson-path", folder / "report.ndjson", *options],
            cwd=folder, capture_output=True, text=True, timeout=1800, stdin=subprocess.DEVNULL,
            env=conformance.environment({
                "SCHEMATHESIS_HOOKS": "schema_hooks", "PYTHONPATH": str(Path(__file__).parent),
                "SCHEMA_CREDENTIALS": json.dumps(tenants[0].client)}))
        self.output = self.done.stdout[-20_000:] + self.done.stderr[-4_000:]
        self.report = json.loads((folder / "report.json").read_text())
        self.sent = collections.defaultdict(collections.Counter)
        for line in (folder / "report.ndjson").read_text().splitlines():
            self._count(json.loads(line).get("ScenarioFinished", {}).get("recorder") or {})

    def _count(self, recorder):
        for number, case in recorder.get("cases", {}).items():
            answer = (recorder["interactions"].get(number) or {}).get("response")
            label = f"{case['value']['method']} {case['value']['path']}"
            self.sent[label][answer["status_code"] if answer else None] += 1


def committed():
    return json.loads((ROOT / "openapi.json").read_text())


def labels(document):
    return {f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item}


def test_the_server_follows_the_document(fresh_server, tmp_path):
    document = committed()
    run = Run(fresh_server, tmp_path, document, "--max-examples", str(EXAMPLES))
    assert run.done.returncode == 0, run.output
    assert run.report["errors"] == [] and run.report["failures"] == []
    assert run.report["operations"]["tested"] == len(labels(document)), run.report["operations"]
    few = {label: dict(run.sent[label]) for label in labels(document) if run.sent[label].total() < EXAMPLES}
    assert few == {}, "operations with too few examples"
    unmet = {label: dict(run.sent[label]) for label in labels(document)
             if not any(status in run.sent[label] for status in (200, 204))}
    assert unmet == {}, "operations that never succeeded"
    assert None not in {status for answers in run.sent.values() for status in answers}, "requests without an answer"
    print(f"{sum(answers.total() for answers in run.sent.values())} examples, least "
          f"{min(run.sent[label].total() for label in labels(document))}, {run.report['running_time']:.0f} s")


@pytest.mark.parametrize("status, option", [("404", "getConversationsMessagingSetting"),
                                            ("200", "postConversationsMessagingSettings"),
                                            ("400", "patchConversationsMessagingSupportedcontentSupportedContentId")])
def test_an_undocumented_status_is_found(fresh_server, tmp_path, status, option):
    document = committed()
    operation, = [each for item in document["paths"].values() for each in item.values()
                  if each["operationId"] == option]
    del operation["responses"][status]
    run = Run(fresh_server, tmp_path, document, "--max-examples", "20", "--include-operation-id", option)
    assert run.done.returncode == 1, run.output
    assert "UndefinedStatusCode" in {failure["type"] for failure in run.report["failures"]}, run.output
    assert f"Received: {status}" in run.done.stdout
