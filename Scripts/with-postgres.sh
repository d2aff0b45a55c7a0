#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own, whose address is in TEST_POSTGRES. The cluster is new, listens on a Unix socket only,
# and is removed afterwards. It would not survive a crash of the machine: eatmydata keeps it from waiting for the disk.
set -euo pipefail

binaries=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
if [ -z "$binaries" ]; then
    initdb=$(command -v initdb) || { echo "PostgreSQL is missing: install it with Scripts/install-system-packages.sh test" >&2; exit 1; }
    binaries=$(dirname "$initdb")
fi
folder=$(mktemp -d)
# initdb refuses to run as root.
as_owner=()
if [ "$(id -u)" -eq 0 ]; then
    as_owner=(runuser -u postgres --)
    chown postgres "$folder"
fi
quickly=()
command -v eatmydata >/dev/null && quickly=(eatmydata)
cd_into() { (cd "$folder" && "$@"); }
stop() {
    cd_into "${as_owner[@]}" "$binaries/pg_ctl" -D "$folder/data" -m immediate -s stop || true
    rm -rf "$folder"
}
trap stop EXIT
cd_into "${as_owner[@]}" "$binaries/initdb" -D "$folder/data" -U messaging -A trust -E UTF8 --no-locale --no-sync >"$folder/log" 2>&1 \
    || { cat "$folder/log" >&2; exit 1; }
cd_into "${as_owner[@]}" "${quickly[@]}" "$binaries/pg_ctl" -D "$folder/data" -l "$folder/data/log" -w -s \
    -o "-k '$folder' -c listen_addresses='' -c max_connections=500 -c shared_buffers=64MB" start \
    || { cat "$folder/data/log" >&2; exit 1; }
export TEST_POSTGRES="host=$folder user=messaging dbname=postgres"
"$@"
