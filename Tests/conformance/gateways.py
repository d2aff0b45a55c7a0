"""Hosts between the command line and the server: a gateway with path parameters, and a proxy."""

import base64
import contextlib
import http.client
import http.server
import select
import socket
import threading

from conformance import PATIENCE


@contextlib.contextmanager
def hosting(handler):
    """Runs a host with this handler, and returns its URL."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE)


def gateway(port, prefixes):
    """A handler that passes requests on to a port, and removes the prefixes of their paths. It notes the paths."""
    class Gateway(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        paths = []

        def pass_on(self):
            self.paths.append(self.path)
            path = next((self.path.removeprefix(prefix) for prefix in prefixes if self.path.startswith(f"{prefix}/")), "/")
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            connection.request(self.command, path, body, {name: value for name, value in self.headers.items() if name != "Host"})
            response = connection.getresponse()
            content = response.read()
            self.send_response(response.status)
            self.send_header("Content-Type", response.headers.get("Content-Type", "application/json"))
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = pass_on

        def log_message(self, *arguments):
            pass

    return Gateway


def proxy(user=None):
    """A handler that tunnels with CONNECT, for a user and a password if there is one. It notes the targets."""
    class Proxy(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        targets = []

        def do_CONNECT(self):
            wanted = user and "Basic " + base64.b64encode(":".join(user).encode()).decode()
            if wanted and self.headers["Proxy-Authorization"] != wanted:
                return self.send_error(407)
            self.targets.append(self.path)
            host, port = self.path.rsplit(":", 1)
            with socket.create_connection((host, int(port)), PATIENCE) as other:
                self.send_response(200)
                self.end_headers()
                self.tunnel(other)
            self.close_connection = True

        def tunnel(self, other):
            ends = {self.connection: other, other: self.connection}
            while True:
                for end in select.select(list(ends), [], [], PATIENCE)[0]:
                    part = end.recv(65536)
                    if not part:
                        return
                    ends[end].sendall(part)

        def log_message(self, *arguments):
            pass

    return Proxy
