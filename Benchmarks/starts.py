"""How long a server takes from its execution to its first answer, and how much memory it has when nobody asks it anything."""

import socket
import statistics
import time

import servers
from rows import PATH, token
from seed import seeded

REFUSED = 0.0002


def first_answer(server, path, headers=""):
    """Milliseconds from the execution to the first 200."""
    begin = time.perf_counter()
    server.spawn()
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}Connection: close\r\n\r\n".encode()
    while time.perf_counter() - begin < 60:
        try:
            with socket.create_connection(("127.0.0.1", server.port), timeout=30) as stream:
                stream.sendall(request)
                if b" 200 " in stream.recv(65536)[:16]:
                    return (time.perf_counter() - begin) * 1000
        except ConnectionError:
            pass
        time.sleep(REFUSED)
    raise RuntimeError(f"{server.name} did not answer {path}")


def measure(folder, effort, file, static):
    """Two tables: milliseconds to the first answer, and MiB when idle."""
    many = effort.objects[-1]
    grown = servers.ours(folder / "many", "many", seeded(1, many)).start()
    access = token(grown)
    headers = {"Authorization": f"Bearer {access}"}
    id = servers.json.loads(grown.call("GET", f"{PATH}?pageSize=1", None, headers)[1])["entities"][0]["id"]
    grown.stop()
    cells = {
        "ours, empty store": (lambda number: servers.ours(folder / f"empty-{number}"), "/health/ready", ""),
        f"ours, {many:,} objects, readiness": (lambda number: grown, "/health/ready", ""),
        f"ours, {many:,} objects, GET one": (lambda number: grown, f"{PATH}/{id}", f"Authorization: Bearer {access}\r\n"),
        "bare NIO": (lambda number: servers.fixed("nio", folder / "nio", file, static), static, ""),
        "bare Hummingbird": (lambda number: servers.fixed("hummingbird", folder / "hummingbird", file, static), static, ""),
        "nginx": (lambda number: servers.nginx(folder / "nginx", {static: file.read_bytes()}), static, ""),
        "FastAPI": (lambda number: servers.fastapi(folder / "fastapi", [servers.CLIENT_ID]), "/openapi.json", ""),
    }
    times, memory = {name: [] for name in cells}, {name: [] for name in cells}
    for number in range(effort.starts):
        for name, (make, path, fields) in cells.items():
            server = make(number)
            try:
                times[name].append(first_answer(server, path, fields))
                time.sleep(0.2)
                memory[name].append(server.resident_kilobytes() / 1024)
            finally:
                server.stop()
    return tuple({name: statistics.median(values) for name, values in table.items()} for table in (times, memory))
