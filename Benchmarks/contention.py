"""Counts what the threads of the server cost each other: futex system calls and switches for a request.

    python3 Benchmarks/contention.py [PROGRAM ...]

64 clients send each request to the server with one event loop and with two. The server and the clients share both cores. With several
programs, all are measured in alternation. The table shows the medians of the rounds, for one request:

    futex   all futex system calls
    lock    a lock that another thread holds: `Mutex` of Swift (FUTEX_LOCK_PI)
    mutex   a lock that another thread holds: a mutex of C, or the lock of an arena of `malloc` (FUTEX_WAIT)
    sleep   a thread that waits for work (FUTEX_WAIT_BITSET)
    wake    a thread that wakes another one, or gives a lock to it
    switch  a thread that stops running until something happens, whatever it is
    CPU us  processor time of the server, with the counting

perf counts the calls in the kernel, without stopping the threads, so it needs root. strace would stop every thread at every call, which
changes the order in which they take locks. `perf lock` knows only the locks of the kernel. This shows where the waiting locks are:

    perf record --call-graph dwarf,16384 -e syscalls:sys_enter_futex --filter 'op == 128 || op == 134 || op == 141' -p PID -- sleep 1
    perf script | swift demangle --simplified | less

Other processes on the two cores change how often a thread finds a lock taken, because they interrupt threads that hold one. So compare
only values of the same run.
"""

import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import load
import servers
from shared_cores import SharedCores

ROUNDS, SECONDS, WARM_UP, CLIENTS = 5, 1.5, 0.3, 64
#: The operations of futex(2) in each column. A call may add FUTEX_PRIVATE_FLAG and FUTEX_CLOCK_REALTIME.
CALLS = {"futex": None, "lock": (6, 8, 13), "mutex": (0,), "sleep": (9,), "wake": (1, 5, 7, 10)}
FLAGS = (0, 128, 256, 128 + 256)
COLUMNS = (*CALLS, "switch", "CPU us")


class FutexCounts:
    """Counts the calls of a process while it is open."""

    def __init__(self, pid):
        events = []
        for operations in CALLS.values():
            events += ["-e", "syscalls:sys_enter_futex"]
            if operations is not None:
                values = (operation + flags for operation in operations for flags in FLAGS)
                events += ["--filter", " || ".join(f"op == {value}" for value in values)]
        self.counts = None
        self.output = tempfile.NamedTemporaryFile("r")
        self.process = subprocess.Popen(
            ["perf", "stat", "-x,", "-o", self.output.name, *events, "-p", str(pid)], stderr=subprocess.PIPE, text=True)

    def __enter__(self):
        time.sleep(0.2)
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        errors = self.process.communicate(timeout=30)[1]
        rows = [line.split(",") for line in self.output if "sys_enter_futex" in line]
        if len(rows) != len(CALLS) or not all(row[0].isdigit() for row in rows):
            raise RuntimeError(f"perf could not count: {errors}{rows}")
        self.counts = dict(zip(CALLS, (int(row[0]) for row in rows)))


def switches(server):
    """How often its threads have stopped running of their own accord so far."""
    return sum(int(status.split("\nvoluntary_ctxt_switches:")[1].split()[0]) for status in server.threads("status"))


def counted(target):
    """The columns for one request."""
    server = target.server
    script = server.folder / "wrk.lua"
    script.write_text(target.script())
    load.run_wrk(target, CLIENTS, WARM_UP, script)
    with FutexCounts(server.process.pid) as futex:
        before, processor = switches(server), server.processor_seconds()
        answered = load.run_wrk(target, CLIENTS, SECONDS, script)
        after, processor = switches(server), server.processor_seconds() - processor
    if not answered or answered["failed"] or not answered["requests"]:
        raise RuntimeError(f"{server.name}: wrk counted {answered}")
    values = futex.counts | {"switch": after - before, "CPU us": processor * 1e6}
    return {column: values[column] / answered["requests"] for column in COLUMNS}


def main(programs):
    folder = Path(tempfile.mkdtemp())
    measured, started = {}, []
    try:
        for number, program in enumerate(programs):
            started.append(SharedCores(folder / str(number), Path(program).resolve()))
        for _ in range(ROUNDS):
            for operation in started[0].targets():
                for program, shared in zip(programs, started):
                    for loops, target in shared.targets()[operation].items():
                        target.check()
                        measured.setdefault((operation, loops, program), []).append(counted(target))
    finally:
        for shared in started:
            shared.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{'for one request':24}" + "".join(f"{column:>9}" for column in COLUMNS))
    for operation, loops, program in sorted(measured, key=lambda key: list(measured).index(key)):
        rounds = measured[operation, loops, program]
        medians = (statistics.median(each[column] for each in rounds) for column in COLUMNS)
        print(f"{f'{operation}, {loops}':24}" + "".join(f"{value:9.3f}" for value in medians)
              + (f"  {program}" if len(programs) > 1 else ""))


if __name__ == "__main__":
    main(sys.argv[1:] or [servers.SERVER])
