"""Rows about growth: the same request, with more objects in the organization, and with more organizations."""

import json

import servers
from load import Target
from measuring import Row, flat_out
from rows import CHANGE, CREATION, JSON, PATH, token
from seed import seeded
from servers import CLIENT_ID

SPREAD, FEW = 1_000, 10
#: More pages than the server keeps.
PAGES = 2_000
EVERYWHERE = "GET everywhere"


class Grown:
    """A server over a database of this size, what it has been asked for, and where that is."""

    def __init__(self, folder, organizations, objects):
        self.folder, self.size = folder, (organizations, objects)
        name = f"{organizations}-{objects}"
        self.server = servers.ours(folder / name, name, seeded(organizations, objects)).start()
        self.token = token(self.server)
        self.paths = self.settings(self.token, min(objects, SPREAD))
        self.everywhere = [(self.paths[0], self.token)] if organizations == 1 else []
        for number in range(min(organizations, SPREAD) if organizations > 1 else 0):
            access = token(self.server, CLIENT_ID[:24] + f"{number * (organizations // SPREAD or 1):012}")
            self.everywhere.append((self.settings(access, 1)[0], access))

    def settings(self, token, count):
        paths = []
        for number in range(1, -(-count // 100) + 1):
            headers = {"Authorization": f"Bearer {token}"}
            page = json.loads(self.server.call("GET", f"{PATH}?pageSize={min(count, 100)}&pageNumber={number}", None, headers)[1])
            paths += [f"{PATH}/{entity['id']}" for entity in page["entities"]]
        return paths

    def target(self, operation):
        if operation == EVERYWHERE:
            return Target(self.server, self.everywhere)
        pages = range(1, -(-self.size[1] // 25) + 1)[:PAGES]
        places = {"GET": self.paths, "list of 25": [f"{PATH}?pageSize=25&pageNumber={page}" for page in pages],
                  "PATCH": self.paths[:FEW], "POST": [PATH]}
        method, body = {"PATCH": ("PATCH", CHANGE), "POST": ("POST", CREATION)}.get(operation, ("GET", None))
        return Target(self.server, [(path, self.token) for path in places[operation]], method, body, JSON if body else {})


    def fresh(self):
        """The same on a copy of its own: what is posted stays."""
        return Grown(self.folder / "posting", *self.size)


class Growth:
    """Starts a server for each size, and makes the rows."""

    def __init__(self, folder, effort):
        self.effort, self.grown = effort, {}
        try:
            for size in [(1, count) for count in effort.objects] + [(count, FEW) for count in effort.organizations]:
                if size not in self.grown:
                    self.grown[size] = Grown(folder, *size)
        except BaseException:
            self.stop()
            raise

    def stop(self):
        for grown in self.grown.values():
            grown.server.stop()

    def rows(self):
        objects = {f"{count:,} objects": (1, count) for count in self.effort.objects}
        organizations = {f"{count:,} organization{'s' * (count > 1)}": (count, FEW) for count in self.effort.organizations}
        for operation in ("GET", "list of 25", "PATCH", "POST"):
            yield self.row(f"{operation}, by objects in the organization", operation, objects)
            yield self.row(f"{operation}, by organizations", operation, organizations)
            if operation == "GET":
                yield self.row("GET in 1,000 of them, by organizations", EVERYWHERE, organizations)

    def row(self, name, operation, sizes):
        if operation == "POST":
            return Row(f"{name} at the start of a round", {cell: self.posting(size) for cell, size in sizes.items()})
        return Row(name, flat_out(self.effort, {cell: self.grown[size].target(operation) for cell, size in sizes.items()}, 64))

    def posting(self, size):
        """A cell whose every round begins with this size."""
        def cell():
            grown = self.grown[size].fresh()
            try:
                return flat_out(self.effort, {"": grown.target("POST")}, 64)[""]()
            finally:
                grown.server.stop()
        return cell
