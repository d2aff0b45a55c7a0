#!/usr/bin/env bash
# Runs `swift test` with these arguments and says the failures once more at the end, where a log that was cut still shows them.
set -uo pipefail
log=$(mktemp)
FUZZ_MARKS=$(mktemp)
export FUZZ_MARKS
trap 'rm -f "$log" "$FUZZ_MARKS"' EXIT
"$(dirname "$0")/with-postgres.sh" "${SWIFT:-swift}" test "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
if [ "$status" -ne 0 ]; then
    echo "What failed:"
    grep -E "recorded an issue|again: |error:|Sanitizer" "$log" | tail -n 20
    grep -q "Test run with" "$log" || grep -a "on the way" "$FUZZ_MARKS"
fi
exit "$status"
