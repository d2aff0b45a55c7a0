"""The configurations of proxies in docs/operations.md, run as they stand there in front of a server."""

import http.client
import re

import pytest

import conformance
import proxies

#: The address of the clients of the proxies. The server trusts what 127.0.0.1 states about it.
CLIENT = "127.0.0.2"


class Behind:
    """A server, the proxy in front of it, and requests to the proxy."""

    def __init__(self, server, port):
        self.server, self.port = server, port
        self.token = None

    def call(self, method, path, body=None, **fields):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=conformance.PATIENCE, source_address=(CLIENT, 0))
        sent = {name.replace("_", "-"): value for name, value in fields.items()} | {"Accept-Encoding": "gzip"}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        if body is not None:
            sent["Content-Type"] = "application/json"
        connection.request(method, path, body=body, headers=sent)
        response = connection.getresponse()
        answer = conformance.Answer(response.status, response.getheaders(), response.read())
        connection.close()
        return answer

    def is_ready(self):
        try:
            return self.call("GET", "/health/ready").status == 200
        except OSError:
            return False


@pytest.fixture(params=[proxies.Nginx, proxies.HAProxy, proxies.Caddy], ids=lambda proxy: proxy.language)
def behind(request, tmp_path):
    variables = conformance.bootstrap({"MESSAGING_TRUSTED_PROXIES": "127.0.0.1"})
    with conformance.serving(tmp_path / "messaging.sqlite", variables) as server:
        with proxies.running(request.param(), tmp_path / "proxy", server) as port:
            behind = Behind(server, port)
            conformance.until(behind.is_ready)
            behind.token = conformance.token(server)
            yield behind


def test_the_documented_proxies_keep_entity_tags_addresses_and_bodies(behind):
    path = f"{conformance.SUCCESSOR}/settings"
    made = behind.call("POST", path, b'{"name":"made"}').json()
    tag = behind.call("GET", f"{path}/{made['id']}").header("ETag")
    assert re.fullmatch(r'"[^"]+"', tag)
    assert behind.call("PATCH", f"{path}/{made['id']}", b'{"name":"changed"}', If_Match=tag).status == 200
    assert [change["address"] for change in behind.call("GET", "/platform/v1/changes?kind=settings").json()["entities"]] == [CLIENT] * 2
    metadata = behind.call("GET", "/.well-known/oauth-authorization-server").json()
    assert metadata["token_endpoint"] == f"http://127.0.0.1:{behind.port}/oauth/token"
    # More than a proxy takes by default, and refused by the server.
    assert behind.call("POST", path, b'{"name":"' + b"x" * (2 << 20) + b'"}').status == 413
