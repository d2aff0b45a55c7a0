"""A shell in a terminal of tmux, where a person uses the command line, and its screen as text."""

import contextlib
import difflib
import os
import re
import subprocess
import tempfile
from pathlib import Path

import conformance
from commandline import UUID
from conformance import CANARIES

SCREENS = Path(__file__).parent / "screens"
COLUMNS, ROWS = 80, 24
#: The last line of a screen whose command has ended, with its exit code.
PROMPT = r"(?m:^\[\d+\]\$)"
#: A whole id, which may continue on the next line, and one that a column has shortened.
WHOLE_ID = re.compile("\n?".join("-" if char == "-" else "[0-9a-f]" for char in conformance.UNKNOWN_ID))
SHORT_ID = re.compile(r"\b[0-9a-f]{8}[0-9a-f-]*…")
DATE = re.compile(r"\b\d{4}-\d\d-\d\dT[\d:.]*")
#: What a progress line shows only after some time.
RATE = re.compile(r"^(\d+ of \d+ steps|[\d.]+ MiB)(, .*)?$", re.MULTILINE)
PORT = re.compile(r"(?<=127\.0\.0\.1:)\d+")


def masked(screen):
    """The screen with texts of the same width in place of ids, dates and ports. A progress line has a rate even if it does not show one yet."""
    places = {id: f"id-{place}" for place, id in enumerate(dict.fromkeys(UUID.findall(screen.replace("\n", ""))), 1)}

    def name(match):
        text = iter(places.get(match[0].replace("\n", ""), "id").ljust(len(match[0]), "."))
        return "".join(char if char == "\n" else next(text) for char in match[0])

    screen = WHOLE_ID.sub(name, screen)
    screen = SHORT_ID.sub(lambda match: "id".ljust(len(match[0]) - 1, ".") + "…", screen)
    for pattern in (DATE, PORT):
        screen = pattern.sub(lambda match: re.sub(r"\d", "0", match[0]), screen)
    return RATE.sub(r"\1, RATE", screen)


class Shell:
    """A shell that shows the exit code of the last command in its prompt."""

    def __init__(self, socket):
        self._socket = socket

    def _tmux(self, *arguments):
        done = subprocess.run(["tmux", "-u", "-S", self._socket, "-f", "/dev/null", *arguments], capture_output=True, text=True,
                              timeout=conformance.PATIENCE)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def screen(self):
        """The lines of the screen."""
        text = self._tmux("capture-pane", "-p")
        CANARIES.write("output of the command line", text)
        return text.rstrip("\n")

    def wait(self, pattern):
        """Waits until the last line of the screen ends with a text of this pattern."""
        pattern = re.compile(f"(?:{pattern})$")
        conformance.until(lambda: pattern.search(self.screen), lambda: f"{pattern.pattern} is not at the end of\n{self.screen}")

    def type(self, text):
        """Types a text and Enter. Waits in between until the screen shows the text."""
        self._tmux("send-keys", "-l", text)
        self.wait(re.escape(text))
        self._tmux("send-keys", "Enter")

    def type_secret(self, text):
        """Types a text that the screen does not show, and Enter."""
        self._tmux("send-keys", "-l", text)
        self._tmux("send-keys", "Enter")

    def press(self, key):
        """Presses a key with a name of tmux."""
        self._tmux("send-keys", key)

    def done(self):
        """Waits until the command has ended, and returns its exit code."""
        self.wait(PROMPT)
        return int(self.screen.splitlines()[-1].strip("[]$"))

    def shows(self, name):
        """Compares the screen with the file that has its name. With SCREENS=write it writes the file."""
        shown, file = masked(self.screen) + "\n", SCREENS / f"{name}.txt"
        if os.environ.get("SCREENS") == "write":
            file.write_text(shown)
        expected = file.read_text() if file.exists() else ""
        if shown != expected:
            difference = difflib.unified_diff(expected.splitlines(), shown.splitlines(), str(file), "the screen", lineterm="")
            raise AssertionError("\n".join(["the screen is another one; SCREENS=write writes the file anew", *difference]))


@contextlib.contextmanager
def shell(cli, folder, **variables):
    """A shell in a folder, which finds the program and has its environment."""
    environment = cli.environment | variables | {
        "LC_ALL": "C.UTF-8", "TERM": "xterm", "PS1": "[$?]$ ", "PATH": f"{Path(cli.program).parent}:{os.environ['PATH']}"}
    with tempfile.TemporaryDirectory(prefix="tmux-") as short:  # the path of a socket has at most about 100 bytes
        socket = f"{short}/socket"
        start = ["tmux", "-u", "-S", socket, "-f", "/dev/null", "start-server", ";", "set-option", "-g", "status", "off", ";",
                 "set-option", "-g", "default-terminal", "screen", ";", "new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS), "-c", str(folder),
                 "bash", "--norc", "--noprofile"]
        subprocess.run(start, env=environment, check=True, timeout=conformance.PATIENCE)
        session = Shell(socket)
        try:
            assert session.done() == 0
            yield session
        finally:
            session._tmux("kill-server")
