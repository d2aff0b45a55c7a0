"""HTTPS: accepted and refused handshakes, and the limits of connections behind the encryption."""

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import time
import urllib.parse
import warnings
from pathlib import Path

import pytest
import trustme

import conformance

ROOT = Path(__file__).resolve().parents[2]
GET = b"GET /health/live HTTP/1.1\r\nHost: test\r\n\r\n"


class Files:
    """A certificate of an authority of its own, and its key, as the server reads them."""

    def __init__(self, folder):
        self.authority = trustme.CA()
        self.ca = folder / "ca.pem"
        self.authority.cert_pem.write_to_path(self.ca)
        self.certificate, self.key = folder / "certificate.pem", folder / "key.pem"
        self.renew()

    def renew(self):
        issued = self.authority.issue_cert("127.0.0.1", "localhost")
        self.certificate.write_bytes(b"".join(each.bytes() for each in issued.cert_chain_pems))
        self.key.write_bytes(issued.private_key_pem.bytes())
        self.key.chmod(0o600)
        return issued

    @property
    def settings(self):
        return {"MESSAGING_TLS_CERTIFICATE": str(self.certificate), "MESSAGING_TLS_KEY": str(self.key)}

    def context(self):
        return ssl.create_default_context(cafile=self.ca)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return Files(tmp_path_factory.mktemp("certificates"))


#: Seconds that a head has by default, and where clients are cut; a test whose client takes longer before it comes to that begins again.
HEAD, HASTE = 10, 3
#: Seconds for which a client waits to be cut, which a busy machine does by then; as an idle connection it could stay ten minutes.
CUT, IDLE = 60, {"MESSAGING_IDLE_TIMEOUT": "600"}


@pytest.fixture(scope="module")
def secure(tmp_path_factory, files):
    extra = conformance.bootstrap(files.settings)
    with conformance.serving(tmp_path_factory.mktemp("secure") / "messaging.sqlite", extra) as running:
        yield running


@pytest.fixture(scope="module")
def hasty(tmp_path_factory, files):
    extra = conformance.bootstrap(files.settings | IDLE | {"MESSAGING_REQUEST_TIMEOUT": str(HASTE)})
    with conformance.serving(tmp_path_factory.mktemp("hasty") / "messaging.sqlite", extra) as running:
        yield running


def plain(server, timeout=conformance.PATIENCE):
    return socket.create_connection(("127.0.0.1", server.port), timeout=timeout)


def handshake(server, context):
    return context.wrap_socket(plain(server), server_hostname="127.0.0.1")


def until_closed(stream):
    """Returns all bytes from the server until it closes the connection."""
    received = b""
    try:
        while chunk := stream.recv(65536):
            received += chunk
    except ConnectionResetError:
        pass
    return received


def serial(server, context):
    with handshake(server, context) as stream:
        return stream.getpeercert()["serialNumber"]


def test_a_client_that_trusts_the_authority_gets_a_token_and_creates_a_setting(secure, files):
    assert re.fullmatch(r"https://127\.0\.0\.1:\d+", secure.url)
    connection = http.client.HTTPSConnection("127.0.0.1", secure.port, timeout=conformance.PATIENCE, context=files.context())
    connection.request("POST", "/oauth/token", body=urllib.parse.urlencode({"grant_type": "client_credentials"}), headers={
        "Content-Type": "application/x-www-form-urlencoded",
        "Authorization": conformance.basic(conformance.CLIENT_ID, conformance.CLIENT_SECRET)})
    token = json.load(connection.getresponse())["access_token"]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    for number in range(3):
        connection.request("POST", "/api/v2/messaging/settings", body=json.dumps({"name": f"{number}"}), headers=headers)
        response = connection.getresponse()
        assert response.status == 200 and json.load(response)["name"] == f"{number}"
    large = {"name": "large", "mediaTypes": {"allow": {"inbound": [{"type": f"image/{number:0200}"} for number in range(1000)]}}}
    connection.request("POST", "/api/v2/messaging/supportedcontent", body=json.dumps(large), headers=headers)
    response = connection.getresponse()
    assert response.status == 200 and json.load(response)["mediaTypes"] == large["mediaTypes"]
    connection.close()


def test_the_vendors_sdk_verifies_the_certificate(secure, files):
    program = (
        "import PureCloudPlatformClientV2 as genesys\n"
        f"genesys.configuration.host = {secure.url!r}\n"
        f"genesys.configuration.ssl_ca_cert = {str(files.ca)!r}\n"
        "client = genesys.api_client.ApiClient()\n"
        f"client.get_client_credentials_token({conformance.CLIENT_ID!r}, {conformance.CLIENT_SECRET!r})\n"
        "print(genesys.MessagingApi(client).post_messaging_settings({'name': 'Secure'}).name)\n")
    run = lambda text: subprocess.run([ROOT / ".venv/269/bin/python", "-c", text], capture_output=True, text=True, timeout=conformance.PATIENCE)
    done = run(program)
    assert done.stdout == "Secure\n", done.stderr
    distrusting = run(program.replace(str(files.ca), "/etc/ssl/certs/ca-certificates.crt"))
    assert distrusting.returncode != 0 and "CERTIFICATE_VERIFY_FAILED" in distrusting.stderr


def test_http_1_1_is_negotiated_over_tls_1_2_and_1_3(secure, files):
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        context = files.context()
        context.minimum_version = context.maximum_version = version
        context.set_alpn_protocols(["h2", "http/1.1"])
        with handshake(secure, context) as stream:
            assert stream.version() == version.name.replace("_", ".") and stream.selected_alpn_protocol() == "http/1.1"
            stream.sendall(GET)
            assert stream.recv(65536).startswith(b"HTTP/1.1 200 ")


def test_tls_1_1_is_refused(secure, files):
    context = files.context()
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises(ssl.SSLError) as refused:
        handshake(secure, context)
    assert refused.value.reason == "TLSV1_ALERT_PROTOCOL_VERSION"


def test_a_silent_client_is_cut_within_the_time_for_a_head(hasty):
    started = time.monotonic()
    with plain(hasty, CUT) as stream:
        assert until_closed(stream) == b""
    assert time.monotonic() - started >= HASTE


def test_a_client_that_does_not_finish_its_handshake_is_cut_within_the_time_for_a_head(hasty, files):
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    hello = files.context().wrap_bio(incoming, outgoing, server_hostname="127.0.0.1")
    with pytest.raises(ssl.SSLWantReadError):
        hello.do_handshake()
    greeting = outgoing.read()
    for sent in (greeting[:50], greeting):
        started = time.monotonic()
        with plain(hasty, CUT) as stream:
            stream.sendall(sent)
            received = until_closed(stream)
        assert time.monotonic() - started >= HASTE
        assert (received != b"") == (sent == greeting)


def test_an_unfinished_head_gets_408_and_its_time_begins_with_the_connection(hasty, files):
    """If the time began with the first byte, which is sent late, no connection would be cut sooner than that time after it."""
    for _ in range(10):
        received, opened = b"", time.monotonic()
        with contextlib.suppress(ConnectionError, ssl.SSLError), handshake(hasty, files.context()) as stream:
            time.sleep(max(0, opened + HASTE / 2 - time.monotonic()))
            sent = time.monotonic()
            stream.sendall(b"GET /api HTTP/1.1\r\n")
            received = until_closed(stream)
        if received:
            assert received.startswith(b"HTTP/1.1 408 ") and b'"client.timeout"' in received
            assert time.monotonic() - opened >= HASTE
            if time.monotonic() - sent < HASTE:
                return
    raise AssertionError("no head that was begun in time was answered 408 in time")


def test_a_refusal_arrives_complete_while_the_client_still_sends(secure, files):
    with handshake(secure, files.context()) as stream:
        stream.sendall(b"POST /oauth/token HTTP/1.1\r\nHost: test\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                       b"Content-Length: 900000\r\n\r\n")
        stream.sendall(b"x" * 200_000)
        received = until_closed(stream)
    assert received.startswith(b"HTTP/1.1 413 ") and received.endswith(b"}")


def test_a_connection_that_ends_without_close_notify_is_no_error(secure, files):
    stream = handshake(secure, files.context())
    stream.sendall(GET + GET)
    os.close(stream.detach())
    with handshake(secure, files.context()) as stream:
        stream.sendall(GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        received = until_closed(stream)
        assert received.startswith(b"HTTP/1.1 200 ")


def test_plain_http_only_gets_the_end_of_the_connection(secure):
    def ask():
        with plain(secure) as stream:
            stream.sendall(GET)
            assert not until_closed(stream).startswith(b"HTTP/")

    assert conformance.is_sooner(HEAD, lambda: conformance.seconds_of(ask))


def test_a_connection_above_the_limit_gets_503(tmp_path, files):
    extra = conformance.bootstrap(files.settings | IDLE | {"MESSAGING_MAX_CONNECTIONS": "1"})
    with conformance.serving(tmp_path / "messaging.sqlite", extra) as server:
        with handshake(server, files.context()) as first:
            first.sendall(GET)
            assert first.recv(65536).startswith(b"HTTP/1.1 200 ")
            with plain(server, CUT) as silent:
                with handshake(server, files.context()) as second:
                    received = until_closed(second)
                    assert received.startswith(b"HTTP/1.1 503 ") and b"Retry-After: 1" in received
                assert until_closed(silent) == b"", "a turned away client that does not finish its handshake stays"
            first.close()


def test_sighup_loads_a_new_certificate_and_ignores_a_broken_one(tmp_path):
    files = Files(tmp_path)
    with conformance.serving(tmp_path / "messaging.sqlite", conformance.bootstrap(files.settings)) as server:
        old = serial(server, files.context())
        with handshake(server, files.context()) as stays:
            files.renew()
            assert serial(server, files.context()) == old, "files are read on SIGHUP only"
            hang_up(server, "Reloaded the certificate")
            new = serial(server, files.context())
            assert new != old
            files.key.write_text("no key")
            hang_up(server, "has no private key in PEM format")
            assert serial(server, files.context()) == new
            stays.sendall(GET)
            assert stays.recv(65536).startswith(b"HTTP/1.1 200 "), "an open connection goes on"


def hang_up(server, text):
    server.process.send_signal(signal.SIGHUP)
    conformance.until(lambda: text in server.errors(), server.errors)


def broken(name, files, folder):
    """The two files with a fault, and the words of the line about it."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(files.certificate.read_bytes())
    key.write_bytes(files.key.read_bytes())
    key.chmod(0o600)
    certificate.chmod(0o600)
    if name == "missing":
        certificate.unlink()
        return certificate, key, [certificate, "No such file"]
    if name == "a directory":
        key.unlink()
        key.mkdir()
        return certificate, key, [key]
    if name == "a FIFO for the key":
        key.unlink()
        os.mkfifo(key, 0o600)
        return certificate, key, [key, "not a regular file"]
    if name == "a FIFO for the certificate":
        certificate.unlink()
        os.mkfifo(certificate, 0o600)
        return certificate, key, [certificate, "not a regular file"]
    if name == "malformed":
        certificate.write_text(certificate.read_text().replace("M", "-", 20))
        return certificate, key, [certificate, "no certificate"]
    if name == "empty":
        key.write_text("")
        return certificate, key, [key, "no private key"]
    if name == "swapped":
        return key, certificate, [key, "no certificate"]
    if name == "mismatched":
        key.write_bytes(files.authority.issue_cert("127.0.0.1").private_key_pem.bytes())
        return certificate, key, [key, certificate, "does not belong"]
    if name == "encrypted":
        subprocess.run(["openssl", "ec", "-aes128", "-passout", "pass:secret", "-in", files.key, "-out", key],
                       check=True, capture_output=True)
        return certificate, key, [key, "passphrase"]
    return certificate, None, ["--tls-certificate and --tls-key"]


@pytest.mark.parametrize("name", ["missing", "a directory", "a FIFO for the key", "a FIFO for the certificate", "malformed", "empty",
                                  "swapped", "mismatched", "encrypted", "alone"])
def test_unusable_files_are_reported_in_one_line(tmp_path, files, name):
    certificate, key, mentions = broken(name, files, tmp_path)
    database = tmp_path / "messaging.sqlite"
    settings = ["--tls-certificate", certificate] + (["--tls-key", key] if key else [])
    done = conformance.run("serve", "--port", "0", "--database", database, *settings, extra=conformance.bootstrap())
    assert done.returncode == 1 and done.stdout == "", done
    [line] = done.stderr.splitlines()
    assert line.startswith("messaging-server: ")
    for text in mentions:
        assert str(text) in line, line
    assert not database.exists()


def test_only_an_unencrypted_public_server_logs_a_warning(tmp_path, files):
    def warnings_at(extra):
        log = tmp_path / "log"
        with open(log, "wb") as errors:
            process = subprocess.Popen([conformance.binary(), "serve", "--port", "0", "--database", tmp_path / "m.sqlite"],
                                       env=conformance.environment(conformance.bootstrap(extra)), stdin=subprocess.DEVNULL,
                                       stdout=subprocess.PIPE, stderr=errors, text=True)
        conformance.STARTED.append(process)
        for line in process.stdout:
            if line.startswith("Listening on"):
                break
        process.terminate()
        assert process.wait(conformance.STOP) == 0
        process.stdout.close()
        return log.read_text().count("Serving requests and tokens unencrypted")

    assert warnings_at({"MESSAGING_HOST": "0.0.0.0"}) == 1
    assert warnings_at({"MESSAGING_HOST": "127.0.0.1"}) == 0
    assert warnings_at({"MESSAGING_HOST": "0.0.0.0"} | files.settings) == 0
