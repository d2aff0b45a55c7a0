"""Unknown routes, wrong methods and query strings on every family."""

import http.client

import pytest

import conformance

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
IDENTIFIER = conformance.UNKNOWN_ID
SHARED = {
    "settings": {"GET", "POST"},
    "settings/default": {"GET", "PUT", "DELETE"},
    f"settings/{IDENTIFIER}": {"GET", "PATCH", "DELETE"},
    "supportedcontent": {"GET", "POST"},
    f"supportedcontent/{IDENTIFIER}": {"GET", "PATCH", "DELETE"},
}
ROUTES = {f"{prefix}/{path}": allowed
          for prefix in conformance.FAMILIES.values() for path, allowed in SHARED.items()} | {
    "/api/v2/messaging/supportedcontent/default": {"GET", "PATCH", "DELETE"},
    "/api/v2/conversations/messaging/supportedcontent/default": {"GET", "PUT"},
    "/api/v2/users/me": {"GET"},
    "/api/v2/organizations/me": {"GET"},
    "/api/v2/tokens/me": {"GET", "DELETE"},
}
WRONG = [(method, path) for path, allowed in ROUTES.items() for method in METHODS if method not in allowed]


@pytest.mark.parametrize("method, path", WRONG)
def test_a_wrong_method_is_405_with_allow(caller, method, path):
    answer = caller.call(method, path, b"{}" if method in ("POST", "PUT", "PATCH") else None)
    assert answer.status == 405
    allowed = {name.strip() for name in answer.header("Allow").split(",")}
    assert allowed == ROUTES[path] | {"OPTIONS"} | ({"HEAD"} if "GET" in ROUTES[path] else set())


@pytest.mark.parametrize("method, allowed", [("GET", "POST, OPTIONS"), ("PUT", "POST, OPTIONS"), ("DELETE", "POST, OPTIONS")])
def test_a_wrong_method_on_the_token_endpoint(server, method, allowed):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=conformance.PATIENCE)
    connection.request(method, "/oauth/token")
    response = connection.getresponse()
    body = conformance.strict_json(response.read())
    assert response.status == 405 and response.getheader("Allow") == allowed
    assert isinstance(body["error"], str)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", [
    "/api/v2/messaging", "/api/v2/messaging/unknown", "/api/v2/messaging/settings/a/b",
    "/api/v2/messaging/supportedcontent/a/b", "/api/v2/conversations/messaging",
    "/api/v2/conversations/messaging/settings/default/x", "/api/v2/conversations/unknown",
    "/api/v2/users", "/api/v2/users/you", "/api/v2", "/api/v1/messaging/settings", "/api/v2/Messaging/settings"])
def test_an_unknown_route_is_404(caller, method, path):
    answer = caller.call(method, path, b"{}" if method in ("POST", "PUT", "PATCH") else None)
    assert (answer.status, answer.json()["code"]) == (404, "not.found")


@pytest.mark.parametrize("path", ["/index.html", "/health", "/health/other", "/api", "/oauth"])
def test_an_unknown_route_outside_the_api_is_404_with_an_error_body(server, path):
    answer = conformance.Caller(server).get(path)
    assert answer.status == 404
    names = [name for name, _ in answer.headers]
    assert "ININ-Correlation-Id" in names
    conformance.check_error(answer.json(), 404, answer.header("ININ-Correlation-Id"))


def exchange(server, method, path, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request(method, path, headers=headers or {})
    response = connection.getresponse()
    return response, response.read()


@pytest.mark.parametrize("path", [
    "/health/live", "/health/ready", "/openapi.json", "/docs", "/.well-known/oauth-authorization-server", "/api/v2/tokens/me",
    "/api/v2/users/me", "/api/v2/messaging/settings", "/api/v2/conversations/messaging/supportedcontent/default",
    f"/api/v2/messaging/settings/{IDENTIFIER}", "/nothing"])
def test_a_head_gets_the_response_of_a_get_without_its_body(server, caller, path):
    headers = {"Authorization": f"Bearer {caller.token}"}
    get, body = exchange(server, "GET", path, headers)
    head, nothing = exchange(server, "HEAD", path, headers)
    assert (head.status, head.reason, nothing) == (get.status, get.reason, b"")
    for name in ("Content-Type", "Content-Length", "ETag", "Link", "Deprecation"):
        assert head.getheader(name) == get.getheader(name), name
    assert head.getheader("Content-Length") == str(len(body))


def test_a_head_of_the_metrics_is_200(server):
    head, nothing = exchange(server, "HEAD", "/metrics")
    assert (head.status, nothing) == (200, b"") and int(head.getheader("Content-Length")) > 0


def test_the_root_redirects_to_the_documentation(server):
    for method in ("GET", "HEAD"):
        response, body = exchange(server, method, "/")
        assert (response.status, response.getheader("Location"), body) == (303, "/docs", b"")


@pytest.mark.parametrize("path, allowed", [
    ("*", "DELETE, GET, HEAD, PATCH, POST, PUT, OPTIONS"), ("/", "GET, HEAD, OPTIONS"), ("/health/live", "GET, HEAD, OPTIONS")])
def test_options_lists_the_allowed_methods(server, path, allowed):
    response, body = exchange(server, "OPTIONS", path)
    assert (response.status, response.getheader("Allow"), body) == (204, allowed, b"")


@pytest.mark.parametrize("method, path", [
    ("GET", "/%6Detrics"), ("GET", "/%6d%65%74%72%69%63%73"), ("GET", "/health/%6Cive"), ("GET", "/open%61pi.json"),
    ("POST", "/%6Fauth/token"), ("GET", "/x/../metrics"), ("GET", "/x/%2e%2e/metrics"), ("GET", "//metrics"),
    ("GET", "/metrics/"), ("GET", "/metrics%00"), ("GET", "/health%2Flive"), ("GET", "/%256Detrics")])
def test_another_spelling_of_a_path_is_404(server, method, path):
    """A proxy's rule for a path applies to every request that reaches the path."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=conformance.PATIENCE)
    connection.request(method, path)
    response = connection.getresponse()
    body = conformance.strict_json(response.read())
    assert response.status == 404
    conformance.check_error(body, 404, response.getheader("ININ-Correlation-Id"))


@pytest.mark.parametrize("query, size, number", [
    ("", 25, 1), ("?pageSize=7", 7, 1), ("?pageNumber=2", 25, 2), ("?pageNumber=2&pageSize=3", 3, 2),
    ("?pageSize=&pageNumber=", 25, 1), ("?unknown=1&pageSize=5", 5, 1), ("?page%53ize=6", 6, 1), ("?", 25, 1)])
def test_query_strings(caller, prefix, query, size, number):
    answer = caller.get(f"{prefix}/settings{query}")
    assert answer.status == 200
    page = answer.json()
    assert (page["pageSize"], page["pageNumber"]) == (size, number)
    assert page["selfUri"] == f"{prefix}/settings?pageSize={size}&pageNumber={number}"


@pytest.mark.parametrize("query", [
    "pageSize=0", "pageSize=101", "pageSize=abc", "pageSize=-1", "pageSize=99999999999999999999", "pageSize=%00",
    "pageSize=1%20", "pageSize=٣", "pageNumber=0", "pageNumber=-1", "pageNumber=9223372036854775807",
    "pageNumber=9223372036854775808", "pageNumber=1.0", "pageNumber=0x1", "pageNumber=null"])
def test_bad_paging_is_400(caller, prefix, query):
    encoded = query.replace("٣", "%D9%A3")
    for resource in ("settings", "supportedcontent"):
        answer = caller.get(f"{prefix}/{resource}?{encoded}")
        assert (answer.status, answer.json()["code"]) == (400, "invalid.query.param.value")
        assert answer.json()["details"][0]["fieldName"] == query.split("=")[0]


def test_a_query_that_is_not_utf_8_is_400(caller, prefix):
    for resource in ("settings", "supportedcontent"):
        assert caller.get(f"{prefix}/{resource}?pageSize=%F0").status == 400
