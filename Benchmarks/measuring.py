"""How rows are measured: all cells of a row in alternation, several rounds."""

import json
import statistics
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import load
from servers import environment, on_core


#: More of a core than this in other hands is a disturbance.
DISTURBING = 0.10


@dataclass
class Effort:
    """How long and how often. `objects` and `organizations` are the sizes of the databases of the rows about growth."""
    quick: bool
    rounds: int
    seconds: float
    warm_up: float
    starts: int
    objects: list
    organizations: list

    @staticmethod
    def full():
        return Effort(False, 5, 1.3, 0.15, 7, [10, 1_000, 100_000], [1, 1_000, 100_000])

    @staticmethod
    def quickly():
        return Effort(True, 3, 0.4, 0.05, 3, [10, 1_000], [1, 1_000])


@dataclass
class Row:
    """`cells` are what is compared: a name, and a function that measures once. Ratios are of the first to each other."""
    name: str
    cells: dict
    rounds: dict = field(default_factory=dict)

    #: How many rounds it has for each one of the others.
    times: int = 1

    def measure(self, effort):
        start = time.monotonic()
        self.rounds = {name: [] for name in self.cells}
        for _ in range(effort.rounds * self.times):
            for name, cell in self.cells.items():
                self.rounds[name].append(undisturbed(cell))
        summary = ", ".join(f"{name} {self.median(name):,.0f}" for name in self.rounds)
        print(f"{self.name}: {summary}  ({time.monotonic() - start:.0f} s)", flush=True)

    def median(self, name, what="rps"):
        values = [each[what] for each in self.rounds.get(name, []) if what in each]
        return statistics.median(values) if values else None

    def ratios(self, name, other, what="rps"):
        """The ratio of each round."""
        pairs = zip(self.rounds.get(name, []), self.rounds.get(other, []))
        return [one[what] / two[what] for one, two in pairs if one.get(what) and two.get(what)]

    def ratio(self, name, other, what="rps"):
        """The median of the ratios of each round."""
        ratios = self.ratios(name, other, what)
        return statistics.median(ratios) if ratios else None


def undisturbed(cell):
    """What a cell measures; up to twice more when other processes had more than a tenth of a core meanwhile."""
    tries = []
    while len(tries) < 3:
        tries.append(cell())
        if tries[-1].get("others", 0) <= DISTURBING:
            break
    return min(tries, key=lambda measured: measured.get("others", 0))


def flat_out(effort, targets, connections):
    """Cells of a row in which wrk asks each target as fast as it answers; each is checked once before."""
    def cell(target):
        target.check()
        return lambda: load.wrk(target, connections, effort.seconds, effort.warm_up)
    return {name: cell(target) for name, target in targets.items()}


def program(core, *command, **extra):
    """A cell that runs a program, which prints what it measured as one line of JSON."""
    def cell():
        done = subprocess.run(on_core(core, *command), env=environment(**extra), capture_output=True, text=True, timeout=120)
        lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
        if done.returncode or not lines:
            raise RuntimeError(f"{Path(str(command[0])).name} {command[1]}: {done.stdout}{done.stderr}")
        return json.loads(lines[-1])
    return cell
