"""The command line with the profiles of gc, the vendor's command line."""

import json
import os
import re

import pytest

import gateways
from commandline import CommandLine

SERVER = "gateway_protocol = 'http'\ngateway_host = \"127.0.0.1\"\ngateway_port = '{port}'\n"
CLIENT = "client_credentials = '{id}'\nclient_secret = '{secret}'\ngrant_type = '1'\n"


class Home:
    """A home directory with profiles of gc for a tenant."""

    def __init__(self, tenant, folder):
        self.tenant = tenant
        self.folder = folder
        self.file = folder / ".gc/config.toml"
        self.file.parent.mkdir()
        self.cli = CommandLine(folder)

    def write(self, *tables, mode=0o600):
        """Writes profiles, each a name and the lines of its table."""
        values = {"port": self.tenant.server.port, "id": self.tenant.client["id"], "secret": self.tenant.client["secret"]}
        text = ""
        for name, lines in tables:
            for key, value in values.items():
                lines = lines.replace("{" + key + "}", str(value))
            text += f"[{name}]\n{lines}\n"
        self.file.write_text(text)
        self.file.chmod(mode)

    def log_in(self, name):
        """Creates a profile of the command line itself."""
        self.cli.output("login", "--profile", name, "--url", self.tenant.server.url, "--client-id", self.tenant.client["id"],
                        stdin=self.tenant.client["secret"])


@pytest.fixture
def home(tenant, tmp_path):
    return Home(tenant, tmp_path)


def test_the_profile_default_is_used_last(home, tenant):
    home.write(("default", SERVER + CLIENT))
    assert "default\t" in home.cli.output("supported-content", "list")
    assert f"profile\tok\tprofile default of gc, {home.file}\n" in home.cli.output("doctor")
    home.log_in("mine")
    assert "profile\tok\tprofile mine\n" in home.cli.output("doctor")
    variables = {"MESSAGING_URL": tenant.server.url, "MESSAGING_CLIENT_ID": tenant.client["id"],
                 "MESSAGING_CLIENT_SECRET": tenant.client["secret"]}
    assert "profile\tok\tMESSAGING_URL\n" in home.cli.output("doctor", **variables)
    assert f"profile\tok\tprofile default of gc, {home.file}\n" in home.cli.output("doctor", "-p", "Default", **variables)


def test_a_profile_is_named_and_our_own_counts_before(home):
    home.write(("DEFAULT", SERVER), ("Prod", SERVER + CLIENT), ("mine", SERVER + CLIENT))
    assert "default\t" in home.cli.output("supported-content", "list", "--profile", "prod")
    assert "DEFAULT of gc" in home.cli.refusal(4, "settings", "list")
    assert 'Did you mean "Prod"?' in home.cli.refusal(5, "settings", "list", "--profile", "Prot")
    home.log_in("mine")
    assert "profile\tok\tprofile mine\n" in home.cli.output("doctor", "--profile", "mine")


def test_the_list_says_where_a_profile_comes_from(home, tenant):
    home.write(("DEFAULT", "environment = 'eu-central-1'\n" + CLIENT), ("token", "environment = 'mypurecloud.ie'\naccess_token = 't'\n"),
               ("browser", "environment = 'us_west_2'\ngrant_type = '3'\n"), ("own", "environment = 'usw2.pure.cloud'\nclient_credentials = 'i'\n"),
               ("broken", ""))
    table = ("name\tcurrent\turl\tclientId\tsource\n{own}"
             f"DEFAULT\t{{default}}\thttps://api.mypurecloud.de\t{tenant.client['id']}\tgc\nbroken\tfalse\t\t\tgc\n"
             "browser\tfalse\thttps://api.usw2.pure.cloud\t\tgc\nown\tfalse\thttps://api.usw2.pure.cloud\ti\tgc\n"
             "token\tfalse\thttps://api.mypurecloud.ie\t\tgc\n")
    assert home.cli.output("profiles", "list") == table.format(own="", default="true")
    shown = json.loads(home.cli.output("profiles", "show", "-o", "json"))
    assert shown == {"name": "DEFAULT", "current": True, "url": "https://api.mypurecloud.de", "clientId": tenant.client["id"], "source": "gc"}
    home.log_in("mine")
    own = f"mine\ttrue\t{tenant.server.url}\t{tenant.client['id']}\tmessaging\n"
    assert home.cli.output("profiles", "list") == table.format(own=own, default="false")
    assert "only gc changes" in home.cli.refusal(64, "profiles", "use", "token")
    assert tenant.client["secret"] not in home.cli.output("profiles", "show", "default", "-o", "json")


def test_the_paths_of_a_gateway_are_used(home, tenant):
    paths = []

    def before(request):
        paths.append(request.path)
        request.path = re.fullmatch("/stage/(login|api)(/.*)", request.path)[2]

    with gateways.hosting(gateways.gateway(tenant.server.url, before)) as url:
        port = url.rsplit(":", 1)[1]
        place = f"gateway_protocol = 'HTTP'\ngateway_host = '127.0.0.1/stage'\ngateway_port = {port}\n"
        home.write(("DEFAULT", place + "gateway_pathparams = '{login: login, api: /api}'\n" + CLIENT))
        assert "default\t" in home.cli.output("supported-content", "list")
    assert paths[0] == "/stage/login/oauth/token"
    assert paths[1].startswith("/stage/api/api/v2/conversations/messaging/supportedcontent?")


@pytest.mark.parametrize("user", [None, ("me", "password-of-the-proxy")], ids=["without", "with"])
def test_a_proxy_is_used(home, tenant, user):
    handler = gateways.proxy(user)
    with gateways.hosting(handler) as url:
        port = url.rsplit(":", 1)[1]
        lines = f"proxy_protocol = 'http'\nproxy_host = '127.0.0.1'\nproxy_port = '{port}'\nproxy_pathparams = '{{}}'\n"
        if user:
            home.write(("DEFAULT", SERVER + CLIENT + lines))
            assert "proxy" in home.cli.refusal(1, "supported-content", "list").lower()
            lines += f"proxy_username = '{user[0]}'\nproxy_password = '{user[1]}'\n"
        home.write(("DEFAULT", SERVER + CLIENT + lines))
        assert "default\t" in home.cli.output("supported-content", "list")
    assert set(handler.targets) == {f"127.0.0.1:{tenant.server.port}"}


REFUSED = {
    "grant_type = '2'\n" + SERVER + "client_credentials = 'i'\nclient_secret = 'hunter2hunter2'\n": (64, "grant_type", "login in a browser"),
    "grant_type = 3\n" + SERVER: (64, "grant_type", "messaging login"),
    "grant_type = '4'\n" + SERVER: (64, "grant_type", "none of 0 to 3"),
    SERVER + "client_credentials = 'i'\n": (4, "client_credentials with client_secret", "gc profiles"),
    CLIENT: (64, "environment", "gateway_host"),
    "environment = 'mars'\n" + CLIENT: (64, "environment", "region"),
    "environment = 'mypurecloud.con'\n" + CLIENT: (64, "environment", "Did you mean mypurecloud.com?"),
    "environment = 'a.b/c@d.e'\n" + CLIENT: (64, "environment", "region"),
    "gateway_protocol = 'http'\n" + CLIENT: (64, "gateway_host", "is missing"),
    "gateway_host = 'h'\ngateway_protocol = 'ftp'\n" + CLIENT: (64, "gateway_protocol", "neither http nor https"),
    "gateway_host = 'a b'\n" + CLIENT: (64, "gateway_host", "no address"),
    "gateway_host = 'u@h'\n" + CLIENT: (64, "gateway_host", "no address"),
    "gateway_host = 'h'\ngateway_port = 0\n" + CLIENT: (64, "gateway_port", "no port"),
    SERVER + CLIENT + "gateway_username = 'u'\n": (64, "gateway_username", "login at the gateway"),
    SERVER + CLIENT + "proxy_host = 'p'\nproxy_protocol = 'https'\n": (64, "proxy_protocol", "must be http"),
    SERVER + CLIENT + "proxy_host = 'p/x'\n": (64, "proxy_host", "no name of a host"),
    SERVER + CLIENT + "proxy_protocol = 'http'\n": (64, "proxy_host", "is missing"),
    SERVER + CLIENT + "proxy_host = 'p'\nproxy_port = 'x'\n": (64, "proxy_port", "no port"),
    SERVER + CLIENT + "proxy_host = 'p'\nproxy_pathparams = '{api: /x}'\n": (64, "proxy_pathparams", "no paths"),
}


@pytest.mark.parametrize("lines", REFUSED, ids=lambda lines: f"{REFUSED[lines][1]} {REFUSED[lines][2]}")
def test_a_profile_that_cannot_be_used_names_its_key(home, lines):
    code, *words = REFUSED[lines]
    home.write(("DEFAULT", lines))
    error = home.cli.refusal(code, "settings", "list")
    assert all(word in error for word in words) and "DEFAULT of gc" in error and "next: " in error, error
    assert "hunter2" not in error and home.tenant.client["secret"] not in error


@pytest.mark.parametrize("text, words", [
    (b"[DEFAULT]\nclient_secret = hunter2\n", "line 2: a value must be"), (b"[DEFAULT]\n\nx = [\n", "line 3: an array is not read"),
    (b"[DEFAULT]\nx = '\xff'\n", "it is not UTF-8"), (b"# " + b"x" * (1 << 20), "more than 1 MiB")])
def test_a_file_that_cannot_be_read_names_the_place(home, text, words):
    home.file.write_bytes(text)
    error = home.cli.refusal(1, "settings", "list")
    assert words in error and str(home.file) in error and "hunter2" not in error
    done = home.cli.run("profiles", "list", "--no-header")
    assert (done.returncode, done.stdout) == (0, "") and words in done.stderr
    home.log_in("mine")
    assert home.cli.output("settings", "list", "--no-header") == ""


def test_what_is_no_file_is_named_at_once(home):
    os.mkfifo(home.file)
    assert "no regular file" in home.cli.refusal(1, "settings", "list")
    home.file.unlink()
    home.file.mkdir()
    assert "it is a directory" in home.cli.refusal(1, "settings", "list")
    assert "there is no profile" in home.cli.refusal(4, "settings", "list", HOME=str(home.folder / "none"))


def test_a_file_that_others_may_read_is_warned_of_once(home):
    home.write(("DEFAULT", SERVER + CLIENT), mode=0o644)
    warning = (f"messaging: warning: others may read or write {home.file}, which has secrets. "
               "Run chmod 600 on it, and replace its secrets if others used the machine.\n")
    for command in (("settings", "list"), ("doctor",), ("profiles", "list"), ("profiles", "show"), ("diff", "profile:default", "profile:DEFAULT")):
        done = home.cli.run(*command)
        assert (done.returncode, done.stderr) == (0, warning), command
    done = home.cli.run("settings", "list", "-o", "json")
    assert json.loads(done.stderr)["code"] == "file.not.private"
    home.log_in("mine")
    assert home.cli.output("settings", "list", "--no-header") == ""


def test_the_help_has_the_order_of_the_sources(home):
    words = " ".join(home.cli.output("--help").split())
    places = [words.index(text) for text in ("1. --profile", "2. MESSAGING_URL", "3. GENESYSCLOUD_REGION", "4. the current profile",
                                             "5. the profile DEFAULT of gc")]
    assert places == sorted(places)
