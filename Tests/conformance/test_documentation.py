"""Every Swift example in the documents is compiled and run, or is the line of a manifest."""

import re
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```swift\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SLICE = re.compile(r"^[ ]*// snippet\.(?!end|hide|show)\w+\n(.*?)^[ ]*// snippet\.end$", re.MULTILINE | re.DOTALL)
MANIFEST = re.compile(r"\.(package|product)\(.*\)\n")
PAGES = [ROOT / "README.md", *sorted((ROOT / "Sources").glob("*/*.docc/*.md"))]
COMPILED = [*sorted((ROOT / "Snippets").glob("*.swift")), ROOT / "Tests/MessagingSDKTests/ExampleTests.swift"]


def slices():
    return {textwrap.dedent(body) for file in COMPILED for body in SLICE.findall(file.read_text())}


def test_there_are_slices_to_compare_with():
    assert len(slices()) > 13


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_swift_of_a_page_is_compiled(page):
    for block in FENCE.findall(page.read_text()):
        assert MANIFEST.fullmatch(block) or block in slices(), f"{page.name}: no slice is\n{block}"


def test_the_readme_shows_the_swift_sdk():
    blocks = FENCE.findall((ROOT / "README.md").read_text())
    assert any("MessagingClient(" in block for block in blocks)
    assert any("withMessagingServer" in block for block in blocks)
