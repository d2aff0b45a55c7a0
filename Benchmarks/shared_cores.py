"""The rows in which the server and its client share both cores, with one event loop and with two.

Only the processor time of a request compares loops here: the client takes as much of the cores as it needs, so the requests per second
depend on the client too."""

import servers
from measuring import Row, flat_out
from rows import Tenants

LOOPS = (1, 2)
ON_TWO_CORES = "on two cores"


class SharedCores(servers.Started):
    """A server for each number of event loops, and its requests."""

    def __init__(self, folder, program=servers.SERVER):
        super().__init__()
        self.tenants = {}
        try:
            for loops in LOOPS:
                name = f"{loops} loop{'s' * (loops > 1)}"
                server = servers.ours(folder / name.replace(" ", "-"), name, program=program, loops=loops)
                check_loops(self.start(server), loops)
                self.tenants[name] = Tenants(server)
        except BaseException:
            self.stop()
            raise

    def targets(self):
        """For each operation, the target of each server. The operations that grow a list come after the list."""
        operations = {"GET one": lambda each: each.get(), "list of 25": lambda each: each.get("?pageSize=25"),
                      "PATCH": lambda each: each.patch(), "POST": lambda each: each.post()}
        return {operation: {name: target(each) for name, each in self.tenants.items()}
                for operation, target in operations.items()}

    def rows(self, effort):
        for operation, targets in self.targets().items():
            yield Row(f"{operation} {ON_TWO_CORES}", flat_out(effort, targets, 64))


def check_loops(server, expected):
    """Throws if the server has another number of event loops. Each has a name of its own; a thread that one begins may have its name too."""
    found = sum(name.startswith("NIO-SGLTN") for name in set(server.threads()))
    if found != expected:
        raise RuntimeError(f"{server.name}: the server has {found} event loops instead of {expected}")
