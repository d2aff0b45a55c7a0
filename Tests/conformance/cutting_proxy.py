"""A proxy to PostgreSQL that cuts a connection at a chosen message of a transaction."""

import socket
import threading


class CuttingProxy:
    """Listens on a port of its own and passes everything on to a cluster, until it is told to cut."""

    def __init__(self, cluster):
        self.cluster = cluster
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.marker, self.side, self.left, self.cuts = None, None, 0, 0
        threading.Thread(target=self._accept, daemon=True).start()

    def arm(self, marker, side, count):
        """Cuts the connection of the next transaction that has the marker, after so many messages of its client or of the server."""
        self.marker, self.side, self.left = marker, side, count

    def close(self):
        self.listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(str(self.cluster.folder / ".s.PGSQL.5432"))
            pair = Pair(self, client, server)
            for side in ("client", "server"):
                threading.Thread(target=pair.pass_on, args=(side,), daemon=True).start()


class Pair:
    """The two connections of one session."""

    def __init__(self, proxy, client, server):
        self.proxy, self.sockets = proxy, {"client": client, "server": server}
        self.is_target = False

    def pass_on(self, side):
        source, sink = self.sockets[side], self.sockets["server" if side == "client" else "client"]
        try:
            while data := source.recv(1 << 20):
                proxy = self.proxy
                if side == "client" and proxy.marker and proxy.marker in data:
                    proxy.marker, self.is_target = None, True
                if self.is_target and proxy.side == side:
                    whole = self._messages(data)
                    sink.sendall(data[:whole])
                    if proxy.left == 0:
                        self.is_target = False
                        proxy.cuts += 1
                        break
                    data = data[whole:]
                sink.sendall(data)
        except OSError:
            pass
        for end in self.sockets.values():
            # Wakes the other thread, too.
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        source.close()

    def _messages(self, data):
        """The length of the messages at the beginning of some data that may pass. The data begins with a whole message."""
        place = 0
        while self.proxy.left > 0 and place + 5 <= len(data):
            place += 1 + int.from_bytes(data[place + 1:place + 5], "big")
            self.proxy.left -= 1
        return min(place, len(data))
