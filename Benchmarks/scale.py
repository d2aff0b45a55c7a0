"""Single calls of PostgreSQL with 100,000 organizations, for docs/scale.md. Writes results/scale.txt.

    python3 Benchmarks/scale.py [ORGANIZATIONS]
"""

import os
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

from servers import BENCH, ROOT

sys.path.append(str(ROOT / "Tests/conformance"))
import postgres  # noqa: E402: it is among the tests

PARTITIONS = (0, 16, 128)
SERVER = ROOT / ".build/release/messaging-server"


def seeded(database, count):
    """Fills a database with organizations of ten settings: the program makes one, and the others are copies of its rows."""
    address, name, cluster = database
    environment = os.environ | {"MESSAGING_BOOTSTRAP_CLIENT_ID": str(uuid.uuid4()), "MESSAGING_BOOTSTRAP_CLIENT_SECRET": "s" * 32}
    subprocess.run([BENCH, "seed", "--database", address, "--objects", "10"], check=True, env=environment)
    columns = {
        "organization": "revision, changes, dropped, record_bytes, history_bytes, keys, internal_dropped",
        "record": "kind, id, bytes",
        "history": 'revision, position, kind, id, "user", client, operation, context, address, time_ms, before, after',
    }
    for table, others in columns.items():
        cluster.run(f"INSERT INTO {table} SELECT md5(i::text), {others} FROM {table}, generate_series(2, {count}) AS i", name)
    cluster.run("VACUUM ANALYZE", name)
    cluster.run("CHECKPOINT", name)


def measured(cluster, partitions, count):
    """The microseconds of each call."""
    address = cluster.new_database()
    name = address.split("dbname=")[1]
    subprocess.run([SERVER, "migrate", "--database", address, *(["--partitions", str(partitions)] if partitions else [])],
                   check=True, capture_output=True)
    seeded((address, name, cluster), count)
    done = subprocess.run([BENCH, "calls", "--database", address], check=True, capture_output=True, text=True)
    cluster.run(f"DROP DATABASE {name} WITH (FORCE)")
    return dict(line.split("\t") for line in done.stdout.splitlines())


def vacuumed(cluster, count=1_000_000):
    """The seconds of VACUUM of a directory of tokens of which half are dead."""
    address = cluster.new_database()
    name = address.split("dbname=")[1]
    subprocess.run([SERVER, "migrate", "--database", address], check=True, capture_output=True)
    cluster.run(f"INSERT INTO token_directory SELECT sha256(i::text::bytea), md5(i::text) FROM generate_series(1, {count}) AS i", name)
    cluster.run("DELETE FROM token_directory WHERE get_byte(digest, 0) < 128", name)
    start = time.monotonic()
    cluster.run("VACUUM token_directory", name)
    return time.monotonic() - start


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory(dir=ROOT / ".build") as folder:
        os.chmod(folder, 0o755)
        cluster = postgres.Cluster(parent=Path(folder)).start()
        try:
            version = cluster.run("SHOW server_version")[0]
            vacuum = vacuumed(cluster)
            found = {partitions: measured(cluster, partitions, count) for partitions in PARTITIONS}
        finally:
            cluster.remove()
    lines = [f"PostgreSQL {version}, {count:,} organizations of 10 settings, fsync on, one connection at a time. Medians in us.", ""]
    lines.append(f"{'partitions':<48}" + "".join(f"{partitions or 'none':>8}" for partitions in PARTITIONS))
    for call in found[PARTITIONS[0]]:
        lines.append(f"{call:<48}" + "".join(f"{found[partitions][call]:>8}" for partitions in PARTITIONS))
    lines += ["", f"VACUUM of token_directory with 1,000,000 rows, half of them dead: {vacuum:.1f} s"]
    text = "\n".join(lines) + "\n"
    (ROOT / "Benchmarks/results/scale.txt").write_text(text)
    print(text, end="")


if __name__ == "__main__":
    main()
