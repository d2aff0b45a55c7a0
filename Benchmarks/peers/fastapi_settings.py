"""Messaging settings with FastAPI and SQLite, written as FastAPI's documentation advises: SQLModel, a session for each request by
`Depends`, plain functions as operations, models for what is read and written, OAuth2 tokens as dependencies. Equally durable as the
server that it is measured beside: a write-ahead log that is written to the disk before an answer."""

import hashlib
import hmac
import os
import secrets
import time
import uuid
from datetime import datetime, timezone
from typing import Annotated

from fastapi import Depends, FastAPI, Form, HTTPException, Query
from fastapi.security import HTTPAuthorizationCredentials, HTTPBasic, HTTPBasicCredentials, HTTPBearer
from sqlalchemy import JSON, Column, Index, event, func
from sqlmodel import Field, Session, SQLModel, create_engine, select

PATH = "/api/v2/conversations/messaging/settings"
#: As many as requests that are answered at a time: one that waits for a connection has a thread that another one waits for.
CONNECTIONS = 256
engine = create_engine(f"sqlite:///{os.environ['BENCH_DATABASE']}", pool_size=CONNECTIONS,
                       connect_args={"check_same_thread": False, "timeout": 30})


@event.listens_for(engine, "connect")
def set_pragmas(connection, _):
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


class Client(SQLModel, table=True):
    id: str = Field(primary_key=True)
    organization: str
    secret_digest: str
    user: str
    permissions: list[str] = Field(sa_column=Column(JSON))


class Token(SQLModel, table=True):
    digest: str = Field(primary_key=True)
    client: str = Field(foreign_key="client.id")
    expires: float


class Setting(SQLModel, table=True):
    __table_args__ = (Index("setting_order", "organization", "name", "id"),)
    id: str = Field(primary_key=True)
    organization: str
    name: str
    date_created: str
    date_modified: str
    version: int
    created_by: str
    updated_by: str
    content: dict | None = Field(sa_column=Column(JSON))
    event: dict | None = Field(sa_column=Column(JSON))


class Entity(SQLModel):
    id: str
    selfUri: str


class SettingRequest(SQLModel):
    name: str = Field(min_length=1, max_length=256)
    content: dict | None = None
    event: dict | None = None


class SettingPatch(SQLModel):
    name: str | None = Field(default=None, min_length=1, max_length=256)
    content: dict | None = None
    event: dict | None = None


class SettingPublic(SQLModel):
    id: str
    name: str
    dateCreated: str
    dateModified: str
    version: str
    createdBy: Entity
    updatedBy: Entity
    content: dict | None = None
    event: dict | None = None
    selfUri: str


class SettingListing(SQLModel):
    entities: list[SettingPublic]
    pageSize: int
    pageNumber: int
    total: int
    pageCount: int
    firstUri: str
    lastUri: str
    selfUri: str
    nextUri: str | None = None
    previousUri: str | None = None


def get_session():
    with Session(engine) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session)]


def digest(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


def get_caller(session: SessionDep, given: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]):
    """The client whose token it is."""
    token = session.get(Token, digest(given.credentials))
    client = session.get(Client, token.client) if token and token.expires > time.time() else None
    if client is None:
        raise HTTPException(401, "bad credentials")
    return client


def needs(permission):
    def check(caller: Annotated[Client, Depends(get_caller)]):
        if permission not in caller.permissions:
            raise HTTPException(403, "not allowed")
        return caller
    return Annotated[Client, Depends(check)]


app = FastAPI()


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def user(id):
    return Entity(id=id, selfUri=f"/api/v2/users/{id}")


def public(setting):
    return SettingPublic(
        id=setting.id, name=setting.name, dateCreated=setting.date_created, dateModified=setting.date_modified,
        version=str(setting.version), createdBy=user(setting.created_by), updatedBy=user(setting.updated_by),
        content=setting.content, event=setting.event, selfUri=f"{PATH}/{setting.id}")


def find(session, caller, id):
    setting = session.get(Setting, id)
    if setting is None or setting.organization != caller.organization:
        raise HTTPException(404, "not found")
    return setting


@app.post("/oauth/token")
def issue_token(session: SessionDep, shown: Annotated[HTTPBasicCredentials, Depends(HTTPBasic())],
                grant_type: Annotated[str, Form(pattern="^client_credentials$")]):
    client = session.get(Client, shown.username)
    if client is None or not hmac.compare_digest(client.secret_digest, digest(shown.password)):
        raise HTTPException(400, "invalid_client")
    token = secrets.token_hex(36)
    session.add(Token(digest=digest(token), client=client.id, expires=time.time() + 86_400))
    session.commit()
    return {"access_token": token, "token_type": "bearer", "expires_in": 86_400}


@app.get(PATH, response_model=SettingListing, response_model_exclude_none=True)
def list_settings(session: SessionDep, caller: needs("messaging:setting:view"),
                  pageSize: Annotated[int, Query(ge=1, le=100)] = 25, pageNumber: Annotated[int, Query(ge=1)] = 1):
    of_caller = Setting.organization == caller.organization
    total = session.exec(select(func.count()).select_from(Setting).where(of_caller)).one()
    settings = session.exec(select(Setting).where(of_caller).order_by(Setting.name, Setting.id)
                            .offset((pageNumber - 1) * pageSize).limit(pageSize)).all()
    count = -(-total // pageSize)

    def uri(number):
        return f"{PATH}?pageSize={pageSize}&pageNumber={number}"

    return SettingListing(
        entities=[public(setting) for setting in settings], pageSize=pageSize, pageNumber=pageNumber, total=total,
        pageCount=count, firstUri=uri(1), lastUri=uri(max(count, 1)), selfUri=uri(pageNumber),
        nextUri=uri(pageNumber + 1) if pageNumber < count else None,
        previousUri=uri(pageNumber - 1) if pageNumber > 1 else None)


@app.get(PATH + "/{id}", response_model=SettingPublic, response_model_exclude_none=True)
def get_setting(id: str, session: SessionDep, caller: needs("messaging:setting:view")):
    return public(find(session, caller, id))


@app.post(PATH, response_model=SettingPublic, response_model_exclude_none=True)
def create_setting(request: SettingRequest, session: SessionDep, caller: needs("messaging:setting:add")):
    moment = now()
    setting = Setting(id=str(uuid.uuid4()), organization=caller.organization, date_created=moment, date_modified=moment,
                      version=1, created_by=caller.user, updated_by=caller.user, **request.model_dump())
    session.add(setting)
    session.commit()
    session.refresh(setting)
    return public(setting)


@app.patch(PATH + "/{id}", response_model=SettingPublic, response_model_exclude_none=True)
def update_setting(id: str, patch: SettingPatch, session: SessionDep, caller: needs("messaging:setting:edit")):
    setting = find(session, caller, id)
    setting.sqlmodel_update(patch.model_dump(exclude_unset=True))
    setting.version += 1
    setting.date_modified, setting.updated_by = now(), caller.user
    session.add(setting)
    session.commit()
    session.refresh(setting)
    return public(setting)


def begin():
    """Makes the tables, and the clients that the environment names: as many organizations, each with one."""
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        for id in os.environ["BENCH_CLIENTS"].split(","):
            if session.get(Client, id) is None:
                session.add(Client(id=id, organization=str(uuid.uuid4()), user=str(uuid.uuid4()),
                                   secret_digest=digest(os.environ["BENCH_SECRET"]),
                                   permissions=["messaging:setting:" + verb for verb in ("view", "add", "edit")]))
        session.commit()


begin()
