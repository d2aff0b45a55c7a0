"""The command edit: the document in the editor, what a change of it does, and what happens when something goes wrong."""

import json
import shutil
import subprocess

import pytest

import conformance
from commandline import golden
from conformance import CANARIES
from editing import (DOCUMENT, INTEGRATIONS, PROFILES, SETTINGS, TYPING, caller, cli, editor, kept, no_file_stays,  # noqa: F401
                     support)
from gateways import gateway, hosting


def test_a_change_in_the_editor_is_made(cli, caller, support, editor):
    script = editor('sed -i s/Disabled/Enabled/ "$1"')
    assert "event.typing.on.outbound\tEnabled\n" in cli.output("settings", "edit", "Support", "--yes", EDITOR=str(script))
    assert script.seen() == DOCUMENT
    changed = caller.get(f"{SETTINGS}/{support['id']}").json()
    assert (changed["event"]["typing"]["on"], changed["version"]) == ({"inbound": "Enabled", "outbound": "Enabled"}, "2")


def test_the_file_is_private(cli, support, editor, tmp_path):
    script = editor("true")
    cli.output("settings", "edit", "Support", "--yes", EDITOR=str(script))
    (mode, file), (folder_mode, folder) = (line.split() for line in (tmp_path / "modes").read_text().splitlines())
    assert (mode, folder_mode) == ("600", "700")
    assert file == f"{folder}/settings.yaml" and folder.startswith(f"{tmp_path}/temporary/messaging-edit-")


def test_json_is_edited_with_its_option(cli, caller, support, editor):
    script = editor('sed -i s/Support/Renamed/ "$1"')
    changed = json.loads(cli.output("settings", "edit", "Support", "--yes", "-o", "json", EDITOR=str(script)))
    assert json.loads(script.seen()) == {"name": "Support", "event": TYPING}
    assert changed == caller.get(f"{SETTINGS}/{support['id']}").json() and changed["name"] == "Renamed"


def test_a_removed_member_is_cleared(cli, caller, support, editor):
    for remove, left in (("/outbound/d", {"typing": {"on": {"inbound": "Enabled"}}}), ("/event/,\\$d", None)):
        cli.output("settings", "edit", "Support", "--yes", EDITOR=str(editor(f'sed -i "{remove}" "$1"')))
        assert caller.get(f"{SETTINGS}/{support['id']}").json().get("event") == left


def test_a_list_is_replaced_as_a_whole(cli, caller, editor):
    profile = caller.post(PROFILES, {"name": "P", "mediaTypes": {"allow": {"inbound": [{"type": "image/*"}], "outbound": [{"type": "a/b"}]}}}).json()
    cli.output("supported-content", "edit", "P", "--yes", EDITOR=str(editor('sed -i -e "s/image/audio/" -e "/outbound/,\\$d" "$1"')))
    assert caller.get(f"{PROFILES}/{profile['id']}").json()["mediaTypes"] == {"allow": {"inbound": [{"type": "audio/*"}]}}


@pytest.mark.parametrize("script", ["true", 'echo "# a comment" >> "$1"', 'sed -i s/\\"//g "$1"'])
def test_an_unchanged_document_changes_nothing(cli, caller, support, editor, script):
    assert "name\tSupport" in cli.output("settings", "edit", "Support", "--yes", EDITOR=str(editor(script)))
    assert caller.get(f"{SETTINGS}/{support['id']}").json() == support
    code, shown = cli.at_a_terminal("settings", "edit", "Support", EDITOR=str(editor(script)))
    assert code == 0 and "There is nothing to change.\n" in shown


def test_an_empty_document_cancels(cli, caller, support, editor):
    for script in ('> "$1"', 'echo "# nothing" > "$1"', 'echo "{}" > "$1"'):
        error = cli.refusal(3, "settings", "edit", "Support", "--yes", EDITOR=str(editor(script)))
        assert error == "messaging: the document is empty, and nothing was changed\n"
    assert caller.get(f"{SETTINGS}/{support['id']}").json() == support


def test_a_dry_run_changes_nothing(cli, caller, support, editor):
    done = cli.run("settings", "edit", "Support", "--dry-run", EDITOR=str(editor('sed -i -e s/Support/New/ -e /inbound/d "$1"')))
    assert (done.returncode, done.stdout) == (2, '~ name: "Support" -> "New"\n- event.typing.on.inbound: "Enabled"\n')
    assert caller.get(f"{SETTINGS}/{support['id']}").json() == support


def test_without_a_terminal_a_change_must_be_confirmed(cli, caller, support, editor):
    script = editor('sed -i s/Support/New/ "$1"')
    error = cli.refusal(3, "settings", "edit", "Support", EDITOR=str(script))
    assert error == "messaging: nobody can be asked to confirm the change\nnext: Repeat the command with --yes or --dry-run.\n"
    assert script.times == 0, "the editor must not be started in vain"
    assert caller.get(f"{SETTINGS}/{support['id']}").json() == support


def test_a_person_confirms_the_differences(cli, caller, support, editor, kept):
    script = str(editor('sed -i s/Support/New/ "$1"'))
    code, shown = cli.at_a_terminal("settings", "edit", "Support", entered="no\n", EDITOR=script)
    assert code == 3 and '~ name: "Support" -> "New"\nChange the setting "Support" (' in shown
    assert kept(shown)[1] == DOCUMENT.replace("Support", "New")
    code, shown = cli.at_a_terminal("settings", "edit", "Support", entered="y\n", EDITOR=script)
    assert code == 0 and "Changed the setting" in shown
    assert caller.get(f"{SETTINGS}/{support['id']}").json()["name"] == "New"


FAULTS = {
    'sed -i "s/inbound:/inbond:/" "$1"':
        'messaging: line 6: there is no field "inbond" in event.typing.on\nnext: Did you mean event.typing.on.inbound?\n',
    'echo "version: 7" >> "$1"': "messaging: line 8: version cannot be written\nnext: The API sets it.\n",
    'echo "name: [" >> "$1"': "messaging: line 9, column 1: ",
    'echo "	x" >> "$1"': "messaging: line 8, column 1: ",
    'sed -i "s/name: .*/name: 3/" "$1"': "messaging: line 2: ",
    'sed -i "/name: /d" "$1"': "messaging: name is required\n",
    'echo "- a" > "$1"': "messaging: the document must be an object of fields\n",
    'sed -i "s/Support/ /2; s/name: .*/name: \\" \\"/" "$1"': "messaging: name must not be blank",
}


@pytest.mark.parametrize("script", FAULTS)
def test_a_fault_is_shown_with_its_line(cli, caller, support, editor, kept, script):
    error = kept(cli.refusal(1, "settings", "edit", "Support", "--yes", EDITOR=str(editor(script))))[0]
    assert error.startswith(FAULTS[script]), error
    assert caller.get(f"{SETTINGS}/{support['id']}").json() == support


def test_a_fault_in_json_is_shown_with_its_line(cli, support, editor, tmp_path):
    for script, words in (('sed -i "s/inbound/inbond/" "$1"', "line 6: there is no field"), ('sed -i "s/: {/ {/" "$1"', "line 3, column 11: ")):
        message = json.loads(cli.refusal(1, "settings", "edit", "Support", "--yes", "-o", "json", EDITOR=str(editor(script))))["message"]
        [folder] = (tmp_path / "temporary").iterdir()
        assert words in message and message.endswith(f": the edited text is kept in {folder}/settings.json")
        shutil.rmtree(folder)


def test_at_a_terminal_a_fault_can_be_edited_again(cli, caller, support, editor):
    script = editor('if [ $n = 1 ]; then sed -i s/name:/nmae:/ "$1"; else sed -i "s/nmae: .*/name: Mended/" "$1"; fi')
    code, shown = cli.at_a_terminal("settings", "edit", "Support", entered="y\ny\n", EDITOR=str(script))
    assert code == 0 and 'line 2: there is no field "nmae"' in shown and "Edit again? [y/N]" in shown
    assert script.seen(2) == DOCUMENT.replace("name:", "nmae:")
    assert caller.get(f"{SETTINGS}/{support['id']}").json()["name"] == "Mended"


def test_a_person_need_not_edit_again(cli, support, editor, kept):
    script = editor('sed -i s/name:/nmae:/ "$1"')
    code, shown = cli.at_a_terminal("settings", "edit", "Support", entered="n\n", EDITOR=str(script))
    assert (code, script.times) == (3, 1) and "messaging: nothing was changed\n" in shown
    assert kept(shown)[1] == DOCUMENT.replace("name:", "nmae:")


def between(cli, changes, tags=True):
    """A gateway that calls one of the changes before each PATCH, and refuses the PATCH if that returns a status. Without tags it sends and
    checks none."""
    waiting = list(changes)

    def before(request):
        if request.command == "PATCH":
            assert ("If-Match" in request.headers) == tags
            return waiting.pop(0)() if waiting else None

    def after(response):
        if not tags:
            del response.headers["ETag"]

    return hosting(gateway(cli.environment["MESSAGING_URL"], before, after))


CONFLICT = '''  changed by another client:
    ~ event.typing.on.inbound: "Enabled" -> "Disabled"
  changed in the editor:
    ~ name: "Support" -> "Mine"
next: Another client has changed the object. Look at it, and repeat the command.
'''


def theirs(caller, support):
    def change():
        caller.patch(f"{SETTINGS}/{support['id']}", {"event": {"typing": {"on": {"inbound": "Disabled"}}}})
    return change


def test_a_conflict_shows_both_changes(cli, caller, support, editor, kept):
    script = editor('sed -i s/Support/Mine/ "$1"')
    with between(cli, [theirs(caller, support)]) as url:
        error = cli.refusal(1, "settings", "edit", "Support", "--yes", EDITOR=str(script), MESSAGING_URL=url)
    error, text = kept(error)
    assert CONFLICT in error and text == DOCUMENT.replace("Support", "Mine")
    assert caller.get(f"{SETTINGS}/{support['id']}").json()["name"] == "Support"


def test_a_conflict_can_be_edited_again_upon_the_new_version(cli, caller, support, editor):
    script = editor('[ $n = 1 ] && sed -i s/Support/Mine/ "$1"; true')
    with between(cli, [theirs(caller, support)]) as url:
        code, shown = cli.at_a_terminal("settings", "edit", "Support", entered="y\ny\ny\n", EDITOR=str(script), MESSAGING_URL=url)
    assert code == 0 and CONFLICT in shown
    assert script.seen(2) == DOCUMENT.replace('name: "Support"', 'name: "Mine"').replace('inbound: "Enabled"', 'inbound: "Disabled"')
    changed = caller.get(f"{SETTINGS}/{support['id']}").json()
    assert (changed["name"], changed["event"]["typing"]["on"], changed["version"]) == ("Mine", {"inbound": "Disabled", "outbound": "Disabled"}, "3")


REFUSALS = {401: 4, 403: 4, 404: 1, 409: 1, 429: 1, 500: 1, 503: 1, 0: 1}


@pytest.mark.parametrize("status", REFUSALS)
def test_no_refusal_loses_the_text(cli, caller, support, editor, kept, status):
    script = editor('sed -i s/Support/Mine/ "$1"')
    with between(cli, [lambda: status] * 20) as url:
        error, text = kept(cli.refusal(REFUSALS[status], "settings", "edit", "Support", "--yes", EDITOR=str(script), MESSAGING_URL=url))
    assert text == DOCUMENT.replace("Support", "Mine")
    assert status == 0 or f"status {status}" in error
    assert caller.get(f"{SETTINGS}/{support['id']}").json() == support


@pytest.mark.parametrize("status", [403, 404, 409])
def test_after_a_refusal_a_person_can_edit_again(cli, caller, support, editor, status):
    script = editor('[ $n = 1 ] && sed -i s/Support/Mine/ "$1"; true')
    with between(cli, [lambda: status]) as url:
        code, shown = cli.at_a_terminal("settings", "edit", "Support", entered="y\ny\ny\n", EDITOR=str(script), MESSAGING_URL=url)
    assert code == 0 and f"status {status}" in shown and "Edit again? [y/N]" in shown
    assert script.seen(2) == DOCUMENT.replace("Support", "Mine")
    assert caller.get(f"{SETTINGS}/{support['id']}").json()["name"] == "Mine"


OWN = '''  changed in the editor:
    ~ name: "Support" -> "Mine"
'''


def test_the_deletion_of_the_object_shows_the_own_changes(cli, caller, support, editor, kept):
    script = editor('sed -i s/Support/Mine/ "$1"')
    with between(cli, [lambda: caller.delete(f"{SETTINGS}/{support['id']}") and None]) as url:
        error, text = kept(cli.refusal(5, "settings", "edit", "Support", "--yes", EDITOR=str(script), MESSAGING_URL=url))
    assert OWN in error and text == DOCUMENT.replace("Support", "Mine")


def test_a_deletion_during_a_conflict_shows_the_own_changes(cli, caller, support, editor, kept):
    script = editor('sed -i s/Support/Mine/ "$1"')

    def conflict():
        caller.delete(f"{SETTINGS}/{support['id']}")
        return 412

    with between(cli, [conflict]) as url:
        error = kept(cli.refusal(5, "settings", "edit", "Support", "--yes", EDITOR=str(script), MESSAGING_URL=url))[0]
    assert OWN in error


def test_an_editor_that_breaks_down_loses_no_text(cli, support, editor, kept):
    for end, words in (("exit 1", "ended with the exit code 1"), ("kill -9 $PPID; sleep 1", "was ended by the signal 9")):
        script = editor(f'sed -i s/Support/Mine/ "$1"; {end}')
        error, text = kept(cli.run("settings", "edit", "Support", "--yes", EDITOR=str(script)).stderr)
        assert words in error and text == DOCUMENT.replace("Support", "Mine")


def test_a_host_without_tags_is_read_again_before_the_change(cli, caller, support, editor, tmp_path, kept):
    hold = tmp_path / "theirs"
    script = editor(f'sed -i s/Support/Mine/ "$1"; touch {hold}; until [ -e {hold}.done ]; do sleep 0.02; done')
    with between(cli, [], tags=False) as url:
        process = subprocess.Popen([cli.program, "settings", "edit", "Support", "--yes"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True, env=cli.environment | {"EDITOR": str(script), "MESSAGING_URL": url})
        conformance.until(hold.exists)
        theirs(caller, support)()
        (tmp_path / "theirs.done").touch()
        output, error = process.communicate(timeout=conformance.PATIENCE)
    assert (process.returncode, output) == (1, "") and CONFLICT.split("next:")[0] in kept(error)[0]
    assert caller.get(f"{SETTINGS}/{support['id']}").json()["name"] == "Support"


def secret_of(what):
    secret = conformance.new_secret(what)
    CANARIES.learn(secret, places=(conformance.INTEGRATION_CHANGES, conformance.INTEGRATION_READS))
    return secret


INTEGRATION = '''# The integration "App". A field that you remove is cleared. An empty file changes nothing.
# Secrets are redacted. As they are here, they stay unchanged.
name: "App"
supportedContent:
  id: "ID"
outboundNotificationWebhookUrl: "https://messaging.example.com/o"
webhookHeaders:
  X-Key: "redacted"
  X-Other: "redacted"
'''


@pytest.fixture
def integration(caller):
    created = caller.post(INTEGRATIONS, {
        "name": "App", "outboundNotificationWebhookUrl": "https://messaging.example.com/o", "outboundNotificationWebhookSignatureSecretToken": secret_of("token"),
        "webhookHeaders": {"X-Key": secret_of("header"), "X-Other": secret_of("header")}}).json()
    conformance.until(lambda: caller.everything(INTEGRATIONS)[0]["createStatus"] == "Completed")
    return caller.get(f"{INTEGRATIONS}/{created['id']}").json()


def test_secrets_are_not_in_the_file_and_stay(cli, caller, integration, editor):
    script = editor('sed -i s/App/Renamed/ "$1"')
    shown = cli.output("integrations", "edit", "App", "--yes", EDITOR=str(script))
    assert golden(script.seen()) == INTEGRATION
    [changed] = caller.everything(INTEGRATIONS)
    assert (changed["name"], changed["webhookHeaders"]) == ("Renamed", integration["webhookHeaders"])
    assert not any(secret in script.seen() + shown for secret in integration["webhookHeaders"].values())


def test_secrets_can_be_replaced_or_cleared_as_a_whole(cli, caller, integration, editor, kept):
    header = secret_of("header")
    for script in ('sed -i "/X-Key/d" "$1"', f'sed -i "s/X-Key: .*/X-Key: {header}/" "$1"'):
        error = kept(cli.refusal(1, "integrations", "edit", "App", "--yes", EDITOR=str(editor(script))))[0]
        assert error == ("messaging: line 7: webhookHeaders has redacted values\n"
                         "next: Write all of its values, or leave it as it was.\n")
    done = cli.run("integrations", "edit", "App", "--yes", EDITOR=str(editor(f'sed -i -e "s/X-Key: .*/X-Key: {header}/" -e /X-Other/d "$1"')))
    assert done.returncode == 0 and header not in done.stdout + done.stderr
    assert caller.everything(INTEGRATIONS)[0]["webhookHeaders"] == {"X-Key": header}
    cli.output("integrations", "edit", "App", "--yes", EDITOR=str(editor('sed -i "/webhookHeaders/,\\$d" "$1"')))
    assert "webhookHeaders" not in caller.everything(INTEGRATIONS)[0]
