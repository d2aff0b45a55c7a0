"""A client that sends requests as bytes, one after the other or all at once, in pieces, and reads their responses."""

import contextlib
import dataclasses
import socket
import threading

import conformance

#: No response has a body then, whatever its fields state (RFC 9112, 6.3).
BODILESS = {204, 304}


@dataclasses.dataclass(frozen=True)
class Message:
    """A request on its way: its head, its body in the framing that the head states, and what the client needs to know of the head."""

    head: bytes
    body: bytes = b""
    method: str = "GET"
    expects: bool = False
    closes: bool = False


@dataclasses.dataclass
class Response:
    status: int
    fields: list
    body: bytes = b""

    def field(self, name):
        """All values of the field in one, or None."""
        return ", ".join(value for key, value in self.fields if key == name) or None

    @property
    def ends_connection(self):
        return "close" in (self.field("connection") or "").lower()


class Connection:
    """One connection of a client to a port, from an address."""

    def __init__(self, port, address):
        self.stream = socket.create_connection(("127.0.0.1", port), timeout=conformance.PATIENCE, source_address=(address, 0))
        self.stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.input = self.stream.makefile("rb")
        self.writer = None

    def close(self):
        with contextlib.suppress(OSError):
            self.stream.shutdown(socket.SHUT_RDWR)
        self.finish_sending()
        self.input.close()
        self.stream.close()

    def send(self, pieces):
        """Sends meanwhile, since a response may come first. The end of the connection is for the reader to judge."""
        def write():
            with contextlib.suppress(ConnectionError):
                for piece in pieces:
                    self.stream.sendall(piece)
        self.finish_sending()
        self.writer = threading.Thread(target=write, daemon=True)
        self.writer.start()

    def finish_sending(self):
        if self.writer:
            self.writer.join()

    def read_head(self):
        """The next head, or None if the connection ended before it."""
        try:
            start = self.input.readline()
        except ConnectionResetError:
            return None
        if not start:
            return None
        version, status, _ = start.split(b" ", 2)
        assert version == b"HTTP/1.1", start
        fields = []
        while (line := self.input.readline()) != b"\r\n":
            assert line.endswith(b"\r\n"), line
            name, value = line.decode().split(":", 1)
            fields.append((name.lower(), value.strip()))
        return Response(int(status), fields)

    def read_response(self, method, head=None):
        """The next response that is not an interim one, or None if the connection ended before it."""
        while head is None or 100 <= head.status < 200:
            if (head := self.read_head()) is None:
                return None
        if method != "HEAD" and head.status not in BODILESS:
            head.body = self.read_chunks() if head.field("transfer-encoding") else self.read_exactly(int(head.field("content-length")))
        return head

    def read_chunks(self):
        body = b""
        while size := int(self.input.readline().split(b";")[0], 16):
            body += self.read_exactly(size)
            assert self.input.readline() == b"\r\n"
        while self.input.readline() != b"\r\n":
            pass
        return body

    def read_exactly(self, size):
        read = self.input.read(size)
        assert len(read) == size, f"{len(read)} of {size} bytes"
        return read

    def is_at_end(self):
        """Whether the other side ends the connection now, without another byte."""
        return self.input.read(1) == b""


def cut(random, data):
    """The data in up to six pieces."""
    ends = sorted(random.randrange(len(data) + 1) for _ in range(random.randrange(6)))
    return [piece for begin, end in zip([0, *ends], [*ends, len(data)]) if (piece := data[begin:end])]


class Client:
    """Sends each request once: over the same connection, unless the other side ended that, as it may.

    It may after a response that states it. If it is `abrupt`, it also may after a response that needed no body to a request with a body,
    since it may not have read all of that.
    """

    def __init__(self, port, address, random, abrupt=False):
        self.port, self.address, self.random, self.abrupt = port, address, random, abrupt

    def opened(self):
        return contextlib.closing(Connection(self.port, self.address))

    def check_end(self, message, response):
        """The connection ended after this response to this message, or before any."""
        assert response, "the connection ended before a response"
        needed_body = response.status < 400 and message.method in ("POST", "PUT", "PATCH")
        may_end = response.ends_connection or self.abrupt and message.body and not needed_body
        assert may_end, f"the connection ended after {message.head!r} got {response}"

    def pipelined(self, messages):
        """Sends all messages in one write, and those again that the other side did not read before it ended the connection."""
        responses = []
        while len(responses) < len(messages):
            rest = messages[len(responses):]
            with self.opened() as connection:
                connection.send(cut(self.random, b"".join(message.head + message.body for message in rest)))
                responses += self.responses(connection, rest)
        return responses

    def responses(self, connection, messages):
        read = []
        for previous, message in zip([None, *messages], messages):
            response = connection.read_response(message.method)
            if response is None:
                self.check_end(previous, read[-1] if read else None)
                return read
            read.append(response)
            assert not message.closes or connection.is_at_end(), message.head
        return read

    def in_turn(self, messages):
        """Yields the response to each message before it takes the next one, which may depend on it."""
        messages = iter(messages)
        message = next(messages, None)
        while message:
            with self.opened() as connection:
                previous = response = None
                goes_on = True
                while message and goes_on:
                    earlier = response
                    response, goes_on = self.exchange(connection, message)
                    if response is None:
                        self.check_end(previous, earlier)
                    else:
                        yield response
                        previous, message = message, next(messages, None)

    def exchange(self, connection, message):
        """The response, and whether the connection is of further use. It is not after a refusal that came instead of 100."""
        head = None
        if message.expects:
            connection.send(cut(self.random, message.head))
            head = connection.read_head()
            if head is None or head.status != 100:
                return head and connection.read_response(message.method, head), False
            connection.send(cut(self.random, message.body))
        else:
            connection.send(cut(self.random, message.head + message.body))
        response = connection.read_response(message.method, head)
        if response is None:
            return None, False
        assert not message.closes or connection.is_at_end(), message.head
        return response, not message.closes and not response.ends_connection
