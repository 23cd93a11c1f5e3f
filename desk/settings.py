"""Configuration: `huashu.toml` beside the project, overridden by `HUASHU_...` environment variables."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import tomllib
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    IPvAnyNetwork,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from contracts.errors import InputError

if TYPE_CHECKING:
    from retrieval.vectors.store import VectorStore

PROJECT = Path(__file__).resolve().parent.parent
CONFIG_FILE = PROJECT / "huashu.toml"


_ORIGIN = re.compile(r"(https?)://([a-z0-9.-]+|\[[0-9a-f:]+\])(?::([0-9]{1,5}))?")
_USUAL_PORTS = {"http": "80", "https": "443"}


def _origin(text: str) -> str:
    """An origin as browsers write it. Raises ValueError for anything else, wildcards among it."""
    found = _ORIGIN.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(f"{text!r} is no origin such as https://desk.example or http://10.1.0.7:3000")
    scheme, host, port = found.groups()
    return f"{scheme}://{host}" if port in (None, _USUAL_PORTS[scheme]) else f"{scheme}://{host}:{int(port)}"


class EncoderSettings(BaseModel):
    """Which sentence encoder serves: `adapted`, `embedded`, `multilingual-e5-small`, `m3e-small`, or a model of
    sentence-transformers by its name or folder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str = "adapted"
    threads: int = Field(default=min(2, os.cpu_count() or 1), ge=1)


class RasaSettings(BaseModel):
    """The loopback services of the Rasa runtime; `timeout_ms` is what one parse may take."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    port: int = Field(default=5005, ge=1, le=65535)
    action_port: int = Field(default=5055, ge=1, le=65535)
    timeout_ms: int = Field(default=800, ge=1)


class DeskSettings(BaseModel):
    """Where the desk listens, and what it allows.

    A line may be taken back for `undo_seconds`. A caller may ask `requests_per_second` times a second (0: no limit) and
    `burst` times at once. With `suggest_process` buyers' lines are understood in a process of its own (about as much
    memory again), so that the desk keeps nobody waiting meanwhile. `frame_origins` are the desks of others that may
    show the side bar in a frame (`https://desk.example`); without any there is no side bar.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(default=8800, ge=1, le=65535)
    undo_seconds: float = Field(default=3.0, ge=0, le=60)
    requests_per_second: float = Field(default=50.0, ge=0)
    burst: int = Field(default=200, ge=1)
    suggest_process: bool = True
    frame_origins: tuple[Annotated[str, AfterValidator(_origin)], ...] = ()


class SuggestSettings(BaseModel):
    """How sure a reply must be (0..1): the best one for anything to be suggested, one beside it, one sent by itself.

    `business` is what the best reply about the shop's business needs for any such reply to be offered.
    `asked` is how likely it must be that a message asks for anything before more than small talk is offered.
    `send_in_talk` is what one sent by itself needs where somebody of the shop has spoken before: such a line leans on
    what was said.
    `near` is the cosine that a reply sent by itself must have to the message besides: confidence is about the topic,
    closeness about this very reply. It goes with the encoder.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    floor: float = Field(default=0.15, ge=0, le=1)
    business: float = Field(default=0.3, ge=0, le=1)
    beside: float = Field(default=0.03, ge=0, le=1)
    asked: float = Field(default=0.4, ge=0, le=1)
    send: float = Field(default=0.85, ge=0, le=1)
    send_in_talk: float = Field(default=0.95, ge=0, le=1)
    near: float = Field(default=0.8, ge=0, le=1)


class VectorSettings(BaseModel):
    """Where the vectors of the replies are: `faiss` keeps them beside the index, `milvus` at `address`.

    `address` is `http://host:port`, or for trials a file ending in `.db`; empty is `milvus.db` below `var`.
    Installations with the same `library` name share its vectors, and a set-up removes what its own replies do not need:
    give one name to the same replies only. Another name never sees them.
    `timeout_ms` is what a search may take before keywords alone are searched; `token` is `user:password` or an API key.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["faiss", "milvus"] = "faiss"
    address: str = Field(default="", pattern=r"^$|^https?://.+|\.db$")
    library: str = Field(default="", pattern=r"^[A-Za-z0-9._-]{0,60}$")
    timeout_ms: int = Field(default=500, ge=1)
    token: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _named(self) -> VectorSettings:
        if self.kind == "milvus" and self.address.startswith("http") and not self.library:
            raise ValueError("a Milvus that others may use needs vectors.library, a name for these replies alone")
        return self


class NightSettings(BaseModel):
    """How lines are read while nobody is there.

    Buyer lines at most `burst_seconds` apart are one message. A buyer who sends the same line `repeats` times, or who
    was sent `most_sends` texts, within `loop_seconds` is taken for another robot. The notice that nobody is there waits
    `notice_seconds` for what the buyer writes next, at most `notice_most_seconds` in all; an answer does not wait. With
    `send` false nothing leaves by itself, whatever a shop's policy says. What the buyers' forms collected is erased
    `keep_days` after it was written down.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    burst_seconds: float = Field(default=60, ge=0)
    loop_seconds: float = Field(default=120, ge=0)
    repeats: int = Field(default=3, ge=2)
    most_sends: int = Field(default=8, ge=1)
    notice_seconds: float = Field(default=1, ge=0, le=2)
    notice_most_seconds: float = Field(default=1.6, ge=0, le=2.5)
    send: bool = True
    keep_days: int = Field(default=30, ge=1, le=36_500)


class StorageSettings(BaseModel):
    """What is kept, where, and for how long.

    An empty `url` is a SQLite file below `var`. Texts, orders and audit bodies are erased `keep_days` after they were
    stored; the default is three years, as E-Commerce Law, article 31, asks of platforms. With `unmasked_export` an
    export may show telephone numbers and the like.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = ""
    keep_days: int = Field(default=1095, ge=1, le=36_500)
    unmasked_export: bool = False


class ChannelSettings(BaseModel):
    """Ways in and out.

    `private_networks` are those that a shop's webhook may lie in although they are private (`10.1.0.0/16`);
    `demo_everywhere` opens the built-in buyer window for every shop, not for those alone whose file says `demo: true`.
    A buyer of that window may write `demo_lines` lines a minute, one network address six times as many.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    private_networks: tuple[IPvAnyNetwork, ...] = ()
    demo_everywhere: bool = False
    demo_lines: int = Field(default=20, ge=1)


class OrderSettings(BaseModel):
    """What asking an order system may take, and for how long its answer is remembered."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    timeout_ms: int = Field(default=800, ge=1)
    remember_seconds: float = Field(default=5, ge=0, le=60)


class Settings(BaseSettings):
    """Everything that may be set from outside; nested keys by `__`: `HUASHU_DESK__PORT=9000`."""

    model_config = SettingsConfigDict(
        env_prefix="HUASHU_", env_nested_delimiter="__", toml_file=CONFIG_FILE, extra="forbid", frozen=True
    )

    data: Path = PROJECT / "data"
    var: Path = PROJECT / "var"
    encoder: EncoderSettings = EncoderSettings()
    rasa: RasaSettings = RasaSettings()
    desk: DeskSettings = DeskSettings()
    suggest: SuggestSettings = SuggestSettings()
    vectors: VectorSettings = VectorSettings()
    night: NightSettings = NightSettings()
    storage: StorageSettings = StorageSettings()
    channels: ChannelSettings = ChannelSettings()
    orders: OrderSettings = OrderSettings()
    connections: Path | None = None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then `huashu.toml`."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def database_url(self) -> str:
        return self.storage.url or f"sqlite:///{self.var / 'huashu.db'}"

    @property
    def connections_folder(self) -> Path:
        """Where each shop's addresses and secrets stand, `<shop>.yml`: of this installation, never of `data/`."""
        return self.connections or self.var / "connections"

    @property
    def store(self) -> VectorStore:
        """Where the index keeps its vectors."""
        from retrieval.vectors.place import MilvusPlace
        from retrieval.vectors.store import VectorStore  # faiss, that most commands can spare

        chosen = self.vectors
        if chosen.kind == "faiss":
            return VectorStore()
        address = chosen.address or str((self.var / "milvus.db").resolve())
        place = MilvusPlace(address, chosen.timeout_ms / 1000, chosen.token.get_secret_value())
        return VectorStore(chosen.library or VectorStore.library, place)

    @property
    def suggests_apart(self) -> bool:
        """Whether suggestions have a process of their own; a file of Milvus vectors can be opened by one only."""
        return self.desk.suggest_process and not (
            self.vectors.kind == "milvus" and not self.vectors.address.startswith("http")
        )

    @property
    def rasa_url(self) -> str:
        return f"http://127.0.0.1:{self.rasa.port}"


def load_settings() -> Settings:
    """The settings of this process. Raises InputError that names the field which is wrong."""
    try:
        return Settings()
    except (SettingsError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"settings ({CONFIG_FILE.name} or the environment): {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise InputError(f"setting {field}: {first['msg']}") from None
