"""Interactive shells at a terminal, in which a person completes commands of the command line."""

import contextlib
import os
import pty
import select
import shlex
import shutil
import signal
import time

from conformance import PATIENCE

PROMPT = "ready> "
#: A program in the place of the command line, which notes its arguments unless a shell asks it for completions.
NOTING = '#!/bin/sh\nif [ "$1" = ---completion ]; then exec {program} "$@"; fi\nprintf "%s\\0" "$@" > {notes}.new && mv {notes}.new {notes}\n'


class Shell:
    """A shell with the completion of the command line. Its folder is its home and its directory."""

    def __init__(self, name, cli, folder):
        self.name = name
        self.folder = folder
        self.notes = folder / "arguments"
        (folder / "bin").mkdir()
        (folder / "bin/messaging").write_text(NOTING.format(program=shlex.quote(cli.program), notes=shlex.quote(str(self.notes))))
        (folder / "bin/messaging").chmod(0o755)
        self.environment = cli.environment | {"HOME": str(folder), "PATH": f"{folder}/bin:{os.environ['PATH']}", "ZDOTDIR": str(folder),
                                              "XDG_CONFIG_HOME": str(folder / "config"), "XDG_DATA_HOME": str(folder / "data"),
                                              "HISTFILE": "", "PS1": PROMPT, "COLUMNS": "200", "LC_ALL": "C.UTF-8"}
        self.command = getattr(self, name)(cli.output("completion", name))

    def bash(self, script):
        (self.folder / "completion").write_text(script)
        (self.folder / "bashrc").write_text(f"PS1='{PROMPT}'\nbind 'set enable-bracketed-paste off'\n. ~/completion\n")
        return ["bash", "--noprofile", "--rcfile", str(self.folder / "bashrc"), "-i"]

    def zsh(self, script):
        (self.folder / "functions").mkdir()
        (self.folder / "functions/_messaging").write_text(script)
        (self.folder / ".zshrc").write_text(f"PS1='{PROMPT}'\nunsetopt promptcr promptsp beep\nunset zle_bracketed_paste\n"
                                            "fpath=(~/functions $fpath)\nautoload -U compinit\ncompinit -u -D\n")
        return ["zsh", "--no-globalrcs", "-i"]

    def fish(self, script):
        (self.folder / "config/fish/completions").mkdir(parents=True)
        (self.folder / "config/fish/completions/messaging.fish").write_text(script)
        (self.folder / "config/fish/config.fish").write_text(f"set -g fish_greeting\nfunction fish_prompt; echo -n '{PROMPT}'; end\n")
        return ["fish", "-i"]

    def arguments(self, typed):
        """The arguments of the command line after a person has typed this, with a tabulator for each completion, and entered it."""
        process, controller = pty.fork()
        if process == 0:
            os.chdir(self.folder)
            os.execvpe(self.command[0], self.command, self.environment)
        shown = b""
        try:
            end = time.monotonic() + PATIENCE
            entered = False
            while not self.notes.exists():
                assert time.monotonic() < end, (typed, shown)
                if select.select([controller], [], [], 0.05)[0]:
                    shown += os.read(controller, 65536)
                if not entered and PROMPT.encode() in shown:
                    os.write(controller, f"{typed}\r".encode())
                    entered = True
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            os.close(controller)
        noted = self.notes.read_bytes().decode().split("\0")[:-1]
        self.notes.unlink()
        return noted

    def forget(self):
        """Removes the names that the command line keeps."""
        shutil.rmtree(self.folder / ".cache", ignore_errors=True)
