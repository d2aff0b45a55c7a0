#!/usr/bin/env python3
"""Makes a database of an older schema version, and a record of what the program that made it answered.

    Scripts/schema-fixture.py PROGRAM DIRECTORY

`PROGRAM` is the `messaging-server` of that version; version 2 was made by the program of commit c2f77e1, version 3 by that
of commit 38c927e, version 4 by that of commit 10a74f0. `DIRECTORY` gets `database.sqlite` and `responses.json`, which has a moment
for the clock of a test, tokens, and requests with their responses. The secrets in it are made for this purpose only.
"""
import base64, http.client, json, os, shutil, signal, socket, subprocess, sys, tempfile, time, urllib.parse

PROGRAM, DIRECTORY = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
KEY = base64.b64encode(bytes(range(32))).decode()
CLIENT, SECRET = "fixture-client", "fixture-secret-of-a-test-0123456789"
SETTINGS = "/api/v2/conversations/messaging/settings"
PROFILES = "/api/v2/conversations/messaging/supportedcontent"
INTEGRATIONS = "/api/v2/conversations/messaging/integrations/open"


class Server:
    def __init__(self, database, *flags):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.database = database
        environment = dict(
            os.environ,
            MESSAGING_ENCRYPTION_KEY=KEY,
            MESSAGING_BOOTSTRAP_CLIENT_ID=CLIENT,
            MESSAGING_BOOTSTRAP_CLIENT_SECRET=SECRET,
        )
        self.environment = environment
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--port", str(self.port), "--database", database, "--token-lifetime", "31536000", *flags],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for _ in range(500):
            try:
                if self.send("GET", "/health/ready")["status"] == 200:
                    return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("not ready")

    def send(self, method, path, token=None, body=None, fields=()):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = dict(fields)
        if token:
            headers["Authorization"] = "Bearer " + token
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return {"status": response.status, "body": text, "tag": response.headers.get("ETag")}

    def object(self, method, path, token, body, **fields):
        response = self.send(method, path, token, json.dumps(body), fields)
        assert response["status"] == 200, response
        return json.loads(response["body"])

    def token(self, client=CLIENT, secret=SECRET):
        form = urllib.parse.urlencode(
            {"grant_type": "client_credentials", "client_id": client, "client_secret": secret}
        )
        response = self.send(
            "POST", "/oauth/token", body=form, fields={"Content-Type": "application/x-www-form-urlencoded"}
        )
        return json.loads(response["body"])["access_token"]

    def administer(self, *arguments):
        command = [PROGRAM, *arguments, "--database", self.database, "--json"]
        return json.loads(subprocess.run(command, capture_output=True, check=True, env=self.environment).stdout)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(20) == 0


def integration(name):
    return {
        "name": name,
        "outboundNotificationWebhookUrl": "https://example.com/" + name,
        "outboundNotificationWebhookSignatureSecretToken": "token-of-the-fixture-" + name,
        "webhookHeaders": {"X-Fixture": "header of " + name},
    }


def main():
    work = tempfile.mkdtemp()
    database = work + "/database.sqlite"
    server = Server(database)
    token, revoked = server.token(), [server.token() for _ in range(3)]
    keyed = []

    def once(path, body, key):
        fields = {"Idempotency-Key": key}
        response = server.send("POST", path, token, json.dumps(body), fields)
        assert response["status"] == 200, response
        keyed.append({"method": "POST", "path": path, "key": key, "send": json.dumps(body), **response})
        return json.loads(response["body"])

    first = once(SETTINGS, {"name": "first"}, "key-1")
    deleted = once(SETTINGS, {"name": "deleted"}, "key-2")
    second = server.object("POST", SETTINGS, token, {"name": "second", "content": {"story": {"mention": {"inbound": "Enabled"}}}})
    for number in range(5):
        server.object("PATCH", f"{SETTINGS}/{second['id']}", token, {"name": f"second {number}"})
    server.object("PATCH", f"{SETTINGS}/{first['id']}", token, {"name": "first, changed"})
    assert server.send("DELETE", f"{SETTINGS}/{deleted['id']}", token)["status"] == 204
    profile = once(PROFILES, {"name": "profile", "mediaTypes": {"allow": {"inbound": [{"type": "image/*"}]}}}, "key-3")
    server.object("PUT", SETTINGS + "/default", token, {"settingId": second["id"]})
    once(INTEGRATIONS, integration("complete"), "key-4")
    once(f"/platform/v1/settings/{second['id']}/restorations", {"version": 2}, "key-5")
    reader = server.administer(
        "clients", "create", "--name", "Reader", "--permission", "messaging:setting:view", "--scope", "messaging:readonly"
    )
    server.administer("clients", "rotate", server.administer("clients", "create", "--name", "Rotated")["id"])
    reading = server.token(reader["id"], reader["secret"])
    revoked.append(server.token(reader["id"], reader["secret"]))
    for one in revoked:
        assert server.send("DELETE", "/api/v2/tokens/me", one)["status"] == 204
    server.stop()

    server = Server(database, "--integration-delay", "3600")
    unfinished = once(INTEGRATIONS, integration("unfinished"), "key-6")
    paths = [
        SETTINGS, PROFILES, INTEGRATIONS, SETTINGS + "/default", PROFILES + "/default", f"{SETTINGS}/{first['id']}",
        f"{SETTINGS}/{second['id']}", f"{PROFILES}/{profile['id']}", f"{INTEGRATIONS}/{unfinished['id']}",
        "/api/v2/organizations/me", "/api/v2/users/me", f"/platform/v1/settings/{second['id']}/usage",
        "/platform/v1/changes?pageSize=100", f"/platform/v1/changes?kind=settings&id={deleted['id']}",
    ]
    reads = [{"method": "GET", "path": path, **server.send("GET", path, token)} for path in paths]
    assert all(read["status"] == 200 for read in reads), reads
    assert server.send("GET", SETTINGS, reading)["status"] == 200
    assert all(server.send("GET", SETTINGS, one)["status"] == 401 for one in revoked)
    moment = int(time.time())
    server.stop()
    assert set(os.listdir(work)) <= {"database.sqlite", "database.sqlite.mark"}, os.listdir(work)

    os.makedirs(DIRECTORY, exist_ok=True)
    shutil.copyfile(database, DIRECTORY + "/database.sqlite")
    with open(DIRECTORY + "/responses.json", "w") as file:
        json.dump(
            {
                "moment": moment, "encryptionKey": KEY, "client": CLIENT, "secret": SECRET,
                "token": token, "readingToken": reading, "revokedTokens": revoked,
                "unfinished": unfinished["id"], "deleted": deleted["id"], "reads": reads, "keyed": keyed,
            },
            file, indent=1,
        )
        file.write("\n")
    shutil.rmtree(work)


main()
