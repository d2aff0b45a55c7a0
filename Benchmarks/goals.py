"""The goals, and what was measured of them. One that cannot be judged in this run is left out."""

import statistics


def judge(rows, facts):
    """For each goal what it is, what was measured, and whether it is met."""
    return [each for each in judgements({row.name: row for row in rows}, facts) if each]


def at_least(what, measured, goal, rounds=(), unit="", note=""):
    return judged(f"{what}, at least {goal}{unit}", measured, rounds, unit, note, lambda value: value >= goal)


def at_most(what, measured, goal, rounds=(), unit="", note=""):
    return judged(f"{what}, at most {goal}{unit}", measured, rounds, unit, note, lambda value: value <= goal)


def judged(what, measured, rounds, unit, note, is_met):
    """`measured` decides; where single rounds say otherwise, the goal is at its edge."""
    if measured is None:
        return None
    verdict = "met" if is_met(measured) else "not met"
    if len({is_met(value) for value in rounds}) > 1:
        verdict += ", at its edge"
    spread = f"; rounds {min(rounds):.2f} to {max(rounds):.2f}" if rounds else ""
    return what, f"{measured:.2f}{unit}{spread}{note}", verdict


def judgements(rows, facts):
    def compared(what, goal, row, name, other, by="rps"):
        if row in rows:
            pair = (name, other) if by == "rps" else (other, name)
            by_processor = rows[row].ratio(other, name, "cpu_us") if by == "rps" else None
            note = f"; by CPU {by_processor:.2f}" if by_processor else ""
            yield at_least(what, rows[row].ratio(*pair, by), goal, rows[row].ratios(*pair, by), note=note)

    yield from compared("GET one / bare NIO", 0.85, "GET one", "ours", "nio")
    yield from compared("GET one / FastAPI", 10, "GET one", "ours", "fastapi")
    yield from compared("GET one / nginx (an aim)", 0.70, "GET one", "ours", "nginx")
    yield from compared("list of 25 / nginx", 0.50, "list of 25", "ours", "nginx")
    yield from compared("conditional GET / GET, by CPU", 1, "conditional GET", "ours", "ours, GET", "cpu_us")
    for method in ("POST", "PATCH"):
        name = f"{method}, 64 clients"
        if name in rows:
            shares = shares_of_parts(rows[name])
            yield at_least(f"{method} with 64 clients / (1/(1/store + 1/http))", statistics.median(shares), 0.85, shares)
        yield from compared(f"{method} with 64 clients / FastAPI", 5, name, "ours", "fastapi")
    yield from compared("token issue / FastAPI", 5, "token issue", "ours", "fastapi")
    yield from of_shared_database(rows)
    half = rows.get("GET one at half load")
    if half:
        spread = {name: half.median(name, "p99_us") / half.median(name, "p50_us") for name in half.cells}
        yield at_most("p99/p50 at half load / nginx's", spread["ours"] / spread["nginx"], 1.3,
                      note=f"; of bare NIO's {spread['ours'] / spread['nio']:.2f}; medians of {len(half.rounds['ours'])} rounds")
    for count in (1, 64):
        row = f"SDK, GET one, {count} at a time"
        yield from compared(f"SDK / AsyncHTTPClient, {count} at a time", 0.8, row, "SDK", "AsyncHTTPClient")
    for row in ("GET, by objects in the organization", "GET, by organizations", "GET in 1,000 of them, by organizations"):
        if row in rows:
            few, *more = rows[row].cells
            slowest = max(more, key=lambda cell: rows[row].ratio(few, cell))
            by_processor = rows[row].ratio(slowest, few, "cpu_us")
            yield at_most(f"{row}: {few} / {slowest}", rows[row].ratio(few, slowest), 1.10, rows[row].ratios(few, slowest),
                          note=f"; by CPU {by_processor:.2f}")
    for row in facts.get("micro", []):
        for way in row["ways"]:
            if row["name"].startswith(("parse", "decode")) and way["name"].startswith("JSONDecoder"):
                yield at_least(f"{row['name']}: Foundation's decoder / ours", way["ratio"], 1)
    first, memory = (facts["tables"].get(name, {}) for name in ("First answer, ms after exec", "Idle memory, MiB"))
    for name, milliseconds in first.items():
        if name.startswith("ours"):
            yield at_most(f"First answer: {name}", milliseconds, 100 if "empty" in name else 500, unit=" ms")
    if memory:
        yield at_most("Idle memory / bare Hummingbird's", memory["ours, empty store"] / memory["bare Hummingbird"], 1.25)


def of_shared_database(rows):
    """The goals of the rows in shared_database.py."""
    row = rows.get("GET one, PostgreSQL")
    if row:
        whole = statistics.median(embedded["cpu_us"] / (shared["cpu_us"] + shared["database_us"])
                                  for embedded, shared in zip(row.rounds["embedded"], row.rounds["PostgreSQL"]))
        pair = ("embedded", "PostgreSQL", "cpu_us")
        yield at_least("GET one, PostgreSQL / embedded, by CPU of the server", row.ratio(*pair), 0.6, row.ratios(*pair),
                       note=f"; with the database's {whole:.2f}")
    row = rows.get("GET one, three servers on one PostgreSQL")
    if row:
        triple = ("three servers", "one server", "cpu_us")
        yield at_most("GET one, three servers / one, by CPU with the database's", row.ratio(*triple), 1.35, row.ratios(*triple))
    row = rows.get("cold organization of 1,000 objects, PostgreSQL")
    if row:
        for name, rounds in row.rounds.items():
            times = [each["p50_us"] / 1000 for each in rounds]
            yield at_most(f"First GET of 1,000 objects, PostgreSQL, {name}", statistics.median(times), 20, times, " ms")
    for method in ("POST", "PATCH"):
        row = rows.get(f"{method}, 64 clients, PostgreSQL")
        if row:
            shares = shares_of_parts(row, "db")
            alike = statistics.median(shares_of_parts(row, "db, commits as of ours"))
            yield at_least(f"{method} with 64 clients, PostgreSQL / (1/(1/db + 1/http))", statistics.median(shares), 0.8, shares,
                           note=f"; {alike:.2f} of a db with commits of {row.median('ours', 'writes'):.0f} writes, as of ours")


def shares_of_parts(row, store="store"):
    """What the server does, in each round, of what its store and its HTTP would do one after the other."""
    rounds = zip(*(row.rounds[name] for name in ("ours", store, "storeless")))
    return [ours["rps"] * (1 / store["rps"] + 1 / http["rps"]) for ours, store, http in rounds]
