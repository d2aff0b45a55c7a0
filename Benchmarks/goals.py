"""The goals, and what was measured of them. One that cannot be judged in this run is left out."""

import statistics


def judge(rows, facts):
    """For each goal what it is, what was measured, and whether it is met."""
    return [each for each in judgements({row.name: row for row in rows}, facts) if each]


def at_least(what, measured, goal):
    return None if measured is None else (f"{what}, at least {goal}", f"{measured:.2f}", measured >= goal)


def at_most(what, measured, goal, unit=""):
    return None if measured is None else (f"{what}, at most {goal}{unit}", f"{measured:.2f}{unit}", measured <= goal)


def judgements(rows, facts):
    def ratio(row, name, other, what="rps"):
        return rows[row].ratio(name, other, what) if row in rows else None

    yield at_least("GET one / bare NIO", ratio("GET one", "ours", "nio"), 0.85)
    yield at_least("GET one / FastAPI", ratio("GET one", "ours", "fastapi"), 10)
    yield at_least("GET one / nginx (an aim)", ratio("GET one", "ours", "nginx"), 0.70)
    yield at_least("list of 25 / nginx", ratio("list of 25", "ours", "nginx"), 0.50)
    yield at_least("conditional GET / GET", ratio("conditional GET", "ours", "ours, GET"), 1)
    for method in ("POST", "PATCH"):
        row = rows.get(f"{method}, 64 clients")
        if row:
            yield at_least(f"{method} with 64 clients / (1/(1/store + 1/http))", share_of_parts(row), 0.85)
            yield at_least(f"{method} with 64 clients / FastAPI", row.ratio("ours", "fastapi"), 5)
    half = rows.get("GET one at half load")
    if half:
        spread = {name: half.median(name, "p99_us") / half.median(name, "p50_us") for name in ("ours", "nginx")}
        yield at_most("p99/p50 at half load / nginx's", spread["ours"] / spread["nginx"], 1.3)
    yield at_least("SDK / AsyncHTTPClient, 64 at a time", ratio("SDK, GET one, 64 at a time", "SDK", "AsyncHTTPClient"), 0.8)
    yield at_least("SDK / AsyncHTTPClient, 1 at a time", ratio("SDK, GET one, 1 at a time", "SDK", "AsyncHTTPClient"), 0.8)
    for what in ("objects in the organization", "organizations"):
        row = rows.get(f"GET, by {what}")
        if row:
            first, *_, last = row.cells
            yield at_most(f"GET with {first} / with {last}", row.ratio(first, last), 1.10)
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
