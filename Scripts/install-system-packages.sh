#!/usr/bin/env bash
# Installs the system packages that the build and the tests need and that are missing. Debian and its descendants; elsewhere it
# names what to install. With the argument `test` the proxies, the shells and the database of the tests too, with `bench` what the benchmarks need.
set -euo pipefail

missing=()
[ -e /usr/include/sqlite3.h ] || missing+=(libsqlite3-dev)
[ -e /usr/include/postgresql/libpq-fe.h ] || missing+=(libpq-dev)
python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
command -v cc >/dev/null || command -v clang >/dev/null || missing+=(gcc libc6-dev)
command -v curl >/dev/null || missing+=(curl)
command -v openssl >/dev/null || missing+=(openssl)
# Both measure or try the server beside the first and on the second.
if [ -n "${1:-}" ]; then
    command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || missing+=(nginx-light)
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
fi
if [ "${1:-}" = test ]; then
    command -v haproxy >/dev/null || [ -x /usr/sbin/haproxy ] || missing+=(haproxy)
    command -v caddy >/dev/null || missing+=(caddy)
    [ -x /usr/sbin/pgbouncer ] || command -v pgbouncer >/dev/null || missing+=(pgbouncer)
    command -v eatmydata >/dev/null || missing+=(eatmydata)
    # The completion, the manual pages and the screens of the command line.
    for program in zsh fish shellcheck mandoc tmux; do command -v "$program" >/dev/null || missing+=("$program"); done
    command -v groff >/dev/null || missing+=(groff-base)
fi
if [ "${1:-}" = bench ]; then
    command -v taskset >/dev/null || missing+=(util-linux)
    command -v strace >/dev/null || missing+=(strace)
    command -v wrk >/dev/null || missing+=(wrk)
fi
[ ${#missing[@]} -eq 0 ] && exit 0

echo "installing ${missing[*]}"
if ! command -v apt-get >/dev/null; then
    echo "please install what your system calls: ${missing[*]}" >&2
    exit 1
fi
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq
# The run level keeps Debian from starting what it installs.
"${as_root[@]}" env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
