from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fastapi.testclient import TestClient

from compliance.checker import Checker
from contracts.shop import Shop
from contracts.understanding import Guess, Understanding
from desk.app import build_app
from desk.assembly import Desk
from desk.channels.doors import Ways
from desk.service import Service, make_service
from desk.settings import DeskSettings, EncoderSettings, Settings
from desk.shops import Shops, load_shops
from desk.storage.database import Database
from desk.suggest import Parts, Suggester
from desk.understand import Reader
from launch.postgres import Postgres, find_programs
from retrieval.encoder.protocol import Encoder
from retrieval.index import SearchIndex
from retrieval.library import Library
from retrieval.retriever import Retriever
from retrieval.slots import SLOT_NAMES
from tests.desk.office import Office
from tests.desk.talk import SmallDesk
from tests.doubles import FixedReader, LetterEncoder
from tests.replay_cases.reader import LabelReader

MakeSuggester = Callable[..., Suggester]
DatabaseUrl = Callable[[], str]
INVOICE = Understanding(
    intents=(Guess("invoice", 0.95), Guess("shipping", 0.03)),
    topics=(Guess("invoice/type", 0.9), Guess("invoice/issue", 0.05)),
)
"""How a message about the kind of invoice is read."""


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("HUASHU_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of this run's own, beside the folders of pytest, which each run closes to other accounts."""
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    with TemporaryDirectory(prefix="huashu-postgres-") as folder:
        server = Postgres(programs, Path(folder))
        server.start()
        yield server
        server.kill()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DatabaseUrl]:
    """Gives the address of a new, empty database of either kind; what was made is removed after the test."""
    if request.param == "sqlite":
        yield lambda: f"sqlite:///{tmp_path / uuid.uuid4().hex}.db"
        return
    server: Postgres = request.getfixturevalue("postgres")
    made: list[str] = []

    def make() -> str:
        made.append(server.database(f"t{uuid.uuid4().hex}"))
        return made[-1]

    yield make
    for url in made:
        server.drop(url)


@pytest.fixture
def settings(data: Path, var: Path) -> Settings:
    return Settings(data=data, var=var, encoder=EncoderSettings(model="embedded"))


@pytest.fixture(scope="session")
def shops(data: Path) -> Shops:
    return load_shops(data / "shops", SLOT_NAMES)


@pytest.fixture(scope="session")
def shipped_retriever(shipped_library: Library, shipped_index: SearchIndex) -> Retriever:
    return Retriever(shipped_library, shipped_index)


@pytest.fixture
def shipped(
    shipped_retriever: Retriever, embedded: Encoder, checker: Checker, settings: Settings
) -> Iterator[Suggester]:
    """The whole path over what is shipped; the message is read as one about the kind of invoice."""
    parts = Parts(FixedReader(INVOICE), embedded, shipped_retriever, checker, settings.suggest)
    suggester = Suggester(parts)
    yield suggester
    suggester.close()


@pytest.fixture
def make_suggester(checker: Checker, settings: Settings) -> Iterator[MakeSuggester]:
    """Suggesters over libraries of a few replies, with the letter encoder."""
    made: list[Suggester] = []

    def make(library: Library, reader: Reader | None = None, *, vectors: bool = True) -> Suggester:
        encoder = LetterEncoder() if vectors else None
        index = SearchIndex.build(library, encoder) if encoder else SearchIndex.keyword_only(library)
        retriever = Retriever(library, index)
        made.append(Suggester(Parts(reader or FixedReader(INVOICE), encoder, retriever, checker, settings.suggest)))
        return made[-1]

    yield make
    for suggester in made:
        suggester.close()


@pytest.fixture
def desk(shipped: Suggester, settings: Settings, shops: Shops, checker: Checker) -> Desk:
    return Desk(settings, shipped, shops, checker)


@pytest.fixture(scope="session")
def newest_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file of the newest schema, to be copied: making one takes five times as long."""
    file = tmp_path_factory.mktemp("newest") / "desk.db"
    Database.open(f"sqlite:///{file}").close()
    return file


@pytest.fixture(scope="session")
def newest_postgres(postgres: Postgres) -> str:
    """A database of the newest schema by its name, to be copied."""
    Database.open(postgres.database("newest")).close()
    return "newest"


@pytest.fixture
def service(desk: Desk, tmp_path: Path, newest_sqlite: Path) -> Service:
    """The shipped desk over an empty SQLite file; it is closed by the application that serves it."""
    database = Database.open(f"sqlite:///{shutil.copy(newest_sqlite, tmp_path / 'desk.db')}")
    return make_service(desk, database, Ways.open(desk.settings, desk.shops, database))


@pytest.fixture
def client(service: Service) -> Iterator[TestClient]:
    """Somebody who has not logged in."""
    with TestClient(build_app(service), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def tmall_shop(shops: Shops) -> Shop:
    from contracts.platform import Platform

    return shops.get("demo-tmall", Platform.TMALL)


@pytest.fixture(scope="module")
def label_reader() -> LabelReader:
    """Reads the labels of the night cases."""
    return LabelReader()


@pytest.fixture(scope="module")
def night_desk(
    label_reader: LabelReader,
    shipped_retriever: Retriever,
    embedded: Encoder,
    data: Path,
    var: Path,
    shops: Shops,
    checker: Checker,
) -> Iterator[Desk]:
    """The desk over the shipped data, with labels in place of the intent model."""
    settings = Settings(data=data, var=var, encoder=EncoderSettings(model="embedded"))
    suggester = Suggester(Parts(label_reader, embedded, shipped_retriever, checker, settings.suggest))
    yield Desk(settings, suggester, shops, checker)
    suggester.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of the newest schema that holds nothing, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        newest: Path = request.getfixturevalue("newest_sqlite")
        opened = Database.open(f"sqlite:///{shutil.copy(newest, tmp_path / f'{uuid.uuid4().hex}.db')}")
        yield opened
        opened.close()
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.database(f"t{uuid.uuid4().hex}", request.getfixturevalue("newest_postgres"))
    opened = Database.open(url)
    yield opened
    opened.close()
    server.drop(url)


@pytest.fixture
def office(database: Database, shipped: Suggester, settings: Settings) -> Iterator[Office]:
    """A whole service over an empty database, running, with people who have logged in."""
    quick = settings.model_copy(update={"desk": DeskSettings(undo_seconds=0, requests_per_second=0)})
    opened = Office(database, shipped, quick)
    with TestClient(opened.app):
        yield opened


@pytest.fixture
def small_desk(database: Database, shipped: Suggester, checker: Checker) -> SmallDesk:
    """Inbox, assistant, sender and deliverer over an empty database."""
    return SmallDesk(database, shipped, checker)
