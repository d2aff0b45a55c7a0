#!/usr/bin/env python3
"""Shows which rooms (folders) of a target use which, and fails when one uses a room above it.

    Scripts/rooms.py [TARGET...]

Each target that is listed below has an order of its rooms, from the ground up; `.` is the target's own folder. A room uses another when it
names a type that only the other declares; comments and texts do not count. What an extension adds to a type of another room is not seen.
"""
import re
import sys
from collections import defaultdict
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent / "Sources"

#: The rooms of each target, from the ground up. Rooms in one group do not use each other.
ORDER = {
    "MessagingCore": [
        ["Basics", "Clock", "Work", "Simulation"], ["Table", "Store"], ["Statistics"], ["Organization"], ["Rules"], ["Organizations"],
        ["Effects", "Identity"], ["History"], ["Integrations"], ["Export"],
    ],
    "MessagingSQLite": [["System", "Schema"], ["Files"], ["Connection"], ["Replacement"], ["Store"], ["Backup"]],
    "MessagingSDK": [["Transports"], ["Hosts"], ["Calls"], ["Tokens"], ["Connection"], ["Resources"], ["."]],
    "MessagingService": [["Log"], ["Configuration"], ["Administration"], ["."]],
}

TYPE = re.compile(r"^((?:[\w@]+(?:\([^)]*\))? )*)(?:struct|class|enum|actor|protocol|typealias) (\w+)", re.MULTILINE)
HIDDEN = {"private", "fileprivate"}


def rooms_of(target):
    """The texts of a target's files by room and name."""
    rooms = defaultdict(dict)
    folder = SOURCES / target
    for file in sorted(folder.rglob("*.swift")):
        place = file.relative_to(folder)
        rooms[place.parts[0] if len(place.parts) > 1 else "."][place.name] = bare(file.read_text())
    return rooms


def uses(rooms):
    """The uses of other rooms: (room, other) to a set of (file, name)."""
    declared = defaultdict(set)
    for room, files in rooms.items():
        for text in files.values():
            for modifiers, name in TYPE.findall(text):
                if "import" in modifiers:
                    continue
                declared[name].add(None if HIDDEN & set(modifiers.split()) else room)
    owner = {name: min(found) for name, found in declared.items() if len(found) == 1 and None not in found}
    found = defaultdict(set)
    for room, files in rooms.items():
        for file, text in files.items():
            for name in set(re.findall(r"\b[A-Z]\w*", text)):
                other = owner.get(name, room)
                if other != room:
                    found[room, other].add((file, name))
    return found


def bare(text):
    """A Swift file without its comments and the contents of its texts."""
    text = re.sub(r'"""(.|\n)*?"""', '""', text)
    text = re.sub(r'"(\\.|[^"\\\n])*"', '""', text)
    return re.sub(r"//[^\n]*", "", text)


def check(target):
    """Prints the picture of a target and returns its uses of rooms that are not below."""
    rooms, order = rooms_of(target), ORDER[target]
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
    wrong = [line for name in sys.argv[1:] or ORDER for line in check(name)]
    print("\n".join(wrong) if wrong else "no room uses one above it")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
