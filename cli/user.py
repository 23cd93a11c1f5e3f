"""`huashu user`: who may log in, and the tokens of programs that call the API."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated, Any

import typer

from cli.output import say, tell, to_json
from cli.storage import open_people
from contracts.errors import InputError
from desk.people.access import Role, Scope
from desk.people.agents import CONSOLE, NewAgent
from desk.settings import load_settings
from desk.storage.agents import Agent
from desk.storage.tokens import Token

app = typer.Typer(help="Agents, their shops and passwords, and API tokens.", no_args_is_help=True)
tokens = typer.Typer(help="Tokens by which programs call the API.", no_args_is_help=True)
app.add_typer(tokens, name="token")

Name = Annotated[str, typer.Argument(help="The login name.")]
Shop = Annotated[str, typer.Option("--shop", help="Shop id.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("add")
def add_user(
    name: Name,
    display: Annotated[str, typer.Option("--name", help="The name that colleagues see.")] = "",
    admin: Annotated[bool, typer.Option("--admin", help="May do everything in every shop.")] = False,
    as_json: AsJson = False,
) -> None:
    """Add an agent. The password, to be changed at the first login, is asked for or read from standard input."""
    with open_people(load_settings()) as people:
        _show(people.agents.add(NewAgent(name, _password(), display, admin)), as_json=as_json)


@app.command("list")
def list_users(as_json: AsJson = False) -> None:
    """List the agents, one a line."""
    with open_people(load_settings()) as people:
        agents = people.agents.all()
    if as_json:
        say(to_json([_agent(agent) for agent in agents]))
        return
    for agent in agents:
        say(_line(agent))
    say(f"{len(agents)} agents")


@app.command("disable")
def disable_user(
    name: Name,
    undo: Annotated[bool, typer.Option("--undo", help="Let the agent in again.")] = False,
    as_json: AsJson = False,
) -> None:
    """Keep an agent out; all their sessions end at once."""
    with open_people(load_settings()) as people:
        _show(people.agents.change(name, CONSOLE, disabled=not undo), as_json=as_json)


@app.command("password")
def set_password(name: Name, as_json: AsJson = False) -> None:
    """Give an agent a password that they must change at the next login; it is asked for or read from standard input."""
    with open_people(load_settings()) as people:
        people.agents.get(name)
        people.agents.set_password(name, _password())
        _show(people.agents.get(name), as_json=as_json)


@app.command("grant")
def grant(
    name: Name,
    shop: Shop,
    role: Annotated[Role, typer.Option(help="What the agent is there.")] = Role.AGENT,
    as_json: AsJson = False,
) -> None:
    """Let an agent work in a shop."""
    with open_people(load_settings()) as people:
        _show(people.agents.grant(name, shop, role, CONSOLE), as_json=as_json)


@app.command("revoke")
def revoke(name: Name, shop: Shop, as_json: AsJson = False) -> None:
    """Take an agent out of a shop."""
    with open_people(load_settings()) as people:
        _show(people.agents.revoke(name, shop, CONSOLE), as_json=as_json)


@tokens.command("add")
def add_token(
    name: Annotated[str, typer.Argument(help="What the token is for.")],
    shop: Shop,
    scope: Annotated[list[Scope], typer.Option(help="What it may be used for; may be given several times.")],
    as_json: AsJson = False,
) -> None:
    """Make a token. It is printed this once: only its digest is kept."""
    with open_people(load_settings()) as people:
        made = people.tokens.make(name, shop, scope, CONSOLE)
    if as_json:
        say(to_json({**_token(made.token), "secret": made.secret}))
        return
    tell("huashu: this is the only time that the token is shown")
    say(made.secret)


@tokens.command("list")
def list_tokens(as_json: AsJson = False) -> None:
    """List the tokens there were, the latest first."""
    with open_people(load_settings()) as people:
        known = people.tokens.all()
    if as_json:
        say(to_json([_token(token) for token in known]))
        return
    for token in known:
        ended = f"ended {token.ended_at:%Y-%m-%d}" if token.ended_at else "good"
        say(f"{token.id}  {ended:17}  {token.shop:16}  {','.join(token.scopes)}  {token.name}")
    say(f"{len(known)} tokens")


@tokens.command("end")
def end_token(token: Annotated[str, typer.Argument(help="The id of the token.")], as_json: AsJson = False) -> None:
    """End a token."""
    with open_people(load_settings()) as people:
        people.tokens.end(token, CONSOLE)
    say(to_json({"id": token, "ended": True}) if as_json else f"{token} ended")


def _password() -> str:
    """What is typed unseen and twice at a terminal, or the first line of standard input."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise InputError("the password is read from standard input, and there is none")
    return line


def _show(agent: Agent, *, as_json: bool) -> None:
    say(to_json(_agent(agent)) if as_json else _line(agent))


def _agent(agent: Agent) -> dict[str, Any]:
    return {**asdict(agent), "made_at": agent.made_at.isoformat()}


def _token(token: Token) -> dict[str, Any]:
    ended = token.ended_at.isoformat() if token.ended_at else None
    return {**asdict(token), "made_at": token.made_at.isoformat(), "ended_at": ended}


def _line(agent: Agent) -> str:
    shops = " ".join(f"{shop}:{role}" for shop, role in agent.shops.items())
    state = "disabled" if agent.disabled else "admin" if agent.admin else "agent"
    return f"{agent.id:20}  {state:8}  {agent.name}  {shops}".rstrip()
