"""Gets a setting through the vendor's Python SDK, again and again; prints calls a second and processor microseconds of a call."""

import argparse
import json
import os
import time

import PureCloudPlatformClientV2 as sdk

arguments = argparse.ArgumentParser()
arguments.add_argument("--port", type=int, required=True)
arguments.add_argument("--id", required=True)
arguments.add_argument("--seconds", type=float, default=1)
arguments.add_argument("--concurrency", type=int, default=1, choices=[1])
given = arguments.parse_args()

sdk.configuration.host = f"http://127.0.0.1:{given.port}"
client = sdk.api_client.ApiClient()
client.access_token = os.environ["BENCH_TOKEN"]
api = sdk.ConversationsApi(client)


def calls(seconds):
    durations = []
    end = time.perf_counter() + seconds
    while (now := time.perf_counter()) < end:
        assert api.get_conversations_messaging_setting(given.id).id == given.id
        durations.append(time.perf_counter() - now)
    return sorted(durations)


calls(given.seconds / 10)
start, processor = time.perf_counter(), time.process_time()
durations = calls(given.seconds)
processor = time.process_time() - processor
print(json.dumps({
    "rps": len(durations) / (time.perf_counter() - start), "cpu_us": processor * 1e6 / len(durations),
    "p50_us": durations[len(durations) // 2] * 1e6, "p99_us": durations[len(durations) * 99 // 100] * 1e6}))
