"""Databases of many organizations or objects. One that was made is kept for as long as the programs that make it stay as they are."""

import hashlib
import os
import subprocess

from servers import BENCH, CLIENT_ID, CLIENT_SECRET, ROOT, environment

KEPT = ROOT / ".build/bench/seeds"
MADE_BY = ["Benchmarks/MessagingBench/Seed.swift", "Sources/MessagingSQLite", "Sources/MessagingContract/Models",
           "Sources/MessagingCore/Rules", "Sources/MessagingCore/Store"]


def version():
    digest = hashlib.sha256()
    for place in map(ROOT.joinpath, MADE_BY):
        for path in sorted(place.rglob("*.swift")) if place.is_dir() else [place]:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def seeded(organizations, objects):
    """The path of a database, to be copied before it is used."""
    KEPT.mkdir(parents=True, exist_ok=True)
    name = f"{organizations}-{objects}.{version()}.sqlite"
    path = KEPT / name
    if not path.exists():
        for old in KEPT.glob(f"{organizations}-{objects}.*"):
            old.unlink()
        making = KEPT / f"{organizations}-{objects}.making"
        subprocess.run([BENCH, "seed", "--database", making, "--organizations", str(organizations), "--objects", str(objects)],
                       check=True, timeout=600, env=environment(MESSAGING_BOOTSTRAP_CLIENT_ID=CLIENT_ID,
                                                                MESSAGING_BOOTSTRAP_CLIENT_SECRET=CLIENT_SECRET))
        os.rename(making, path)
        for left in KEPT.glob("*.making*"):
            left.unlink()
    return path
