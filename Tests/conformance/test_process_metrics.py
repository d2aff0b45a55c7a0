"""GET /metrics of the running server, read by Prometheus' own parser; and its log beside it."""

import json
import math
import time

from prometheus_client.parser import text_string_to_metric_families

import conformance
from conformance import Caller


def families(server):
    answer = Caller(server).get("/metrics")
    assert answer.status == 200 and answer.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8"
    found = list(text_string_to_metric_families(answer.body.decode()))
    assert len({family.name for family in found}) == len(found)
    return {family.name: family for family in found}


def value(found, family, **labels):
    return sum(sample.value for sample in found[family].samples
               if not sample.name.endswith(("_bucket", "_sum")) and labels.items() <= sample.labels.items())


def test_prometheus_reads_the_metrics(fresh_server):
    caller = Caller(fresh_server, conformance.token(fresh_server))
    for number in range(5):
        assert caller.post("/api/v2/messaging/settings", {"name": f"{number}"}).status == 200
    caller.get("/api/v2/messaging/settings/none")
    conformance.raw_exchange(fresh_server, b"nonsense\r\n\r\n")
    found = families(fresh_server)
    for family in found.values():
        assert family.documentation and family.type in ("counter", "gauge", "histogram"), family
        if family.type == "histogram":
            check_histogram(family)
    assert value(found, "messaging_requests", operation="postMessagingSettings", status="200") == 5
    assert value(found, "messaging_requests", operation="getMessagingSetting", status="404") == 1
    assert value(found, "messaging_request_duration_seconds", operation="postMessagingSettings") == 5
    assert value(found, "messaging_refusals", status="400") == 1
    assert value(found, "messaging_commits", outcome="committed") >= 5
    assert value(found, "messaging_tokens_issued") == 1
    assert value(found, "messaging_build_info") == 1
    assert abs(value(found, "process_start_time_seconds") - time.time()) < 600
    assert 5 << 20 < value(found, "process_resident_memory_bytes") < 2 << 30
    again = families(fresh_server)
    assert value(again, "messaging_requests", operation="getMetrics") == value(
        found, "messaging_requests", operation="getMetrics") + 1


def check_histogram(family):
    series = {}
    for sample in family.samples:
        labels = tuple(sorted((key, text) for key, text in sample.labels.items() if key != "le"))
        series.setdefault(labels, {"buckets": []})
        if sample.name.endswith("_bucket"):
            series[labels]["buckets"].append((float(sample.labels["le"]), sample.value))
        else:
            series[labels][sample.name.rsplit("_", 1)[1]] = sample.value
    for each in series.values():
        bounds, counts = zip(*each["buckets"])
        assert list(bounds) == sorted(set(bounds)) and bounds[-1] == math.inf
        assert list(counts) == sorted(counts) and counts[-1] == each["count"] and each["sum"] >= 0


def test_the_log_of_the_running_server_is_json_lines_with_every_request(tmp_path):
    with conformance.serving(tmp_path / "messaging.sqlite") as server:
        token = conformance.token(server)
        caller = Caller(server, token)
        answers = [caller.get("/api/v2/messaging/settings/hidden-id?hidden=1") for _ in range(50)]
    lines = [json.loads(line) for line in server.errors().splitlines()]
    assert all({"time", "level", "message"} <= set(line) for line in lines)
    requests = {line["context_id"]: line for line in lines if line["message"] == "request"}
    for answer in answers:
        line = requests[answer.header("ININ-Correlation-Id")]
        assert (line["status"], line["operation"], line["address"]) == (404, "getMessagingSetting", "127.0.0.1")
        assert line["duration_ms"] >= 0 and line["client"] == conformance.CLIENT_ID
    assert "hidden" not in server.errors() and token not in server.errors()


def test_warnings_only_leaves_the_log_empty(tmp_path):
    with conformance.serving(tmp_path / "messaging.sqlite",
                             conformance.bootstrap({"MESSAGING_LOG_LEVEL": "warning"})) as server:
        assert Caller(server, conformance.token(server)).get("/api/v2/users/me").status == 200
    assert server.errors() == ""


def test_behind_a_trusted_proxy_the_log_has_the_clients_address(tmp_path):
    extra = conformance.bootstrap({"MESSAGING_TRUSTED_PROXIES": "127.0.0.0/8"})
    with conformance.serving(tmp_path / "messaging.sqlite", extra) as server:
        Caller(server).call("GET", "/health/live", headers={"X-Forwarded-For": "198.51.100.9, 203.0.113.7, 127.0.0.5"})
    [line] = [json.loads(line) for line in server.errors().splitlines() if '"request"' in line]
    assert line["address"] == "203.0.113.7"
