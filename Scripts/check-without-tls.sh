#!/usr/bin/env bash
# Fails unless a server that was built without TLS starts without a certificate, and refuses one before it listens.
#
#     Scripts/check-without-tls.sh PROGRAM
set -euo pipefail
program=$(realpath "$1")
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 1 -keyout key.pem -out certificate.pem 2> /dev/null
chmod 600 key.pem

if "$program" serve --port 0 --database m.sqlite --tls-certificate certificate.pem --tls-key key.pem > output 2>&1; then
    echo "a server without TLS takes a certificate"
    exit 1
fi
grep -q "this program was built without TLS; \`make release\` builds one with it" output || { cat output; exit 1; }
if grep -q Listening output; then
    echo "a server without TLS listens though it was given a certificate"
    exit 1
fi

"$program" serve --port 0 --database m.sqlite > output 2>&1 &
server=$!
for _ in $(seq 600); do
    grep -q "Listening on http://" output && break
    kill -0 $server || { cat output; exit 1; }
    sleep 0.1
done
kill $server
wait $server
echo "a server without TLS starts, and refuses a certificate"
