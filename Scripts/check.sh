#!/usr/bin/env bash
# What must hold of the sources without running them: the format, the size of files, and what may not stand in them.
set -euo pipefail
cd "$(dirname "$0")/.."

swift format lint --strict --configuration .swift-format --recursive Sources Tests Snippets Benchmarks Package.swift

failed=0
while read -r file; do
    lines=$(wc -l < "$file")
    if [ "$lines" -gt 450 ]; then
        echo "$file has $lines lines; a file has 450 at most"
        failed=1
    fi
done < <(git ls-files '*.swift' '*.py' '*.sh')
if git grep -nE '\btry!|\bfatalError\(|\bpreconditionFailure\(|\bas!|TODO|FIXME' -- 'Sources/*.swift'; then
    echo "none of these may stand in Sources"
    failed=1
fi
if git grep -nE '@unchecked Sendable' -- 'Sources/*.swift' | grep -v '//'; then
    echo "@unchecked Sendable needs its proof on the line"
    failed=1
fi
while read -r test; do
    if ! git grep -qE "(func|def) $test\\(" -- Tests; then
        echo "docs/compatibility.md names the test $test, which does not exist"
        failed=1
    fi
done < <(grep -oE '`(test_[a-z0-9_]+|[a-z]+[A-Z][A-Za-z0-9]+)`[^|]*\|$' docs/compatibility.md | grep -oE '[a-zA-Z_0-9]{8,}')
Scripts/rooms.py || failed=1
[ $failed -eq 0 ] && echo "the sources are as they should be"
exit $failed
