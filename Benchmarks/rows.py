"""The rows about one operation each, and what is asked of which server for them."""

import base64
import itertools
import json
import subprocess

import servers
from load import Target
from measuring import Row, flat_out, program
from servers import BENCH, CLIENT_CORE, CLIENT_ID, CLIENT_SECRET, ROOT, SERVER_CORE

PATH = "/api/v2/conversations/messaging/settings"
#: A page of the newest 25 changes of settings.
CHANGES = "/platform/v1/changes?pageSize=25&kind=settings"
READ_OBJECTS, WRITE_OBJECTS = 250, 64
HALF_LOAD = "GET one at half load"
JSON = {"Content-Type": "application/json"}
#: The client of another organization than the first, whose lists grow with what is posted.
WRITER_ID = "0d6b9a52-7d3b-4c0e-9a51-00000000000f"


def setting(name):
    inbound = {"inbound": "Enabled"}
    return {"name": name, "content": {"story": {"mention": inbound, "reply": inbound}},
            "event": {"typing": {"on": {"inbound": "Enabled", "outbound": "Disabled"}}}}


def body(document):
    return json.dumps(document, separators=(",", ":")).encode()


CREATION = body(setting("Bench setting new"))
CHANGE = body({"content": {"story": {"mention": {"inbound": "Disabled"}, "reply": {"inbound": "Enabled"}}}})


def basic(client, secret=CLIENT_SECRET):
    return "Basic " + base64.b64encode(f"{client}:{secret}".encode()).decode()


def token(server, client=CLIENT_ID, secret=CLIENT_SECRET):
    headers = {"Authorization": basic(client, secret), "Content-Type": "application/x-www-form-urlencoded"}
    return json.loads(server.call("POST", "/oauth/token", b"grant_type=client_credentials", headers)[1])["access_token"]


def fill(server, token, count):
    """Creates settings, and answers their paths."""
    headers = {"Authorization": f"Bearer {token}"}
    created = (server.call("POST", PATH, setting(f"Bench setting {number:06}"), headers)[1] for number in range(count))
    return [f"{PATH}/{json.loads(content)['id']}" for content in created]


def changed(server, token, paths):
    """Changes these settings, and returns the page of the newest changes. Of its 25 changes, half are creations and half are changes of a
    setting, which have the setting before and after."""
    headers = {"Authorization": f"Bearer {token}"}
    for path in paths[-12:]:
        server.call("PATCH", path, json.loads(CHANGE), headers)
    page = server.call("GET", CHANGES, headers=headers)[1]
    entities = json.loads(page)["entities"]
    if [len(entities), sum("before" in each for each in entities)] != [25, 12]:
        raise RuntimeError(f"{server.name}: {CHANGES} returns other changes: {page[:300]}")
    return page


def known(target):
    """The field by which an answer that is known already is not sent again."""
    headers = {"If-None-Match": target.check().getheader("ETag")}
    answer = Target(target.server, target.places, headers=headers).check()
    if answer.status != 304:
        raise RuntimeError(f"{target.server.name} answers {answer.status} to its own tag")
    return headers


def issue(server):
    """A target that issues tokens."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    return Target(server, [("/oauth/token", basic(CLIENT_ID))], "POST", b"grant_type=client_credentials", form)


class Tenants:
    """A server that keeps settings, with a token for an organization to read and one for an organization to write in."""

    def __init__(self, server, writer=None, writer_secret=CLIENT_SECRET):
        self.server = server
        self.reader = token(server)
        self.writer = token(server, writer, writer_secret) if writer else self.reader
        self.read = fill(server, self.reader, READ_OBJECTS if writer else 1)
        self.written = fill(server, self.writer, WRITE_OBJECTS)

    def get(self, query="", **options):
        path = PATH + query if query else self.read[0]
        return Target(self.server, [(path, self.reader)], **options)

    def post(self):
        return Target(self.server, [(PATH, self.writer)], "POST", CREATION, JSON)

    def patch(self):
        return Target(self.server, [(path, self.writer) for path in self.written], "PATCH", CHANGE, JSON)


class Operations(servers.Started):
    """Starts all servers, and makes the rows."""

    def __init__(self, folder, effort):
        self.folder, self.effort = folder, effort
        super().__init__()
        try:
            self.begin(folder)
        except BaseException:
            self.stop()
            raise

    def begin(self, folder):
        ours = self.start(servers.ours(folder / "ours"))
        writer = self.administer(ours)
        self.ours = Tenants(ours, writer["id"], writer["secret"])
        self.storeless = Tenants(self.start(servers.storeless(folder / "storeless")))
        fastapi = self.start(servers.fastapi(folder / "fastapi", [CLIENT_ID, WRITER_ID]))
        self.fastapi = Tenants(fastapi, WRITER_ID)
        self.answers = {query: ours.call("GET", PATH + query if query else self.ours.read[0],
                                         headers={"Authorization": f"Bearer {self.ours.reader}"})
                        for query in ("", "?pageSize=25", "?pageSize=100")}
        self.sizes = {query or "one": len(content) for query, (_, content) in self.answers.items()}
        self.history = changed(ours, self.ours.reader, self.ours.read)
        self.sizes["changes"] = len(self.history)
        self.file = folder / "setting.json"
        self.file.write_bytes(self.answers[""][1])
        files = {self.static(query): content for query, (_, content) in self.answers.items()}
        self.nginx = self.start(servers.nginx(folder / "nginx", files))
        self.nio = self.start(servers.fixed("nio", folder / "nio", self.file, self.ours.read[0]))
        bare = folder / "hummingbird"
        self.hummingbird = self.start(servers.fixed("hummingbird", bare, self.file, self.ours.read[0]))

    def administer(self, server):
        """A client of a new organization, made by the server's commands."""
        def run(*arguments):
            command = [servers.SERVER, *arguments, "--database", "messaging.sqlite", "--json"]
            return json.loads(subprocess.run(command, cwd=server.folder, env=servers.environment(), check=True,
                                             capture_output=True, text=True).stdout)
        organization = run("organizations", "create", "--name", "Writer")
        return run("clients", "create", "--name", "Writer", "--organization", organization["id"])

    def static(self, query):
        return self.ours.read[0] if not query else f"/{query.removeprefix('?')}.json"

    def fixed(self, server, query="", headers=None):
        """A target that answers the bytes of our answer, asked with the same fields."""
        return Target(server, [(self.static(query), self.ours.reader)], headers=headers or {},
                      expected=None if headers else self.answers[query][1])

    def rows(self):
        def wide(targets, count=64):
            return flat_out(self.effort, targets, count)

        ours, peer = self.ours, self.fastapi
        yield Row("GET one", wide({
            "ours": ours.get(expected=self.answers[""][1]), "nio": self.fixed(self.nio), "nginx": self.fixed(self.nginx),
            "hummingbird": self.fixed(self.hummingbird), "fastapi": peer.get()}))
        for count in (25, 100):
            query = f"?pageSize={count}"
            yield Row(f"list of {count}", wide({
                "ours": ours.get(query, expected=self.answers[query][1]), "nginx": self.fixed(self.nginx, query),
                "fastapi": peer.get(query)}))
        yield Row("page of 25 changes", wide({
            "ours": Target(ours.server, [(CHANGES, ours.reader)], expected=self.history)}))
        yield Row("conditional GET", wide({
            "ours": ours.get(headers=known(ours.get())), "ours, GET": ours.get(),
            "nginx": self.fixed(self.nginx, headers=known(self.fixed(self.nginx)))}), times=2)
        for method, count in itertools.product(("POST", "PATCH"), (1, 64)):
            targets = {name: getattr(each, method.lower())()
                       for name, each in {"ours": ours, "storeless": self.storeless, "fastapi": peer}.items()}
            yield Row(f"{method}, {count} client{'s' * (count > 1)}",
                      wide(targets, count) | {"store": self.store(method, count)})
        yield Row("token issue", wide({name: issue(server) for name, server in {"ours": ours.server, "fastapi": peer.server}.items()}))
        for name, target in self.decisions().items():
            yield Row(name, wide({"ours": target}, 1))

    def store(self, method, count):
        """The rows of so many requests at a time, committed without HTTP."""
        numbers = itertools.count()

        def cell():
            database = self.folder / f"store-{next(numbers)}.sqlite"
            try:
                return program(SERVER_CORE, BENCH, "store", "--database", database, "--group", count, "--file", self.file,
                               "--seconds", self.effort.seconds, *["--patch"] * (method == "PATCH"))()
            finally:
                for path in self.folder.glob(f"{database.name}*"):
                    path.unlink()
        return cell

    def decisions(self):
        """A message of 3,000 attachments to be decided on, and a log of them."""
        server, headers = self.ours.server, {"Authorization": f"Bearer {self.ours.reader}"}
        profile = {"name": "Bench", "mediaTypes": {"allow": {
            "inbound": [{"type": "image/*"}, {"type": "application/pdf"}], "outbound": [{"type": "*/*"}]}}}
        id = json.loads(server.call("POST", PATH.replace("settings", "supportedcontent"), profile, headers)[1])["id"]
        types = ["image/png", "image/jpeg", "video/mp4", "application/pdf", "audio/mpeg", "text/plain; charset=utf-8"]
        attachments = [{"mime": types[number % 6], "filename": f"Attachment {number}.bin"} for number in range(3_000)]
        log = b"\n".join(body({"direction": "Inbound"} | each) for each in attachments)

        def target(operation, content, headers):
            return Target(server, [(f"/platform/v1/supportedcontent/{id}/{operation}", self.ours.reader)], "POST", content,
                          headers)
        return {
            "3,000 decisions in one request": target(
                "decisions", body({"direction": "Inbound", "attachments": attachments}), JSON),
            "simulation of a log of 3,000 rows": target("simulations", log, {"Content-Type": "application/x-ndjson"}),
        }

    def half_load(self, first):
        """Quantiles when each server gets half of the requests that ours can handle, by the row `first`."""
        names = {"ours": self.ours.server, "nginx": self.nginx, "nio": self.nio}
        return Row(HALF_LOAD, {name: program(
            CLIENT_CORE, BENCH, "paced", "--port", server.port, "--path", self.ours.read[0], "--size", self.sizes["one"],
            "--rate", first.median("ours") / 2,
            "--seconds", self.effort.seconds, BENCH_TOKEN=self.ours.reader) for name, server in names.items()}, times=3)

    def sdk_rows(self):
        """Here the client is measured, beside others; the server has the other core."""
        port, id = self.ours.server.port, self.ours.read[0].rpartition("/")[2]
        common = ["--port", port, "--id", id, "--seconds", self.effort.seconds]
        secret = {"BENCH_TOKEN": self.ours.reader}
        for count in (1, 64):
            cells = {name: program(CLIENT_CORE, BENCH, program_name, *common, "--concurrency", count, **secret)
                     for name, program_name in {"SDK": "sdk", "AsyncHTTPClient": "ahc"}.items()}
            if count == 1:
                cells["vendor's Python SDK"] = program(
                    CLIENT_CORE, servers.PYTHON, ROOT / "Benchmarks/peers/vendor_sdk.py", *common, **secret)
            yield Row(f"SDK, GET one, {count} at a time", cells)
