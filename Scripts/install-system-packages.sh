#!/usr/bin/env bash
# Installs the system packages that the build and the tests need and that are missing. Debian and its descendants; elsewhere it
# names what to install. With the argument `bench` those that the benchmarks need too.
set -euo pipefail

missing=()
[ -e /usr/include/sqlite3.h ] || missing+=(libsqlite3-dev)
python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
command -v cc >/dev/null || command -v clang >/dev/null || missing+=(gcc libc6-dev)
command -v curl >/dev/null || missing+=(curl)
command -v openssl >/dev/null || missing+=(openssl)
if [ "${1:-}" = bench ]; then
    command -v taskset >/dev/null || missing+=(util-linux)
    command -v strace >/dev/null || missing+=(strace)
    command -v wrk >/dev/null || missing+=(wrk)
    command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || missing+=(nginx-light)
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
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
