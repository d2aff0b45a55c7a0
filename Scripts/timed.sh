#!/usr/bin/env bash
# Measures the parts of `make test` by the clock.
#
#   Scripts/timed.sh begin             forgets the parts of an earlier run
#   Scripts/timed.sh PART COMMAND...   runs the command, and keeps the seconds that it took and its closing line
#   Scripts/timed.sh report            prints the seconds of the parts and of the whole, and then the closing lines of the test runners
set -euo pipefail
folder="$(dirname "$0")/../.build/test-times"
case "$1" in
begin)
    rm -rf "$folder"
    mkdir -p "$folder"
    date +%s > "$folder/begin"
    ;;
report)
    echo "The parts of make test by the clock; suites run two at a time:"
    cat "$folder"/*.seconds | sort -n | awk '{ printf "%6d s  %s\n", $1, substr($0, length($1) + 2) }'
    printf '%6d s  in all\n' $(($(date +%s) - $(cat "$folder/begin")))
    cat "$folder"/*.closing
    ;;
*)
    part="$1"
    shift
    mkdir -p "$folder"
    start=$(date +%s)
    status=0
    "$@" 2>&1 | tee "$folder/$part.log" || status=$?
    echo "$(($(date +%s) - start)) $part" > "$folder/$part.seconds"
    grep -aE '^[0-9]+ (passed|failed)|Test run with' "$folder/$part.log" > "$folder/$part.closing" || true
    exit "$status"
    ;;
esac
