"""The configurations of proxies in docs/operations.md, run as they stand there in front of a server."""

import http.client
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import conformance

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"
#: The address of the clients of the proxies. The server trusts what 127.0.0.1 states about it.
CLIENT = "127.0.0.2"


def documented(language, server, port):
    """The block of the page, with the ports of this test."""
    [block] = re.findall(rf"```{language}\n(.*?)```", OPERATIONS.read_text(), re.DOTALL)
    assert "8080" in block and "8081" in block
    return block.replace("8080", str(server.port)).replace("8081", str(port))


class Nginx:
    language = "nginx"

    def command(self, folder, block):
        folders = "".join(f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        file = folder / "nginx.conf"
        file.write_text(
            f"pid {folder}/nginx.pid; error_log {folder}/nginx.err; daemon off; user root;\n"
            f"events {{}}\nhttp {{ access_log off; gzip on; gzip_types application/json; {folders}\n{block}}}\n")
        return [shutil.which("nginx") or "/usr/sbin/nginx", "-c", file]


class HAProxy:
    language = "haproxy"

    def command(self, folder, block):
        file = folder / "haproxy.cfg"
        file.write_text(block)
        return [shutil.which("haproxy") or "/usr/sbin/haproxy", "-db", "-f", file]


class Caddy:
    language = "caddy"

    def command(self, folder, block):
        file = folder / "Caddyfile"
        file.write_text("{\n\tadmin off\n}\n" + block)
        return ["caddy", "run", "--adapter", "caddyfile", "--config", file]


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


@pytest.fixture(params=[Nginx, HAProxy, Caddy], ids=lambda proxy: proxy.language)
def behind(request, tmp_path):
    variables = conformance.bootstrap({"MESSAGING_TRUSTED_PROXIES": "127.0.0.1"})
    proxy, port = request.param(), conformance.free_port()
    with conformance.serving(tmp_path / "messaging.sqlite", variables) as server:
        folder = tmp_path / "proxy"
        folder.mkdir()
        command = proxy.command(folder, documented(proxy.language, server, port))
        environment = conformance.environment() | {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        process = subprocess.Popen([str(part) for part in command], env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            behind = Behind(server, port)
            conformance.until(behind.is_ready)
            behind.token = conformance.token(server)
            yield behind
        finally:
            process.terminate()
            process.wait(conformance.PATIENCE)


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
