"""Hosts between the command line and the server: a gateway and a proxy."""

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


def gateway(target, before=lambda request: None, after=lambda response: None):
    """A handler that passes requests on to the server at a URL.

    `before` gets each request, and may change its path. If it returns a status, the handler refuses the request with that. If it returns 0,
    the handler closes the connection. `after` gets each response of the server, and may change its header fields and its content."""
    class Gateway(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status = before(self)
            if status is None:
                response = self.response(body)
                after(response)
                self.send(response.status, response.headers, response.content)
            elif status:
                self.send(status, {}, b"")
            else:
                self.close_connection = True

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = pass_on

        def response(self, body):
            with contextlib.closing(http.client.HTTPConnection(target.removeprefix("http://"), timeout=PATIENCE)) as connection:
                connection.request(self.command, self.path, body, dict(self.headers))
                response = connection.getresponse()
                response.content = response.read()
                return response

        def send(self, status, headers, content):
            self.send_response_only(status)
            for name, value in headers.items():
                if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                    self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

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
