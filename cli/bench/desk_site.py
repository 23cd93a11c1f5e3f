"""A desk of the benchmark's own: database, Rasa, desks and their shops' secrets, in a folder that is thrown away."""

from __future__ import annotations

import json
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cli.storage import open_database
from contracts.errors import InputError, SetupNeeded
from desk.clock import utc_now
from desk.orders.table import import_orders
from desk.people.access import Scope
from desk.people.agents import CONSOLE
from desk.people.people import People
from desk.settings import Settings
from desk.storage.agents import all_shops
from desk.storage.database import Database
from desk.storage.feed import last_number
from desk.storage.orders import OrderRow
from evaluation.load.plan import Plan, Site, buyer_name
from evaluation.load.shop_end import ShopEnd
from launch.ports import free_port
from launch.postgres import Postgres, find_programs
from launch.progress import Progress
from launch.service import Service
from launch.services import action_server, desk_server, rasa_server
from launch.trial import Trial, trial

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_STATES = ("unpaid", "paid", "shipped", "delivered")


@dataclass(frozen=True)
class Wanted:
    """What is to be started: `storage` is `sqlite`, `postgresql` (a server of one's own) or an address."""

    storage: str = SQLITE
    desks: int = 1


@dataclass(frozen=True)
class Ground:
    """A running desk with all that stands around it."""

    site: Site
    end: ShopEnd
    services: Trial
    postgres: Postgres | None

    def kill(self, what: str) -> None:
        """`kill -9` a part and wait until it is there again. Raises InputError, ServiceDown."""
        if what == "postgres":
            if self.postgres is None:
                raise InputError("--kill postgres needs --storage postgresql")
            self.postgres.kill()
            self.postgres.start()
            return
        self.services.kill(what)
        self.services.wait_ready()


@contextmanager
def open_ground(settings: Settings, wanted: Wanted, plan: Plan, progress: Progress) -> Iterator[Ground]:
    """Start everything and end it with the block. Raises InputError, SetupNeeded, ServiceDown.

    The running desk, its database and its logs are left alone; set-up's encoder, index and model are read.
    """
    if wanted.desks > 1 and wanted.storage == SQLITE:
        raise InputError("--desks: SQLite serves one process; give several --storage postgresql")
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="huashu-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        postgres = _postgres(folder, stack) if wanted.storage == POSTGRESQL else None
        url = _address(wanted.storage, folder, postgres)
        own = _own_settings(settings, url)
        with open_database(own) as database:
            names = _shops(database)
            tokens = _tokens(database, names)
            _orders(database, names, plan)
        keys = {name: secrets.token_urlsafe(32) for name in names}
        end = ShopEnd(keys)
        stack.callback(end.close)
        env = _environment(folder, url, _connections(folder, keys, end.url))
        services = _services(own, wanted.desks, folder, env)
        running = stack.enter_context(trial(services, progress))
        desks = tuple(service.url for service in services if service.label.startswith("desk"))
        yield Ground(Site(desks, keys, tokens), end, running, postgres)


def _postgres(folder: Path, stack: ExitStack) -> Postgres:
    programs = find_programs()
    if programs is None:
        raise SetupNeeded("PostgreSQL is not installed (Debian: postgresql); or give --storage an address")
    place = folder / "postgres"
    place.mkdir()
    server = Postgres(programs, place, durable=True)
    server.start()
    stack.callback(server.kill)
    return server


def _address(storage: str, folder: Path, postgres: Postgres | None) -> str:
    if postgres is not None:
        return postgres.database("huashu")
    return f"sqlite:///{folder / 'desk.db'}" if storage == SQLITE else storage


def _own_settings(settings: Settings, url: str) -> Settings:
    return settings.model_copy(
        update={
            "storage": settings.storage.model_copy(update={"url": url}),
            "rasa": settings.rasa.model_copy(update={"port": free_port(), "action_port": free_port()}),
            "desk": settings.desk.model_copy(update={"port": free_port()}),
        }
    )


def _shops(database: Database) -> tuple[str, ...]:
    """The shops of this installation. Raises InputError for a database in which somebody has written."""
    with database.reading() as connection:
        names = tuple(all_shops(connection))
        if any(last_number(connection, name) for name in names):
            raise InputError("--storage: this database is in use; give the benchmark an empty one")
    return names


def _tokens(database: Database, names: tuple[str, ...]) -> Mapping[str, str]:
    tokens = People.over(database).tokens
    scopes = (Scope.MESSAGES_READ, Scope.MESSAGES_WRITE)
    return {name: tokens.make("bench", name, scopes, CONSOLE).secret for name in names}


def _orders(database: Database, names: tuple[str, ...], plan: Plan) -> None:
    """Every buyer has an order, in one state or another."""
    for place, name in enumerate(names):
        rows = [
            OrderRow(f"bench-{number}", buyer_name(number), utc_now(), {"status": _STATES[number % len(_STATES)]})
            for number in range(place, plan.conversations, len(names))
        ]
        import_orders(database, name, rows, utc_now())


def _connections(folder: Path, keys: Mapping[str, str], url: str) -> Path:
    place = folder / "connections"
    place.mkdir()
    for name, secret in keys.items():
        record = {"webhook": {"url": url, "secrets": [secret]}}
        (place / f"{name}.yml").write_text(json.dumps(record), encoding="utf-8")
    return place


def _environment(folder: Path, url: str, connections: Path) -> Mapping[str, str]:
    return {
        "HUASHU_STORAGE__URL": url,
        "HUASHU_CONNECTIONS": str(connections),
        "HUASHU_CHANNELS__PRIVATE_NETWORKS": '["127.0.0.0/8"]',
        "TMPDIR": str(folder),
    }


def _services(settings: Settings, desks: int, folder: Path, env: Mapping[str, str]) -> tuple[Service, ...]:
    """Rasa and its action server as `huashu run` starts them, and the desks."""
    services = [rasa_server(settings), action_server(settings)]
    for number in range(desks):
        own = settings.desk.model_copy(update={"port": free_port()})
        service = desk_server(settings.model_copy(update={"desk": own}))
        name, label = ("desk", "desk") if number == 0 else (f"desk-{number + 1}", f"desk {number + 1}")
        services.append(replace(service, name=name, label=label))
    ports = {
        "HUASHU_RASA__PORT": str(settings.rasa.port),
        "HUASHU_RASA__ACTION_PORT": str(settings.rasa.action_port),
    }
    return tuple(
        replace(service, log=folder / f"{service.name}.log", env={**service.env, **env, **ports})
        for service in services
    )
