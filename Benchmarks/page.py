"""Writes the tables of a full run into docs/performance.md, between its two marks."""

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
SERVERS = {"ours": "ours", "nio": "bare SwiftNIO", "nginx": "nginx", "hummingbird": "Hummingbird", "fastapi": "FastAPI, SQLite"}
GROWTH = ", by "


def write(rows, judged, about, others):
    """`rows` are those of the run, `judged` its goals, `about` what it ran on, `others` what other processes had of a core."""
    tables = [*requests(rows), "", *growth(rows), "", *goals(judged), "",
              f"Measured at commit {about['commit']} on {about['processor']}, {about['date']}; other processes had {others:.0%} of a "
              "core meanwhile."]
    marks = r"(<!-- results -->\n).*(\n<!-- end of results -->)"
    PAGE.write_text(re.sub(marks, lambda found: found[1] + "\n".join(tables) + found[2], PAGE.read_text(), flags=re.DOTALL))


def requests(rows):
    yield "Requests a second; one core for the server, one for the client, 64 connections unless said otherwise; medians of the rounds."
    yield ""
    yield line("", *SERVERS.values(), "ours: CPU us", "ours: p50, p99 ms")
    yield ruler(len(SERVERS) + 3)
    for row in rows:
        if "fastapi" not in row.cells and "nginx" not in row.cells or "half load" in row.name:
            continue
        rates = [f"{row.median(name, 'rps'):,.0f}" if name in row.cells else "" for name in SERVERS]
        p50, p99 = (row.median("ours", name) / 1000 for name in ("p50_us", "p99_us"))
        yield line(row.name, *rates, f"{row.median('ours', 'cpu_us'):.1f}", f"{p50:.2f}, {p99:.2f}")


def growth(rows):
    yield line("growth, requests a second", "few", "more", "most")
    yield ruler(4)
    for row in rows:
        if GROWTH in row.name:
            yield line(f"{row.name}: {', '.join(row.cells)}", *(f"{row.median(cell, 'rps'):,.0f}" for cell in row.cells))


def goals(judged):
    yield line("goal", "measured", "")
    yield ruler(3)
    for what, measured, met in judged:
        yield line(what, measured, "met" if met else "**not met**")


def line(*cells):
    return f"| {' | '.join(cells)} |"


def ruler(count):
    return "|" + "---|" * count
