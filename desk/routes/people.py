"""`/v1/agents` and `/v1/tokens`: who may log in and call, for admins."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from desk.people.access import Role, Scope
from desk.people.agents import NewAgent
from desk.people.passwords import one_time_password
from desk.routes.access import AdminOf, PeopleOf
from desk.routes.sessions import ShopRole
from desk.storage.agents import Agent

router = APIRouter(prefix="/v1", tags=["people"], responses={401: {}, 403: {}, 404: {}})

_Name = Annotated[str, Field(min_length=1, max_length=64)]
_Title = Annotated[str, Field(max_length=100)]
_Password = Annotated[str, Field(max_length=1000, json_schema_extra={"format": "password"})]
AgentId = Annotated[str, Path(max_length=200)]
ShopId = Annotated[str, Path(max_length=200)]


class AgentAnswer(BaseModel):
    """Somebody who may log in."""

    id: str
    name: str
    admin: bool
    must_change: bool
    disabled: bool
    made_at: datetime
    shops: list[ShopRole]


class NewAgentAnswer(AgentAnswer):
    """An agent just added; `password` is the one-time password that was made for them, shown this once."""

    password: str | None


class AgentRequest(BaseModel):
    """Somebody to be added, with the password for their first login; without one it is made and told once."""

    model_config = ConfigDict(extra="forbid")

    id: _Name
    password: _Password | None = None
    name: _Title = ""
    admin: bool = False


class AgentChange(BaseModel):
    """What is to be different; null stays as it is."""

    model_config = ConfigDict(extra="forbid")

    name: _Title | None = None
    admin: bool | None = None
    disabled: bool | None = None


class PasswordReset(BaseModel):
    """A password for the agent's next login, at which they must change it; without one it is made and told once."""

    model_config = ConfigDict(extra="forbid")

    password: _Password | None = None


class PasswordAnswer(BaseModel):
    """The one-time password that was made, shown this once; null when the request brought one."""

    password: str | None


class Membership(BaseModel):
    """What an agent is in a shop."""

    model_config = ConfigDict(extra="forbid")

    role: Role


class TokenRequest(BaseModel):
    """A token to be made."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=100)]
    shop: Annotated[str, Field(max_length=200)]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=20)]


class TokenAnswer(BaseModel):
    """What is known of a token."""

    id: str
    name: str
    shop: str
    scopes: list[str]
    made_at: datetime
    ended_at: datetime | None


class NewTokenAnswer(TokenAnswer):
    """A token just made; `secret` is shown this once."""

    secret: str


@router.get("/agents", response_model=list[AgentAnswer])
def list_agents(people: PeopleOf, admin: AdminOf) -> list[AgentAnswer]:  # noqa: ARG001 - lets admins pass
    """Every agent."""
    return [_agent(agent) for agent in people.agents.all()]


@router.post("/agents", response_model=NewAgentAnswer, status_code=201)
def add_agent(
    request: AgentRequest,
    response: Response,
    people: PeopleOf,
    admin: AdminOf,  # noqa: ARG001 - as above
) -> NewAgentAnswer:
    """Add an agent, who must change the password at the first login."""
    made = None if request.password else one_time_password()
    added = people.agents.add(NewAgent(request.id, request.password or made or "", request.name, request.admin))
    response.headers["Cache-Control"] = "no-store"
    return NewAgentAnswer(**_agent(added).model_dump(), password=made)


@router.patch("/agents/{agent}", response_model=AgentAnswer)
def change_agent(agent: AgentId, change: AgentChange, people: PeopleOf, admin: AdminOf) -> AgentAnswer:
    """Rename, disable or enable an agent, or make one an admin. A disabled agent's sessions end at once."""
    changed = people.agents.change(
        agent, admin.actor, display=change.name, admin=change.admin, disabled=change.disabled
    )
    return _agent(changed)


@router.post("/agents/{agent}/password", response_model=PasswordAnswer)
def reset_password(
    agent: AgentId,
    reset: PasswordReset,
    response: Response,
    people: PeopleOf,
    admin: AdminOf,  # noqa: ARG001 - as above
) -> PasswordAnswer:
    """Give an agent a new password; their sessions end."""
    made = None if reset.password else one_time_password()
    people.agents.set_password(agent, reset.password or made or "")
    response.headers["Cache-Control"] = "no-store"
    return PasswordAnswer(password=made)


@router.put("/agents/{agent}/shops/{shop}", response_model=AgentAnswer)
def grant(agent: AgentId, shop: ShopId, membership: Membership, people: PeopleOf, admin: AdminOf) -> AgentAnswer:
    """Let an agent work in a shop."""
    return _agent(people.agents.grant(agent, shop, membership.role, admin.actor))


@router.delete("/agents/{agent}/shops/{shop}", response_model=AgentAnswer)
def revoke(agent: AgentId, shop: ShopId, people: PeopleOf, admin: AdminOf) -> AgentAnswer:
    """Take an agent out of a shop."""
    return _agent(people.agents.revoke(agent, shop, admin.actor))


@router.get("/tokens", response_model=list[TokenAnswer])
def list_tokens(people: PeopleOf, admin: AdminOf) -> list[TokenAnswer]:  # noqa: ARG001 - lets admins pass
    """Every token there was, the latest first."""
    return [TokenAnswer.model_validate(asdict(token)) for token in people.tokens.all()]


@router.post("/tokens", response_model=NewTokenAnswer, status_code=201)
def make_token(request: TokenRequest, people: PeopleOf, admin: AdminOf) -> NewTokenAnswer:
    """Make a token for a program; it is shown in this answer and never again."""
    made = people.tokens.make(request.name, request.shop, request.scopes, admin.actor)
    return NewTokenAnswer.model_validate({**asdict(made.token), "secret": made.secret})


@router.delete("/tokens/{token}", status_code=204)
def end_token(token: Annotated[str, Path(max_length=64)], people: PeopleOf, admin: AdminOf) -> None:
    """End a token."""
    people.tokens.end(token, admin.actor)


def _agent(agent: Agent) -> AgentAnswer:
    shops = [ShopRole(shop=shop, role=role) for shop, role in agent.shops.items()]
    return AgentAnswer(
        id=agent.id,
        name=agent.name,
        admin=agent.admin,
        must_change=agent.must_change,
        disabled=agent.disabled,
        made_at=agent.made_at,
        shops=shops,
    )
