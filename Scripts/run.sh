#!/usr/bin/env bash
# Starts the server on .run/messaging.sqlite and prints an example that works as pasted. The client's secret stays in .run/, for
# its owner only, so that the next start can print the same example as long as the store has that client.
set -euo pipefail
server=$1
umask 077
mkdir -p .run
database=.run/messaging.sqlite
port=${MESSAGING_PORT:-8080}

kept() { python3 -c 'import json, sys; print(json.load(open(".run/client.json"))[sys.argv[1]])' "$1"; }

store_has_kept_client() {
    "$server" clients list --organization "$(kept organization)" --json --database $database |
        grep -F "\"$(kept id)\"" > /dev/null
}

if ! store_has_kept_client 2> /dev/null; then
    [ -e $database ] || "$server" organizations create --name Messaging --database $database > /dev/null
    organization=$("$server" organizations list --database $database | sed -n 's/^id: *//p' | head -n 1)
    "$server" clients create --name "make run" --organization "$organization" --database $database --json \
        > .run/client.json.new
    mv .run/client.json.new .run/client.json
fi
python3 - > .run/netrc << 'END'
import json
client = json.load(open(".run/client.json"))
print("default login", client["id"], "password", client["secret"])
END

# The address under which this machine reaches a server that listens on all of them.
reachable() { echo "$1" | sed -e 's|//0\.0\.0\.0:|//127.0.0.1:|' -e 's|//\[::\]:|//[::1]:|'; }

# A profile `local` of the command line for the server at an address, in .run/config.
keep_profile() {
    mkdir -p .run/config/messaging
    python3 - "$1" > .run/config/messaging/profiles.json << 'END'
import json, sys
client = json.load(open(".run/client.json"))
profile = {"url": sys.argv[1], "clientId": client["id"], "clientSecret": client["secret"]}
print(json.dumps({"current": "local", "profiles": {"local": profile}}))
END
}

# With a certificate of its own the example trusts exactly that one.
trust= sdk_trust=
if [ -n "${MESSAGING_TLS_CERTIFICATE:-}" ]; then
    trust="--cacert '$MESSAGING_TLS_CERTIFICATE' "
    sdk_trust="genesys.configuration.ssl_ca_cert = \"$MESSAGING_TLS_CERTIFICATE\""$'\n'
fi

example() {
    cat << EXAMPLE

Paste this into another terminal, in this directory: a setting is created and comes back.

TOKEN=\$(curl -s ${trust}--netrc-file .run/netrc -d grant_type=client_credentials $1/oauth/token | cut -d'"' -f4)
curl -s ${trust}-H "Authorization: Bearer \$TOKEN" -H "Content-Type: application/json" -d '{"name": "Support"}' $1/api/v2/conversations/messaging/settings

The same with the vendor's Python SDK, which make installs into .venv/269:

make -s python-sdk
.venv/269/bin/python - <<'END'
import json, PureCloudPlatformClientV2 as genesys
genesys.configuration.host = "$1"
${sdk_trust}me = json.load(open(".run/client.json"))
api = genesys.MessagingApi(genesys.api_client.ApiClient().get_client_credentials_token(me["id"], me["secret"]))
print(api.post_messaging_settings({"name": "Support"}))
END

This server is built without optimization; make release builds the one for production.
The client is in .run/client.json. Ctrl-C stops the server.
EXAMPLE
}

exec "$server" serve --database $database --port "$port" > >(
    trap '' INT TERM
    while read -r line; do
        echo "$line"
        case $line in
        "Listening on "*)
            address=$(reachable "${line#Listening on }")
            keep_profile "$address"
            example "$address"
            ;;
        esac
    done
)
