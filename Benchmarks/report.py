"""The tables: text to read, JSON to compare."""

import json
import os
import platform
import subprocess
import time
from pathlib import Path

import goals
import page
from measuring import DISTURBING
from servers import ROOT

RESULTS = ROOT / "Benchmarks/results"


def output(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
        return (done.stdout + done.stderr).strip().splitlines()[0]
    except (OSError, IndexError):
        return "unknown"


def machine():
    processor = [line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                 if line.startswith("model name")]
    changed = "" if output("git", "status", "--porcelain", "-uno") == "unknown" else ", changed"
    return {
        "processor": f"{processor[0] if processor else 'unknown'}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release()}",
        "date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        "commit": output("git", "rev-parse", "--short", "HEAD") + changed,
        "swift": output(os.environ.get("SWIFT", "swift"), "--version"),
        "nginx": output("/usr/sbin/nginx", "-v").rpartition("/")[2],
        "postgresql": output("psql", "--version").rpartition("PostgreSQL) ")[2],
        "wrk": output("wrk", "-v").split(" [")[0],
        "peers": ", ".join((ROOT / "Benchmarks/peers/requirements.txt").read_text().split()),
    }


def number(value, digits=0):
    return "-" if value is None else f"{value:,.{digits}f}"


def milliseconds(value):
    return "-" if value is None else f"{value / 1000:.2f}"


def table(rows):
    yield f"{'':34}{'a second':>12}{'p50 ms':>9}{'p99 ms':>9}{'CPU µs':>9}{'core':>6}{'first/this':>12}"
    for row in rows:
        yield ""
        yield row.name
        for name in row.cells:
            busy = row.median(name, "busy")
            yield (f"    {name:30}{number(row.median(name)):>12}{milliseconds(row.median(name, 'p50_us')):>9}"
                   f"{milliseconds(row.median(name, 'p99_us')):>9}{number(row.median(name, 'cpu_us'), 1):>9}"
                   f"{'-' if busy is None else f'{busy:.0%}':>6}{number(row.ratio(next(iter(row.cells)), name), 2):>12}")


def micro(rows):
    for row in rows:
        yield f"    {row['name']}"
        for way in row["ways"]:
            yield f"        {way['name']:40}{number(way['ns']):>10}{number(way['ratio'], 1):>8}"


def write(rows, facts, effort, seconds, is_part):
    """Prints the tables, and writes them: those of a quick run or of some rows only apart."""
    about = machine()
    judged = goals.judge(rows, facts)
    lines = [f"{name:10} {value}" for name, value in about.items()]
    lines += ["", f"{effort.rounds} rounds of {effort.seconds} s, in alternation; server on one core, client on another; "
              f"medians, and medians of the rounds' ratios.", f"Bytes of an answer: {facts['sizes']}. Took {seconds:.0f} s.", ""]
    disturbance = [each["others"] for row in rows for rounds in row.rounds.values() for each in rounds if "others" in each]
    if disturbance:
        facts["others"] = max(disturbance)
        lines += [f"Other processes had {facts['others']:.0%} of a core in the worst round"
                  + (": THIS RUN WAS DISTURBED." if facts["others"] > DISTURBING else "."), ""]
    lines += [*table(rows), ""]
    for name, values in facts["tables"].items():
        lines += [name, *(f"    {what:42}{value:10,.1f}" for what, value in values.items()), ""]
    if "micro" in facts:
        lines += ["In one process, nanoseconds of a call; how many times as long as the first way", *micro(facts["micro"]), ""]
    lines += ["Goals", *(f"    {verdict:24}{what}: {measured}" for what, measured, verdict in judged)]
    text = "\n".join(lines) + "\n"
    print("\n" + text)
    RESULTS.mkdir(exist_ok=True)
    name = "quick" if effort.quick or is_part else "latest"
    if name == "latest":
        page.write(rows, facts, judged, about)
    (RESULTS / f"{name}.txt").write_text(text)
    document = {
        "about": about, "facts": facts, "seconds": round(seconds),
        "rows": [{"name": row.name, "cells": {
            cell: {"rounds": row.rounds[cell], "median": {what: row.median(cell, what) for what in row.rounds[cell][0]},
                   "first/this": row.ratio(next(iter(row.cells)), cell)} for cell in row.cells}} for row in rows],
        "goals": [{"goal": what, "measured": measured, "verdict": verdict} for what, measured, verdict in judged],
    }
    (RESULTS / f"{name}.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
