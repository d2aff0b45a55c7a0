"""Measures the server beside others, and writes tables to Benchmarks/results: see README.md."""

import os
import shutil
import sys
import time

import report
from measuring import Effort
from rows import Operations
from servers import ROOT

WORK = ROOT / ".build/bench"


def main():
    begin = time.monotonic()
    effort = Effort.quickly() if os.environ.get("QUICK") else Effort.full()
    only = os.environ.get("ONLY", "")
    run = WORK / "run"
    shutil.rmtree(run, ignore_errors=True)
    run.mkdir(parents=True)
    rows = []
    operations = None

    def measure(row):
        if only in row.name:
            row.measure(effort)
            rows.append(row)
        return row

    try:
        operations = Operations(run, effort)
        first = None
        for row in operations.rows():
            measure(row)
            first = first or row
        if first.rounds:
            measure(operations.half_load(first))
        for row in operations.sdk_rows():
            measure(row)
    finally:
        if operations:
            operations.stop()
    report.write(rows, {"sizes": operations.sizes}, effort, time.monotonic() - begin)


if __name__ == "__main__":
    sys.exit(main())
