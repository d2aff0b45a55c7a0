#!/usr/bin/env python3
"""Shows which rooms (folders) of a target use which, and fails when one uses a room above it, or when more than two files of a target
use each other in a circle.

    Scripts/rooms.py [TARGET...]

Each target that is listed below has an order of its rooms, from the ground up; `.` is the target's own folder. A room uses another when it
names a type that only the other declares at the top of a file, or inside an extension of another type (`extension JSON { struct Object`
declares `JSON.Object`); comments and texts do not count. A type inside another one belongs to the file of that one. The other members that
an extension adds to a type are not seen.
"""
import re
import sys
from collections import defaultdict
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent / "Sources"

#: The rooms of each target, from the ground up. Rooms in one group do not use each other.
ORDER = {
    "MessagingContract": [
        ["Schema"], ["Wire"], ["Access"], ["Errors"], ["MediaTypes"], ["Models"], ["Operations"], ["."],
    ],
    "MessagingDecisions": [["Matching"], ["FileKinds"], ["Decisions"], ["Simulation"]],
    "MessagingCore": [
        ["Basics", "Clock", "Work"], ["Table", "Store"], ["Statistics"], ["Organization"], ["Rules"], ["Organizations"],
        ["Effects", "Identity"], ["History"], ["Integrations"], ["Export"], ["Copy"],
    ],
    "MessagingSQLite": [["System", "Schema"], ["Files"], ["Connection"], ["Replacement"], ["Store"], ["Backup"], ["Copy"]],
    "MessagingPostgres": [["Connection"], ["Schema"], ["Store"], ["Copy"]],
    "MessagingServer": [
        ["Messages"], ["Load", "Admission"], ["Wire"], ["Connection"], ["Metrics"], ["Routing"], ["OpenAPI", "Reference"],
        ["Handlers", "Responder"], ["Transport"], ["."],
    ],
    "MessagingSDK": [["Surroundings"], ["Transports"], ["Hosts"], ["Calls"], ["Tokens"], ["Connection"], ["Resources"], ["."]],
    "MessagingFiles": [
        ["Failures", "Text"], ["Documents", "Fields", "HCL"], ["Objects"], ["Configuration"], ["Comparison", "Directory", "Organization"],
        ["Plan", "Terraform"], ["Apply", "Recording"],
    ],
    "MessagingEmulator": [["Snapshots"], ["Organizations"], ["Routes"], ["."]],
    "MessagingService": [["Log"], ["Configuration"], ["Administration"], ["."]],
    "messaging": [
        ["Text", "Processes"], ["Failures"], ["Output"], ["Profiles", "Patterns"], ["Fields", "Filter"], ["Objects"],
        ["Content", "Completion", "Editing", "History", "Gateway"], ["Commands"], ["."],
    ],
}

MODIFIERS = r"((?:[\w@]+(?:\([^)]*\))? )*)"
KINDS = r"(?:struct|class|enum|actor|protocol|typealias)"
TYPE = re.compile(rf"^{MODIFIERS}{KINDS} (\w+)", re.MULTILINE)
EXTENSION = re.compile(rf"^{MODIFIERS}extension ([\w.]+)[^{{]*{{ *\n(.*?)^}}", re.MULTILINE | re.DOTALL)
INNER_TYPE = re.compile(rf"^    {MODIFIERS}{KINDS} (\w+)", re.MULTILINE)
PATH = re.compile(r"\b[A-Z]\w*(?:\.[A-Z]\w*)*")
HIDDEN = {"private", "fileprivate"}


def rooms_of(target):
    """The texts of a target's files by room and name."""
    rooms = defaultdict(dict)
    folder = SOURCES / target
    for file in sorted(folder.rglob("*.swift")):
        place = file.relative_to(folder)
        rooms[place.parts[0] if len(place.parts) > 1 else "."][place.name] = bare(file.read_text())
    return rooms


def declarations(text):
    """The types that a file declares at its top or inside an extension: their modifiers and their names, as `JSON.Object`."""
    found = [(modifiers, name) for modifiers, name in TYPE.findall(text) if "import" not in modifiers]
    for modifiers, outer, body in EXTENSION.findall(text):
        found += [(modifiers + own, f"{outer}.{name}") for own, name in INNER_TYPE.findall(body)]
    return found


def owners(texts):
    """The names of the types that one place declares, and no other: name to place. `texts` are pairs of a place and a file's text."""
    declared = defaultdict(set)
    for place, text in texts:
        for modifiers, name in declarations(text):
            declared[name].add(None if HIDDEN & set(modifiers.split()) else place)
    return {name: min(found) for name, found in declared.items() if len(found) == 1 and None not in found}


def names_in(text):
    """The names of types in a file. In a file that declares or extends a type, a plain name may also be that of a type inside it."""
    names = set(re.findall(r"\b[A-Z]\w*", text))
    for path in PATH.findall(text):
        parts = path.split(".")
        names |= {".".join(parts[:end]) for end in range(2, len(parts) + 1)}
    outer = {name for _, name in TYPE.findall(text)} | {name for _, name, _ in EXTENSION.findall(text)}
    return names | {f"{type}.{name}" for type in outer for name in names}


def uses(rooms):
    """The uses of other rooms: (room, other) to a set of (file, name)."""
    owner = owners((room, text) for room, files in rooms.items() for text in files.values())
    found = defaultdict(set)
    for room, files in rooms.items():
        for file, text in files.items():
            for name in names_in(text):
                other = owner.get(name, room)
                if other != room:
                    found[room, other].add((file, name))
    return found


def circles(rooms):
    """The largest groups of more than two files that all use each other, by whatever way."""
    texts = {file: text for files in rooms.values() for file, text in files.items()}
    owner = owners(texts.items())
    below = {file: {owner[name] for name in names_in(text) if name in owner} - {file} for file, text in texts.items()}
    reached = {}
    for file in texts:
        found, rest = set(), [file]
        while rest:
            for other in below[rest.pop()] - found:
                found.add(other)
                rest.append(other)
        reached[file] = found
    groups = {frozenset(other for other in reached[file] if file in reached[other]) for file in texts}
    return sorted(sorted(group) for group in groups if len(group) > 2)


def bare(text):
    """A Swift file without its comments and the contents of its texts."""
    text = re.sub(r'"""(.|\n)*?"""', '""', text)
    text = re.sub(r'"(\\.|[^"\\\n])*"', '""', text)
    text = re.sub(r"//[^\n]*", "", text)
    return re.sub(r"^#if.*?^#endif", lambda block: re.sub(r"^    ", "", block.group(), flags=re.M), text, flags=re.M | re.S)


def check(target, rooms):
    """Prints the picture of a target and returns its uses of rooms that are not below."""
    order = ORDER[target]
    floor = {room: number for number, group in enumerate(order) for room in group}
    found = uses(rooms)
    print(f"{target}, from the top down, each room with those that it uses:")
    for group in reversed(order):
        for room in group:
            below = sorted((other for user, other in found if user == room), key=lambda other: (floor.get(other, -1), other))
            print(f"  {room:15} {' '.join(below)}")
    wrong = [f"{target}: {room} is a folder or in the order, and not both" for room in sorted(set(rooms) ^ set(floor))]
    for (room, other), places in sorted(found.items()):
        if room in floor and other in floor and floor[other] >= floor[room]:
            listed = ", ".join(f"{file} uses {name}" for file, name in sorted(places))
            wrong.append(f"{target}: {room} is not above {other}: {listed}")
    return wrong


def main():
    wrong = []
    for target in sys.argv[1:] or sorted(folder.name for folder in SOURCES.iterdir()):
        rooms = rooms_of(target)
        wrong += check(target, rooms) if target in ORDER else []
        wrong += [f"{target}: a circle of {', '.join(group)}" for group in circles(rooms)]
    print("\n".join(wrong) if wrong else "no room uses one above it, and no circle has more than two files")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
