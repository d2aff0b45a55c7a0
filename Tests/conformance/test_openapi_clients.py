"""Clients that are generated from the document of a running server: they are complete, and every operation works."""

import importlib
import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import conformance
from openapi_calls import CALLS, World

SCRIPTS = Path(sys.executable).parent
COMMITTED = json.loads((Path(__file__).resolve().parents[2] / "openapi.json").read_text())
# The generator's own setting for bodies of other media types: they are sent unchanged.
AS_THEY_ARE = dict.fromkeys(["application/x-ndjson", "application/jsonl", "text/csv"], "application/octet-stream")


def operations(document):
    return {operation["operationId"]: operation for item in document["paths"].values() for operation in item.values()}


def snake(name):
    """A name as the generator writes it in Python: `message_setting_id` for messageSettingId, `if_match` for If-Match."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", re.sub(r"[^A-Za-z0-9]", "_", name)).lower()


def generate(program, *arguments):
    """Runs a generator, which finds the formatters beside it, and returns its output."""
    done = subprocess.run([SCRIPTS / program, *map(str, arguments)], capture_output=True, text=True, timeout=120,
                          stdin=subprocess.DEVNULL, env=conformance.environment() | {
                              "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"})
    assert done.returncode == 0, done
    return done.stdout + done.stderr


class Generated:
    """The client of openapi-python-client and the models of datamodel-code-generator, imported."""

    def __init__(self, document, folder):
        self.document, self.folder = document, folder
        file, settings = folder / "openapi.json", folder / "settings.json"
        file.write_text(json.dumps(document))
        settings.write_text(json.dumps({"content_type_overrides": AS_THEY_ARE}))
        self.client_output = generate("openapi-python-client", "generate", "--path", file, "--config", settings,
                                      "--meta", "none", "--output-path", folder / "generated_client")
        self.models_output = generate("datamodel-codegen", "--input", file, "--input-file-type", "openapi", "--formatters", "builtin",
                                      "--output-model-type", "pydantic_v2.BaseModel", "--output", folder / "generated_models.py")
        sys.path.insert(0, str(folder))
        self.package = importlib.import_module("generated_client")
        self.types = importlib.import_module("generated_client.types")
        self.classes = importlib.import_module("generated_client.models")
        self.models = importlib.import_module("generated_models")
        self.modules = {file.stem: ".".join(file.relative_to(folder).with_suffix("").parts)
                        for file in (folder / "generated_client" / "api").glob("*/*.py") if file.stem != "__init__"}

    def function(self, operation):
        return importlib.import_module(self.modules[snake(operation)]).sync_detailed

    def send(self, operation, body=None, **arguments):
        """Calls an operation; a body of JSON becomes an object of its class, which both generators take it for."""
        if isinstance(body, dict):
            content, = operations(self.document)[operation]["requestBody"]["content"].values()
            name = content["schema"]["$ref"].rsplit("/", 1)[1]
            getattr(self.models, name).model_validate(body)
            body = getattr(self.classes, name).from_dict(body)
        return self.function(operation)(**arguments, **({} if body is None else {"body": body}))


@pytest.fixture(scope="module")
def generated(server, tmp_path_factory):
    document = conformance.Caller(server).get("/openapi.json").json()
    assert document == COMMITTED
    return Generated(document, tmp_path_factory.mktemp("generated"))


@pytest.fixture(scope="module")
def world(generated, server):
    return World(generated, conformance.Tenant(server))


def test_no_generator_warns(generated):
    assert generated.client_output.splitlines() == [f"Generating {generated.folder / 'generated_client'}"]
    assert generated.models_output == ""


def test_every_schema_is_generated(generated):
    schemas = COMMITTED["components"]["schemas"]
    for classes in (generated.classes, generated.models):
        assert [name for name in schemas if not inspect.isclass(getattr(classes, name, None))] == []
    for name, schema in schemas.items():
        assert set(getattr(generated.models, name).model_fields) == {*schema["properties"]}, name


@pytest.mark.parametrize("operation", operations(COMMITTED))
def test_every_operation_and_parameter_is_generated(generated, operation):
    described = operations(COMMITTED)[operation]
    shared = COMMITTED["components"]["parameters"]
    named = [shared[each["$ref"].rsplit("/", 1)[1]] if "$ref" in each else each for each in described.get("parameters", [])]
    names = {snake(each["name"]) for each in named} | {"client"} | ({"body"} if "requestBody" in described else set())
    assert set(inspect.signature(generated.function(operation)).parameters) == names


@pytest.mark.parametrize("operation", operations(COMMITTED))
def test_the_generated_client_calls_every_operation(world, generated, operation):
    assert operation in CALLS, f"openapi_calls.py has no call of {operation}"
    response = generated.send(operation, **{"client": world.client} | CALLS[operation](world))
    if operation == "postOauthToken":
        conformance.CANARIES.learn(response.parsed.access_token)
    described = operations(COMMITTED)[operation]["responses"]
    expected = "200" if "200" in described else "204"
    assert str(int(response.status_code)) == expected, response.content
    content = list(described[expected].get("content", {}).values())
    if not content:
        assert response.parsed is None and response.content == b""
        return
    schema = content[0]["schema"]
    if schema.get("type") == "string":
        assert response.parsed == response.content.decode() != ""
        return
    body = json.loads(response.content)
    assert set(response.parsed.to_dict()) == set(body)
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        assert type(response.parsed) is getattr(generated.classes, name)
        getattr(generated.models, name).model_validate(body)


def test_every_call_is_of_an_existing_operation():
    assert set(CALLS) - set(operations(COMMITTED)) == set()


def test_a_refusal_is_parsed(world, generated):
    response = generated.send("getConversationsMessagingSetting", client=world.client, message_setting_id=conformance.UNKNOWN_ID)
    assert response.status_code == 404 and type(response.parsed) is generated.classes.ErrorBody
    assert response.parsed.code == "not.found" and response.parsed.errors == []
    generated.models.ErrorBody.model_validate_json(response.content)
