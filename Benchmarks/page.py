"""Writes the tables of a full run into docs/performance.md, between its two marks."""

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


def write(rows, facts, judged, about):
    """`rows` are those of the run, `judged` its goals, `about` what it ran on."""
    tables = [*goals(judged), "", *cells(rows), ""]
    for name, values in facts["tables"].items():
        tables += [*lines([name, ""], ([what, f"{value:,.1f}"] for what, value in values.items())), ""]
    tables.append(f"Measured at commit {about['commit']} on {about['processor']}, {about['date']}; other processes had "
                  f"{facts.get('others', 0):.0%} of a core in the worst round.")
    marks = r"(<!-- results -->\n).*(\n<!-- end of results -->)"
    PAGE.write_text(re.sub(marks, lambda found: found[1] + "\n".join(tables) + found[2], PAGE.read_text(), flags=re.DOTALL))


def goals(judged):
    return lines(["goal", "measured, median", ""], judged)


def cells(rows):
    """Each row's servers, one below the other."""
    def told(row, name):
        milliseconds = [row.median(name, each) for each in ("p50_us", "p99_us")]
        microseconds = row.median(name, "cpu_us")
        return [name, f"{row.median(name):,.0f}",
                ", ".join(f"{each / 1000:.2f}" for each in milliseconds if each is not None),
                "" if microseconds is None else f"{microseconds:,.1f}",
                f"{row.ratio(next(iter(row.cells)), name):.2f}"]
    body = ([row.name if name == next(iter(row.cells)) else "", *told(row, name)] for row in rows for name in row.cells)
    return lines(["", "", "a second", "p50, p99 ms", "CPU us", "the first / this"], body)


def lines(head, body):
    """A table."""
    yield line(head)
    yield "|" + "---|" * len(head)
    yield from map(line, body)


def line(texts):
    return "|" + "".join(f" {text} |" if text else " |" for text in texts)
