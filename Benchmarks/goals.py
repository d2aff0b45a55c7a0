"""The goals, and what was measured of them. One that cannot be judged in this run is left out."""

import statistics


def judge(rows, facts):
    """For each goal what it is, what was measured, and whether it is met."""
    return [each for each in judgements({row.name: row for row in rows}, facts) if each]


def at_least(what, measured, goal, by_processor=None):
    return judged(f"{what}, at least {goal}", measured, by_processor, "", lambda: measured >= goal)


def at_most(what, measured, goal, unit="", by_processor=None):
    return judged(f"{what}, at most {goal}{unit}", measured, by_processor, unit, lambda: measured <= goal)


def judged(what, measured, by_processor, unit, is_met):
    """`by_processor` is the same ratio of what the servers took of the processor, which others disturb less."""
    if measured is None:
        return None
    return what, f"{measured:.2f}{unit}" + (f" (by CPU {by_processor:.2f})" if by_processor else ""), is_met()


def judgements(rows, facts):
    def compared(what, goal, row, name, other):
        if row in rows:
            yield at_least(what, rows[row].ratio(name, other), goal, rows[row].ratio(other, name, "cpu_us"))

    yield from compared("GET one / bare NIO", 0.85, "GET one", "ours", "nio")
    yield from compared("GET one / FastAPI", 10, "GET one", "ours", "fastapi")
    yield from compared("GET one / nginx (an aim)", 0.70, "GET one", "ours", "nginx")
    yield from compared("list of 25 / nginx", 0.50, "list of 25", "ours", "nginx")
    if "conditional GET" in rows:  # No slower; rounds of the same server differ by a hundredth.
        yield at_least("GET / conditional GET, by CPU", rows["conditional GET"].ratio("ours, GET", "ours", "cpu_us"), 0.99)
    for method in ("POST", "PATCH"):
        name = f"{method}, 64 clients"
        if name in rows:
            yield at_least(f"{method} with 64 clients / (1/(1/store + 1/http))", share_of_parts(rows[name]), 0.85)
        yield from compared(f"{method} with 64 clients / FastAPI", 5, name, "ours", "fastapi")
    half = rows.get("GET one at half load")
    if half:
        spread = {name: half.median(name, "p99_us") / half.median(name, "p50_us") for name in ("ours", "nginx")}
        yield at_most("p99/p50 at half load / nginx's", spread["ours"] / spread["nginx"], 1.3)
    for count in (1, 64):
        row = f"SDK, GET one, {count} at a time"
        yield from compared(f"SDK / AsyncHTTPClient, {count} at a time", 0.8, row, "SDK", "AsyncHTTPClient")
    for what in ("objects in the organization", "organizations"):
        row = rows.get(f"GET, by {what}")
        if row:
            first, *_, last = row.cells
            yield at_most(f"GET with {first} / with {last}", row.ratio(first, last), 1.10, "",
                          row.ratio(last, first, "cpu_us"))
    for row in facts.get("micro", []):
        for way in row["ways"]:
            if row["name"].startswith(("parse", "decode")) and way["name"].startswith("JSONDecoder"):
                yield at_least(f"{row['name']}: Foundation's decoder / ours", way["ratio"], 1)
    first, memory = (facts["tables"].get(name, {}) for name in ("First answer, ms after exec", "Idle memory, MiB"))
    for name, milliseconds in first.items():
        if name.startswith("ours"):
            yield at_most(f"First answer: {name}", milliseconds, 100 if "empty" in name else 500, " ms")
    if memory:
        yield at_most("Idle memory / bare Hummingbird's", memory["ours, empty store"] / memory["bare Hummingbird"], 1.25)


def share_of_parts(row):
    """What the server does of what its store and its HTTP would do one after the other."""
    rounds = zip(*(row.rounds[name] for name in ("ours", "store", "storeless")))
    return statistics.median(ours["rps"] * (1 / store["rps"] + 1 / http["rps"]) for ours, store, http in rounds)
