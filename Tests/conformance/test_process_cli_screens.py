"""The command line in a shell of a terminal: what a person sees, in the files of `screens`."""

import json
import os
import re
import threading
from pathlib import Path

import pytest

import tmux
from conformance import PATIENCE, until
from gateways import gateway, hosting
from organizationfiles import SETTINGS, caller, changed, cli, exported, organization  # noqa: F401
from test_process_cli_simulate import CSV, PROPOSED, TODAY


@pytest.fixture
def shell(cli, tmp_path):
    with tmux.shell(cli, tmp_path) as session:
        yield session


@pytest.fixture
def settings(caller):
    return [caller.post(SETTINGS, {"name": name}).json() for name in ("Sales", "Support", "Support")]


def names(caller):
    return [setting["name"] for setting in caller.everything(SETTINGS)]


def test_a_name_of_two_objects_is_chosen(shell, settings):
    shell.type("messaging settings get Support --fields name,version")
    shell.wait("Number:")
    shell.type("2")
    assert shell.done() == 0
    shell.shows("choice-of-a-name")


def test_an_object_without_a_name_is_chosen(shell, caller, settings):
    shell.type("messaging settings delete")
    shell.wait("Number:")
    shell.type("7")
    shell.wait("Number:")
    shell.type("1")
    shell.wait(r"\[y/N\]")
    shell.type("y")
    assert shell.done() == 0
    shell.shows("choice-of-an-object")
    assert names(caller) == ["Support", "Support"]


def test_a_deletion_is_refused_and_confirmed(shell, caller):
    caller.post(SETTINGS, {"name": "Support"})
    for answer, code in (("n", 3), ("", 3), ("yes", 0)):
        shell.type("messaging settings delete Support")
        shell.wait(r"\[y/N\]")
        shell.type(answer) if answer else shell.press("Enter")
        assert shell.done() == code
    shell.shows("deletion")
    assert names(caller) == []


def test_an_application_is_refused(shell, caller, changed):
    shell.type("messaging apply organization")
    shell.wait(r"\[y/N\]")
    shell.shows("apply-question")
    shell.type("n")
    assert shell.done() == 3
    shell.shows("apply-refused")
    assert names(caller) == ["Support"]


def test_an_application_is_confirmed(shell, caller, changed):
    shell.type("messaging apply organization")
    shell.wait(r"\[y/N\]")
    shell.type("y")
    assert shell.done() == 0
    shell.shows("apply-confirmed")
    assert sorted(names(caller)) == ["Sales", "Support"]


class Holding:
    """Holds all changes of settings with a method but the first until they may go on. It counts them."""

    def __init__(self, method):
        self.method, self.lock, self.arrived, self.opened = method, threading.Lock(), 0, threading.Event()

    def __call__(self, request):
        if request.command == self.method and request.path.startswith(SETTINGS):
            with self.lock:
                self.arrived += 1
                is_first = self.arrived == 1
            if not is_first:
                self.opened.wait(PATIENCE)


def test_the_progress_of_an_application(cli, tenant, caller, exported, tmp_path):
    for name in ("Sales", "Service"):
        (exported / f"settings/{name}.yaml").write_text(f"name: {name}\n")
    held = Holding("POST")
    with hosting(gateway(tenant.server.url, held)) as url, tmux.shell(cli, tmp_path, MESSAGING_URL=url) as shell:
        shell.type("messaging apply organization --yes")
        shell.wait("1 of 2 steps.*")
        shell.shows("apply-progress")
        held.opened.set()
        assert shell.done() == 0
        shell.shows("apply-done")
    assert names(caller) == ["Sales", "Service", "Support"]


def test_an_application_is_stopped(cli, tenant, caller, exported, tmp_path):
    for number in range(11):
        caller.post(SETTINGS, {"name": f"Setting {number + 1:02}"})
    held = Holding("DELETE")
    with hosting(gateway(tenant.server.url, held)) as url, tmux.shell(cli, tmp_path, MESSAGING_URL=url) as shell:
        shell.type("messaging apply organization --prune --yes")
        shell.wait("1 of 11 steps.*")
        until(lambda: held.arrived == 9)  # eight at a time
        shell.press("C-c")
        shell.wait("at once\\.")
        held.opened.set()
        assert shell.done() == 3
        shell.shows("apply-stopped")
    assert len(names(caller)) == 3


def test_the_progress_of_a_simulation(shell, tmp_path):
    for name, profile in (("now", TODAY), ("new", PROPOSED)):
        (tmp_path / f"{name}.json").write_text(json.dumps(profile))
    os.mkfifo(tmp_path / "log")
    log = os.open(tmp_path / "log", os.O_RDWR)
    os.write(log, CSV.encode())
    shell.type("messaging simulate log --profile-file now.json --profile-file new.json")
    shell.wait("MiB.*")
    shell.shows("simulate-progress")
    os.close(log)
    assert shell.done() == 0
    shell.shows("simulate-done")


@pytest.fixture
def editing(cli, tmp_path):
    """Returns a shell whose editor runs sed with a script for each time that it is started."""
    def start(*scripts):
        editor = tmp_path / "editor"
        cases = "".join(f"{place}) sed -i '{script}' \"$1\";; " for place, script in enumerate(scripts, 1))
        editor.write_text(f"#!/bin/bash\necho >> {tmp_path}/times\ncase $(wc -l < {tmp_path}/times) in {cases}esac\n")
        editor.chmod(0o755)
        (tmp_path / "temporary").mkdir()
        return tmux.shell(cli, tmp_path, EDITOR=str(editor), TMPDIR=str(tmp_path / "temporary"))
    return start


def test_an_edited_object_is_changed(editing, caller, organization):
    with editing("s/Enabled/Disabled/; s/Support/Help/") as shell:
        shell.type("messaging settings edit Support --fields name,event.typing.on.inbound")
        shell.wait(r"\[y/N\]")
        shell.type("y")
        assert shell.done() == 0
        shell.shows("edit")
    assert names(caller) == ["Help"]


def test_a_fault_is_edited_again(editing, caller, organization):
    with editing("s/inbound/inbond/", "s/inbond.*/inbound: Enabeld/", "s/inbound.*/inbound: Disabled/") as shell:
        shell.type("messaging settings edit Support --fields name,event.typing.on.inbound")
        for question in (r"Edit again\?", r"\)\?", r"Edit again\?", r"\)\?"):
            shell.wait(rf"{question} \[y/N\]")
            shell.type("y")
        assert shell.done() == 0
        shell.shows("edit-again")
    assert caller.everything(SETTINGS)[0]["event"]["typing"]["on"]["inbound"] == "Disabled"


def test_a_restoration_is_confirmed(shell, caller, organization):
    caller.patch(f"{SETTINGS}/{caller.everything(SETTINGS)[0]['id']}", {"event": None})
    shell.type("messaging settings restore Support --fields name,event.typing.on.inbound")
    shell.wait(r"\[y/N\]")
    shell.type("y")
    assert shell.done() == 0
    shell.shows("restore")


def test_a_drift_is_watched(shell, caller, changed, exported):
    shell.type("messaging drift organization --watch 1s")
    shell.wait(r"the same\.")
    caller.post(SETTINGS, {"name": "Service"})
    shell.wait(r"1 only in the organization.*the same\.")
    shell.press("C-c")
    assert shell.done() == 130
    shell.shows("drift-watch")


def test_the_history_is_watched(shell, caller, settings):
    shell.type("messaging history --watch --interval 1s --kind settings --limit 2")
    shell.wait("created")
    caller.patch(f"{SETTINGS}/{settings[0]['id']}", {"name": "Sales and service"})
    shell.wait('Sales and.*')
    shell.press("C-c")
    assert shell.done() == 0
    shell.shows("history-watch")


def test_a_login_shows_no_secret(shell, tenant):
    shell.type(f"messaging login --profile local --url {tenant.server.url} --client-id \\")
    shell.wait(">")
    shell.type(f"{tenant.client['id']}")
    shell.wait("Secret:")
    shell.type_secret(tenant.client["secret"])
    assert shell.done() == 0
    shell.shows("login")


def test_every_file_is_a_screen_of_a_test():
    assert {file.stem for file in tmux.SCREENS.iterdir()} == set(re.findall(r'shows\("(.*?)"\)', Path(__file__).read_text()))
