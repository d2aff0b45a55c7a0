"""Compares an older build with the present one under load: each operation by 64 clients, before and after.

    python3 Benchmarks/before_after.py FOLDER [ROUNDS]

FOLDER has the messaging-server and the messaging-bench of the older build; those of the present one must be built. ROUNDS is the number of
rounds, 5 if it is absent. ONLY=POST in the environment measures the rows with POST in their name. The server has one core and the client
the other. In a round, the two builds are measured one after the other, and the one that begins changes from round to round. A row has the
medians of the requests per second and of the microseconds of processor time for a request. Its ratios are those of each round, after to
before: the median, the least and the greatest.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

import load
import servers
from load import Target
from measuring import undisturbed
from rows import CHANGES, Tenants, changed, issue, known
from servers import BENCH, CLIENT_CORE, SERVER

CLIENTS, SECONDS, WARM_UP = 64, 1.3, 0.15


class Build(servers.Started):
    """The servers of one build, and its targets by row. The operations that lengthen a list come last."""

    def begin(self, folder, server, bench):
        self.ours = Tenants(self.start(servers.ours(folder / "ours", program=server)))
        self.storeless = Tenants(self.start(servers.storeless(folder / "storeless", bench)))
        changed(self.ours.server, self.ours.reader, self.ours.written)

    def targets(self):
        ours, storeless, server = self.ours, self.storeless, self.ours.server
        return {
            "GET one": ours.get(), "conditional GET": ours.get(headers=known(ours.get())), "list of 25": ours.get("?pageSize=25"),
            "page of 25 changes": Target(server, [(CHANGES, ours.reader)]),
            "token issue": issue(server),
            "PATCH": ours.patch(), "PATCH without a store": storeless.patch(),
            "POST": ours.post(), "POST without a store": storeless.post(),
        }


def measured(target):
    return undisturbed(lambda: load.wrk(target, CLIENTS, SECONDS, WARM_UP))


def compare(before, after, rounds):
    """The measured values of each build, in pairs."""
    sides, pairs = (before, after), []
    for number in range(rounds):
        values = {side: measured(sides[side]) for side in ((1, 0) if number % 2 else (0, 1))}
        pairs.append((values[0], values[1]))
    return pairs


def shown(pairs, what, digits):
    ratios = [after[what] / before[what] for before, after in pairs]
    medians = [f"{statistics.median(each[what] for each in side):>10,.{digits}f}" for side in zip(*pairs)]
    return "".join(medians) + f"{statistics.median(ratios):>7.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def main():
    words, only = sys.argv[1:], os.environ.get("ONLY", "")
    if not 1 <= len(words) <= 2:
        sys.exit(__doc__)
    old, rounds = Path(words[0]).resolve(), int(words[1]) if len(words) > 1 else 5
    os.sched_setaffinity(0, {int(CLIENT_CORE)})
    builds = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            for name, programs in {"before": (old / SERVER.name, old / BENCH.name), "after": (SERVER, BENCH)}.items():
                builds.append(Build())
                builds[-1].begin(Path(folder) / name, *programs)
            print(f"{'':22}{'before':>10}{'after':>10}  ratio, a second{'before':>17}{'after':>10}  ratio, CPU us")
            before, after = (build.targets() for build in builds)
            for name in before:
                if only in name:
                    pairs = compare(before[name], after[name], rounds)
                    print(f"{name:22}{shown(pairs, 'rps', 0)}   {shown(pairs, 'cpu_us', 1)}", flush=True)
        finally:
            for build in builds:
                build.stop()


if __name__ == "__main__":
    main()
