#!/usr/bin/env python3
"""Writes the manual pages of the command line: one for the program and one for each of its commands, in mdoc.

    Scripts/manual.py PROGRAM FOLDER

Everything in them comes from the program, from the description that ArgumentParser prints of it. The date is that of SOURCE_DATE_EPOCH, or
else of the last commit.
"""
import datetime
import json
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def escaped(text):
    """A text without a meaning for the formatter."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("\u2018", "\\(oq").replace("\u2019", "\\(cq")
    # A number in a list does not end a sentence.
    text = re.sub(r"^(\d+\.) ", r"\1\\& ", text)
    return re.sub(r"^([.'])", r"\\&\1", text)


def argument(text):
    """A text as one argument of a macro."""
    quoted = escaped(text).replace('"', "\\(dq")
    return f'"{quoted}"' if " " in quoted or len(quoted) <= 3 else quoted


def lines(text):
    """A text in lines: each sentence begins one, and each line of the text stays one."""
    for paragraph, block in enumerate(re.split(r"\n\n+", text.strip())):
        if paragraph:
            yield ".Pp"
        for number, line in enumerate(block.split("\n")):
            if number:
                yield ".br"
            for sentence in re.split(r"(?<=[A-Za-z)][.:;]) (?=[A-Z])", line.strip()):
                wrapped = textwrap.wrap(sentence, 76, break_long_words=False, break_on_hyphens=False)
                yield from (escaped(part) for part in wrapped)


def names(option):
    """The names of an option or a flag, as a person types them."""
    return [("--" if name["kind"] == "long" else "-") + name["name"] for name in option.get("names", [])]


def usage(option):
    """The lines of the synopsis for an argument, an option or a flag."""
    value = f"Ar {argument(option['valueName'])}"
    if option["kind"] == "positional":
        macro = value
    else:
        name = f"Fl {argument(names_of_choice(option)[1:])}"
        macro = name if option["kind"] == "flag" else f"{name} {value}"
    if option["isRepeating"]:
        macro += " ..."
    return f".Op {macro}" if option["isOptional"] else f".{macro}"


def names_of_choice(option):
    """The name of an option for the synopsis."""
    return next((name for name in names(option) if name.startswith("--")), names(option)[0])


def described(option):
    """The list item of an argument, an option or a flag."""
    value = f" Ar {argument(option['valueName'])}"
    if option["kind"] == "positional":
        yield f".It{value}"
    else:
        flags = [f"Fl {argument(name[1:])}" for name in names(option)]
        yield ".It " + " , ".join(flag + ("" if option["kind"] == "flag" else value) for flag in flags)
    yield from lines(option.get("abstract", ""))
    if option.get("discussion"):
        yield from lines(option["discussion"])
    values = option.get("allValues") or []
    if values and not all(value in option.get("abstract", "") for value in values):
        yield from lines(f"One of {', '.join(values)}.")
    if option.get("defaultValue") and "default:" not in option.get("abstract", ""):
        yield from lines(f"The default is {option['defaultValue']}.")


def page(command, date, version, others):
    """A page as text. `others` has the names of the pages that belong to it."""
    path = [*command.get("superCommands", []), command["commandName"]]
    title = "-".join(path)
    arguments = [each for each in command.get("arguments", []) if each["shouldDisplay"]]
    positional = [each for each in arguments if each["kind"] == "positional"]
    optional = [each for each in arguments if each["kind"] != "positional"]
    commands = inner(command)
    text = [f".Dd {date}", f".Dt {title.upper()} 1", f".Os {argument(version)}", ".Sh NAME", f".Nm {title}",
            f".Nd {escaped(command['abstract'].rstrip('.')[:1].lower() + command['abstract'].rstrip('.')[1:])}", ".Sh SYNOPSIS",
            f".Nm {escaped(path[0])}", *(f".Cm {escaped(part)}" for part in path[1:])]
    text += [usage(each) for each in optional + positional]
    if commands:
        text += [".Ar command", ".Op Ar arguments"]
    text += [".Sh DESCRIPTION", *lines(command["abstract"])]
    if command.get("discussion"):
        text += [".Pp", *lines(command["discussion"])]
    if arguments:
        text += [".Pp", "The arguments are as follows:", ".Bl -tag -width Ds"]
        for each in positional + optional:
            text += described(each)
        text += [".El"]
    if commands:
        text += [".Pp", "The commands are as follows:", ".Bl -tag -width Ds"]
        for each in commands:
            text += [f".It Cm {escaped(each['commandName'])}", *lines(each["abstract"])]
        text += [".El"]
    if others:
        text += [".Sh SEE ALSO", *(f".Xr {other} 1{' ,' if other != others[-1] else ''}" for other in others)]
    return "\n".join(text) + "\n"


def inner(command):
    """The commands inside a command, without the one that shows the help."""
    return [each for each in command.get("subcommands", []) if each["shouldDisplay"] and each["commandName"] != "help"]


def pages(command, date, version, above=()):
    """The names and the texts of the page of a command and of those inside it."""
    path = (*above, command["commandName"])
    title = "-".join(path)
    others = [title + "-" + each["commandName"] for each in inner(command)] + (["-".join(above)] if above else [])
    yield title, page(command, date, version, sorted(others))
    for each in inner(command):
        yield from pages(each, date, version, path)


def date():
    """The date of the pages."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        done = subprocess.run(["git", "-C", ROOT, "log", "-1", "--format=%ct"], capture_output=True, text=True)
        epoch = done.stdout.strip() or 0
    day = datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc)
    return f"{day:%B} {day.day}, {day.year}"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    program, folder = sys.argv[1], Path(sys.argv[2])
    dump = subprocess.run([program, "--experimental-dump-help"], stdout=subprocess.PIPE, check=True).stdout
    version = subprocess.run([program, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout.split(" (")[0].strip()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("messaging*.1"):
        old.unlink()
    for name, text in pages(json.loads(dump)["command"], date(), version):
        (folder / f"{name}.1").write_text(text)


if __name__ == "__main__":
    main()
