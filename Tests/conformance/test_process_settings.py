"""The flags of the binary are the settings that docs/operations.md tells."""

import re
from pathlib import Path

import conformance

TABLE = (Path(__file__).resolve().parents[2] / "docs" / "operations.md").read_text()
ROW = re.compile(r"^\| (?:`--(?P<flag>[a-z-]+)`)? ?\| `(?P<variable>MESSAGING_[A-Z_]+)` \| (?P<default>[^|]+) \|", re.MULTILINE)


def test_the_help_has_every_flag_of_the_table_with_its_variable_and_default():
    help_text = " ".join(conformance.run("serve", "--help").stdout.split())
    rows = [match for match in ROW.finditer(TABLE)]
    assert len(rows) > 10
    flags = {match["flag"] for match in rows} - {None}
    assert set(re.findall(r" --([a-z-]+) <", help_text)) == flags
    for match in rows:
        if match["flag"]:
            assert f"[{match['variable']}] (default: {match['default'].strip('`')})" in help_text


def test_every_flag_reaches_the_server(tmp_path):
    """Each flag with a value that it does not take is refused by its name."""
    wrong = {"port": "x", "tls-certificate": "only", "tls-key": "only", "public-url": "x", "trusted-proxies": "x",
             "cors-origins": "x", "log-level": "x", "log-format": "x",
             "integration-delay": "x"}
    for match in ROW.finditer(TABLE):
        flag = match["flag"]
        if flag in (None, "host", "database"):
            continue
        done = conformance.run("serve", f"--{flag}", wrong.get(flag, "0"), cwd=tmp_path)
        assert done.returncode == 1 and flag in done.stderr and done.stdout == "", (flag, done)
    assert list(tmp_path.iterdir()) == []
