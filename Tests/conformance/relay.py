"""The relay that makes the requests of the vendor's SDK through the Swift SDK (Tests/SDKRelay), if MESSAGING_RELAY names it."""

import functools
import json
import os
import re
import subprocess
import urllib.request

import conformance

VARIABLE = "MESSAGING_RELAY"


def url(server):
    """Where the SDK calls: the server itself, or the relay, which finds the server by its port."""
    return f"{running()}/{server.port}" if os.environ.get(VARIABLE) else server.url


@functools.cache
def running():
    """The address of the relay, which runs until the session ends."""
    process = subprocess.Popen([conformance.binary(VARIABLE)], env=conformance.environment(), text=True,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    conformance.STARTED.append(process)
    line = process.stdout.readline()
    found = re.fullmatch(r"Listening on (http://127\.0\.0\.1:\d+)\n", line)
    assert found, f"the relay said {line!r}"
    return found.group(1)


def counts():
    """How many requests were made by each typed call, were forwarded for each reason, and were none of the SDK's."""
    with urllib.request.urlopen(f"{running()}/counts", timeout=conformance.PATIENCE) as answer:
        return json.load(answer)
