"""Measures the server beside others, and writes tables to Benchmarks/results: see README.md.

QUICK=1 in the environment takes a fifth of the time, ONLY=POST measures the rows with POST in their name."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import report
import starts
from growth import Growth
from measuring import Effort
from rows import HALF_LOAD, Operations
from servers import BENCH, CLIENT_CORE, ROOT
from shared_cores import ON_TWO_CORES, SharedCores
from shared_database import SharedDatabase

RUN = ROOT / ".build/bench/run"


def main():
    begin = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended before it was done"))
    os.sched_setaffinity(0, {int(CLIENT_CORE)})
    effort = Effort.quickly() if os.environ.get("QUICK", "0") not in ("", "0") else Effort.full()
    only = os.environ.get("ONLY", "")
    shutil.rmtree(RUN, ignore_errors=True)
    RUN.mkdir(parents=True)
    rows, facts = [], {"tables": {}}

    def measure(row):
        if only in row.name or (row.name == "GET one" and only in HALF_LOAD):
            row.measure(effort)
            rows.append(row)

    def measure_all(started, rows):
        """Measures rows of servers, which are stopped afterwards."""
        try:
            for row in rows:
                measure(row)
        finally:
            started.stop()

    operations = Operations(RUN, effort)
    try:
        facts["sizes"] = operations.sizes
        for row in operations.rows():
            measure(row)
            if row.name == "GET one" and row.rounds:
                measure(operations.half_load(row))
        for row in operations.sdk_rows():
            measure(row)
        loaded = {server.name: server.resident_kilobytes() / 1024 for server in operations.started}
    finally:
        operations.stop()
    if not only or ON_TWO_CORES in only:
        shared = SharedCores(RUN / "shared")
        measure_all(shared, shared.rows(effort))
    if any(only in name for name in SharedDatabase.NAMES):
        shared = SharedDatabase(RUN / "database", effort)
        measure_all(shared, shared.rows())
    if not only or "by objects" in only or "by organizations" in only:
        growth = Growth(RUN / "growth", effort)
        measure_all(growth, growth.rows())
    if not only:
        first, idle = starts.measure(RUN / "starts", effort, operations.file, operations.ours.read[0])
        facts["tables"] = {"First answer, ms after exec": first, "Idle memory, MiB": idle,
                           "Memory after all of the rows, MiB": loaded}
        facts["micro"] = json.loads(subprocess.run([BENCH, "micro", "--json"], check=True, capture_output=True).stdout)
    report.write(rows, facts, effort, time.monotonic() - begin, bool(only))


if __name__ == "__main__":
    main()
