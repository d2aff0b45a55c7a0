"""nginx, HAProxy and Caddy with the configurations of docs/operations.md, in front of a server."""

import contextlib
import re
import shutil
import socket
import subprocess
from pathlib import Path

import conformance

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"


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
        return [shutil.which("nginx") or "/usr/sbin/nginx", "-e", folder / "nginx.err", "-c", file]


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


def is_served(port):
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return False
    return True


@contextlib.contextmanager
def running(proxy, folder, server, change=str):
    """The proxy in front of the server, with files in this folder only, until the block ends. Its configuration is what `change` makes of
    the documented one. Yields its port."""
    folder.mkdir()
    environment = conformance.environment() | {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    for _ in range(5):
        port = conformance.free_port()
        command = proxy.command(folder, change(documented(proxy.language, server, port)))
        with open(folder / "output", "wb") as output:
            process = subprocess.Popen(
                [str(part) for part in command], env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        conformance.STARTED.append(process)
        conformance.until(lambda: process.poll() is not None or is_served(port))
        # It ends if another program has taken the port meanwhile.
        if process.poll() is None:
            break
    assert process.poll() is None, (folder / "output").read_text()
    try:
        yield port
    finally:
        process.terminate()
        process.wait(conformance.PATIENCE)
