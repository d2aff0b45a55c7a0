"""Searches for the secrets of a session where none may be: in all files, output and arguments of the servers.

A test registers every secret that it receives or sends with `learn`, and every place to search with `write` or `watch`.
"""

import base64
import binascii
import contextlib
import os
import re
import subprocess
import tempfile
from pathlib import Path

SHORTEST = 24
PRINTED = [re.compile(rb'"(?:access_token|refresh_token|secret)"\s*:\s*"([^"]+)"'), re.compile(rb"Client secret: (\S+)")]


class Canaries:
    def __init__(self):
        self.own = tempfile.TemporaryDirectory(prefix="messaging-canaries-")
        self.secrets, self.folders, self.found = {}, set(), []
        self.searched = self.bytes = 0

    def learn(self, secret, client=None, places=()):
        """A secret or a token, and the ends of the names of files where it may stand; with the client's id also as it stands in
        HTTP Basic. Short ones are no secrets of a server's, and the end of a line is no part of one: what searches reads lines."""
        secret = secret.strip("\r\n")
        if len(secret) >= SHORTEST:
            self.secrets.setdefault(secret.encode(), tuple(places))
            if client:
                self.secrets[base64.b64encode(f"{client}:{secret}".encode())] = ()

    def learn_key(self, key):
        """An encryption key in base64, which may stand in the file of keys only; also in hexadecimal digits. One that is none is no
        secret."""
        with contextlib.suppress(binascii.Error):
            self.learn(base64.b64decode(key, validate=True).hex())
            self.learn(key.rstrip("="), places=(".key",))

    def learn_printed(self, output):
        """Registers the secrets that the server shows once on purpose, as text or as JSON."""
        output = output if isinstance(output, bytes) else output.encode()
        for pattern in PRINTED:
            for secret in pattern.findall(output):
                self.learn(secret.decode())

    def write(self, kind, *texts):
        """Keeps output or arguments of a server for the search."""
        with open(Path(self.own.name) / kind, "ab") as file:
            for text in texts:
                file.write((text if isinstance(text, bytes) else str(text).encode()) + b"\n")

    def watch(self, folder):
        """A folder whose files are the servers', but not the folders in it."""
        self.folders.add(Path(folder))

    def watch_process(self, process):
        """The arguments of a process that has begun to run."""
        arguments = Path(f"/proc/{process.pid}/cmdline").read_bytes()
        assert arguments, f"process {process.pid} has no arguments"
        self.write("arguments", arguments)

    def search(self, folders=None):
        """Adds the secrets found to `found`: now in these folders, or at the end in all remaining folders and in the output."""
        if folders is None:
            folders = [*self.folders, Path(self.own.name)]
        files = [file for folder in folders if folder.is_dir() for file in folder.iterdir()
                 if file.is_file() and not file.is_symlink()]
        if not self.secrets or not files:
            return self.found
        self.searched += len(files)
        self.bytes += sum(file.stat().st_size for file in files)
        with tempfile.NamedTemporaryFile() as patterns:
            patterns.write(b"\n".join(sorted(self.secrets)))
            patterns.flush()
            for start in range(0, len(files), 500):
                self._grep(patterns.name, files[start:start + 500])
        return self.found

    def _grep(self, patterns, files):
        done = subprocess.run(["grep", "--text", "--only-matching", "--with-filename", "--null", "--fixed-strings",
                               f"--file={patterns}", "--", *files], capture_output=True, env=os.environ | {"LC_ALL": "C"})
        assert done.returncode in (0, 1) and not done.stderr, done.stderr
        for line in done.stdout.splitlines():
            file, secret = line.split(b"\0")
            if file.decode().endswith(self.secrets.get(secret, ()) or ("\0",)):
                continue
            found = f"{secret[:6].decode()}... of {len(secret)} characters in {file.decode()}"
            if found not in self.found:
                self.found.append(found)

    @property
    def summary(self):
        return f"searched {self.searched} files, {self.bytes / 1e6:.0f} MB, for {len(self.secrets)} secrets"
