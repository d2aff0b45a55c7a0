"""`export` and `import` of one organization, through a running server and without."""

import copy
import json
import stat

import pytest

import conformance
from conformance import Caller, administer, run
from test_process_encryption import ACCEPT, OPEN, VARIABLE, completed, create, new_key, request, signed_in
from test_process_refusals import picture

SETTINGS = "/api/v2/conversations/messaging/settings"
PROFILES = "/api/v2/conversations/messaging/supportedcontent"
CHANGES = "/platform/v1/changes"


def fill(caller):
    """Two of everything, of which one is changed and one the default."""
    settings = [caller.post(SETTINGS, {"name": name, "content": {"story": {"mention": {"inbound": "Enabled"}}}}).json()
                for name in ("First", "Second")]
    assert caller.patch(f"{SETTINGS}/{settings[0]['id']}", {"name": "First, changed"}).status == 200
    assert caller.put(f"{SETTINGS}/default", {"settingId": settings[1]["id"]}).status == 200
    profile = caller.post(PROFILES, {"name": "None"}).json()
    first = create(caller, "With defaults")
    body = request("With a profile") | {"supportedContent": {"id": profile["id"]}}
    completed(caller, caller.post(OPEN, body).json()["id"])
    return first


def everything(caller):
    return [caller.everything(path) for path in (SETTINGS, PROFILES, OPEN)] + [
        caller.get(f"{path}/default").json() for path in (SETTINGS, PROFILES)]


def document(path):
    return json.loads(path.read_text())


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """Both documents of an organization, the responses of its server, and the folder of its database."""
    folder = tmp_path_factory.mktemp("export")
    secret = tmp_path_factory.mktemp("secret")
    with conformance.serving(folder / "messaging.sqlite") as server:
        caller = signed_in(server)
        fill(caller)
        found = everything(caller)
        administer("export", folder / "plain.json", database=server.database)
        administer("export", secret / "full.json", "--with-secrets", database=server.database)
    return folder / "plain.json", secret / "full.json", found, folder


def test_a_document_without_secrets_contains_none_and_is_private(exported):
    plain, full, _, _ = exported
    for path in (plain, full):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    left = document(full)
    for integration in left["integrations"]:
        assert set(integration.pop("secrets")) == {"outboundNotificationWebhookSignatureSecretToken", "webhookHeaders"}
    for client in left["clients"]:
        assert len(client.pop("secretDigest")) == 64
    found = document(plain)
    for each in (found, left):
        assert each.pop("dateExported")
    assert found == left and found["format"] == "messaging-organization" and found["version"] == 1


@pytest.mark.parametrize("running", [True, False], ids=["running", "not running"])
def test_an_imported_organization_equals_the_exported_one(exported, tmp_path, running):
    _, full, found, _ = exported
    database = tmp_path / "messaging.sqlite"
    if running:
        other = {"MESSAGING_BOOTSTRAP_CLIENT_ID": "another"}
        server = conformance.Server(database, conformance.bootstrap(other)).start()
    answer = administer("import", full, database=database)
    assert (answer["clients"], answer["integrations"]) == ([], [])
    assert answer["id"] == document(full)["organization"]["id"]
    if not running:
        server = conformance.Server(database).start()
    caller = signed_in(server)
    assert everything(caller) == found
    (tmp_path / "again").mkdir()
    administer("export", tmp_path / "again" / "a.json", "--with-secrets", "--organization", answer["id"], database=database)
    again, before = document(tmp_path / "again" / "a.json"), document(full)
    for each in (again, before):
        del each["dateExported"]
    assert again == before
    history = caller.get(CHANGES).json()["entities"]
    assert {change["operation"] for change in history} == {"import"}
    assert caller.patch(f"{SETTINGS}/{before['settings'][0]['id']}", {"name": "Goes on"}).status == 200
    assert server.stop() == 0


def test_missing_secrets_are_generated_and_shown_once(exported, tmp_path):
    plain, _, found, _ = exported
    with conformance.serving(tmp_path / "messaging.sqlite") as server:
        done = run("import", plain, "--database", server.database, "--json")
        answer = json.loads(done.stdout)
        [client] = answer["clients"]
        assert client["was"] == conformance.CLIENT_ID != client["id"]
        for integration in answer["integrations"]:
            conformance.CANARIES.learn(integration["secretToken"])
        caller = Caller(server, conformance.token(server, client["id"], client["secret"]))
        settings, profiles, integrations, *defaults = everything(caller)
        assert [settings, profiles, *defaults] == [found[0], found[1], *found[3:]]
        assert {each["id"] for each in answer["integrations"]} == {each["id"] for each in integrations}
        for before, after in zip(found[2], integrations):
            assert after == {name: value for name, value in before.items() if name != "webhookHeaders"}
        listed = administer("clients", "list", "--organization", answer["id"], database=server.database)
        assert [each["id"] for each in listed] == [client["id"]]


def test_an_existing_organization_needs_another_id(exported, tmp_path):
    plain, full, _, _ = exported
    database = tmp_path / "messaging.sqlite"
    administer("import", full, database=database)
    before = (tmp_path / "messaging.sqlite").read_bytes()
    done = run("import", full, "--database", database)
    assert done.returncode == 1 and "--new-id" in done.stderr and done.stderr.count("\n") == 1
    assert (tmp_path / "messaging.sqlite").read_bytes()[100:] == before[100:]
    answer = administer("import", full, "--new-id", database=database)
    assert answer["id"] != document(full)["organization"]["id"]
    [client] = answer["clients"]
    assert "secret" not in client and client["id"] != client["was"]
    with conformance.serving(database) as server:
        for each in (client["was"], client["id"]):
            caller = Caller(server, conformance.token(server, each, conformance.CLIENT_SECRET))
            assert all(entity["webhookHeaders"] for entity in caller.get(OPEN).json()["entities"])


def broken(document, path, value):
    changed = copy.deepcopy(document)
    *parents, last = path
    place = changed
    for each in parents:
        place = place[each]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return changed


@pytest.mark.parametrize("path, value, words", [
    (["format"], "other", "format must be"), (["version"], 2, "version must be 1"), (["settings"], None, "settings"),
    (["organization", "name"], " ", "organization.name"), (["organization", "id"], "", "organization.id"),
    (["settings", 1, "name"], 7, "settings[1].name"), (["settings", 0, "version"], "x", "settings[0].version"),
    (["supportedContent", 0, "version"], 0, "supportedContent[0].version"),
    (["supportedContent", 0, "mediaTypes"], {"allow": {"inbound": [{"type": "no type"}]}}, "supportedContent[0].mediaTypes.allow.inbound[0].type"),
    (["defaults", "setting"], "unknown", "defaults.setting"),
    (["integrations", 1, "supportedContent", "id"], "unknown", "integrations[1].supportedContent.id"),
    (["integrations", 0, "outboundNotificationWebhookUrl"], "http://a", "integrations[0].outboundNotificationWebhookUrl"),
    (["integrations", 0, "secrets", "webhookHeaders"], {"a b": "c"}, "integrations[0].secrets.webhookHeaders"),
    (["clients", 0, "permissions", 0], "unknown", "clients[0].permissions[0]"),
    (["clients", 0, "secretDigest"], "AB", "clients[0].secretDigest"),
    (["clients", 0, "dateCreated"], "yesterday", "clients[0].dateCreated"),
    (["organization", "name"], "a\nb", "organization.name"), (["clients", 0, "name"], "a\x1b", "clients[0].name"),
    *[(["organization", "id"], id, "organization.id") for id in ("a\r\nb", 'a"', "a b", "é", "..", "default", "x" * 129)],
    *[([list, 0, "id"], id, f"{list}[0].id") for list in ("settings", "supportedContent", "integrations")
      for id in ("a\nb", "a/b", ".", "..", "default")],
    *[(["clients", 0, "id"], id, "clients[0].id") for id in ("", "a:b", "a\nb")],
    *[(["clients", 0, "user"], id, "clients[0].user") for id in ("a\r\nb", "00000000-0000-0000-0000-000000000000")],
    (["settings", 0, "createdBy"], {"id": "a b"}, "settings[0].createdBy.id"),
    (["settings", 0, "updatedBy"], {"name": "x"}, "settings[0].updatedBy.id"),
    (["supportedContent", 0, "modifiedBy"], {"id": "x" * 129}, "supportedContent[0].modifiedBy.id"),
    (["integrations", 0, "recipient"], {"id": "a\n"}, "integrations[0].recipient.id"),
    *[(["settings", 0, "version"], version, "settings[0].version") for version in ("+1", "007", "0", "-1")],
    *[([list, 0, "dateModified"], "2001-01-01T00:00:00.000Z", f"{list}[0].dateModified must not be before")
      for list in ("settings", "supportedContent", "integrations")],
    *[([list, 0, name], "9999-12-31T00:00:00.000Z", f"{list}[0].{name}") for list in ("settings", "integrations")
      for name in ("dateCreated", "dateModified")],
    (["clients", 0, "dateCreated"], "9999-12-31T00:00:00.000Z", "clients[0].dateCreated"),
    (["supportedContent", 0, "mediaTypes"], {"allow": {"inbound": [{"type": f"a/{n}"} for n in range(1001)]}},
     "supportedContent[0].mediaTypes.allow must not have more than 1000 entries"),
    (["settings", 0, "name"], "x" * 257, "settings[0].name")])
def test_an_invalid_document_is_refused_by_the_path_of_the_field(exported, tmp_path, path, value, words):
    _, full, _, folder = exported
    (tmp_path / "in").mkdir()
    changed = tmp_path / "in" / "changed.json"
    changed.write_text(json.dumps(broken(document(full), path, value)))
    done = run("import", changed, "--new-id", "--database", folder / "messaging.sqlite")
    assert done.returncode == 1 and done.stdout == "", done
    [line] = done.stderr.splitlines()
    assert line.startswith(f"messaging-server: {changed}: ") and words in line, line


@pytest.mark.parametrize("list", ["settings", "supportedContent", "integrations", "clients"])
def test_a_repeated_id_is_refused(exported, tmp_path, list):
    _, full, _, folder = exported
    changed = document(full)
    changed[list].append(changed[list][0])
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "changed.json").write_text(json.dumps(changed))
    done = run("import", tmp_path / "in" / "changed.json", "--new-id", "--database", folder / "messaging.sqlite")
    assert done.returncode == 1 and f"{list}[{len(changed[list]) - 1}].id must be unique" in done.stderr, done


def test_unusable_files_are_refused_in_one_line(exported, tmp_path):
    plain, _, _, folder = exported
    before = picture(tmp_path)
    chosen = ("--organization", document(plain)["organization"]["id"])
    for arguments, word in ((("import", tmp_path / "none"), "No such file"), (("import", tmp_path), "not a regular file"),
                            (("export", plain, *chosen), "already"), (("export", tmp_path / "no" / "x", *chosen), "No such file")):
        done = run(*arguments, "--database", folder / "messaging.sqlite")
        assert done.returncode == 1 and done.stderr.count("\n") == 1 and word in done.stderr, done
    (tmp_path / "text").write_text("{")
    done = run("import", tmp_path / "text", "--database", folder / "messaging.sqlite")
    assert done.returncode == 1 and f"{tmp_path / 'text'} is not valid JSON: unexpected end of input" in done.stderr
    (tmp_path / "text").unlink()
    assert picture(tmp_path) == before


def test_a_secret_that_cannot_be_opened_is_not_exported(tmp_path):
    database = tmp_path / "messaging.sqlite"
    with conformance.serving(database, conformance.bootstrap({VARIABLE: new_key()})) as server:
        found = create(signed_in(server))
    lost = {VARIABLE: new_key()} | ACCEPT
    done = run("export", tmp_path / "a.json", "--with-secrets", "--database", database, extra=lost)
    assert done.returncode == 1 and found["id"] in done.stderr and not (tmp_path / "a.json").exists()
    done = run("export", tmp_path / "a.json", "--database", database, extra=lost)
    assert done.returncode == 0 and document(tmp_path / "a.json")["integrations"][0]["id"] == found["id"]


@pytest.mark.parametrize("text", [None, "{", "{}", "whole but one reference"])
def test_a_refused_import_leaves_no_database(exported, tmp_path, text):
    if text is not None:
        (tmp_path / "in").mkdir()
        if text.startswith("whole"):
            text = json.dumps(broken(document(exported[1]), ["defaults", "setting"], "unknown"))
        (tmp_path / "in" / "a.json").write_text(text)
    before = picture(tmp_path)
    done = run("import", tmp_path / "in" / "a.json", "--database", tmp_path / "messaging.sqlite")
    assert done.returncode == 1 and picture(tmp_path) == before, done


def imported(exported, tmp_path, change):
    """Returns the result of importing a changed document, and the database."""
    changed = document(exported[1])
    change(changed)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_text(json.dumps(changed))
    return administer("import", tmp_path / "in" / "a.json", database=tmp_path / "messaging.sqlite"), tmp_path / "messaging.sqlite"


def test_a_client_has_each_permission_once(exported, tmp_path):
    def repeat(found):
        client = found["clients"][0]
        client["permissions"] = client["permissions"][:2] * 100_000
        client["scopes"] = client["scopes"] * 100

    _, database = imported(exported, tmp_path, repeat)
    [client] = administer("clients", "list", database=database)
    before = document(exported[1])["clients"][0]
    assert (client["permissions"], client["scopes"]) == (before["permissions"][:2], before["scopes"])


def test_no_client_has_the_id_unknown(exported, tmp_path):
    """In the log, this id stands for a client that does not exist."""
    answer, database = imported(exported, tmp_path, lambda found: found["clients"][0].update(id="unknown"))
    [changed] = answer["clients"]
    assert changed["was"] == "unknown" != changed["id"] and "secret" not in changed
    assert [client["id"] for client in administer("clients", "list", database=database)] == [changed["id"]]
    done = run("serve", "--port", "0", "--database", tmp_path / "in" / "b.sqlite",
               extra={"MESSAGING_BOOTSTRAP_CLIENT_ID": "unknown"})
    assert done.returncode == 1 and "MESSAGING_BOOTSTRAP_CLIENT_ID" in done.stderr


def test_paths_are_computed_even_in_references(exported, tmp_path):
    def lie(found):
        for each in (found["settings"][0]["createdBy"], found["integrations"][0]["recipient"], found["settings"][0]):
            each["selfUri"] = "https://other.example.com/"

    _, database = imported(exported, tmp_path, lie)
    with conformance.serving(database) as server:
        assert everything(signed_in(server)) == exported[2]


def test_a_client_whose_user_another_one_has_is_refused(exported, tmp_path):
    changed = document(exported[1])
    changed["clients"].append(changed["clients"][0] | {"id": "other"})
    (tmp_path / "a.json").write_text(json.dumps(changed))
    done = run("import", tmp_path / "a.json", "--database", tmp_path / "messaging.sqlite")
    assert done.returncode == 1 and "clients[1].user must be unique in its list" in done.stderr


@pytest.mark.parametrize("most, code", [("6", 0), ("5", 1)])
def test_an_import_without_a_server_has_the_limits_of_the_environment(exported, tmp_path, most, code):
    done = run("import", exported[1], "--database", tmp_path / "messaging.sqlite", extra={"MESSAGING_MAX_OBJECTS": most})
    assert done.returncode == code and ("maximum number of objects" in done.stderr) == (code == 1), done
    assert code == 0 or list(tmp_path.iterdir()) == []
