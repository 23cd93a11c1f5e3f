"""How this installation is connected to a shop's own systems: addresses and secrets, `<shop>.yml` outside `data/`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

from contracts.errors import DataError
from files.records import read_mapping

LEAST_SECRET = 32
"""Characters of a secret."""


@dataclass(frozen=True)
class WebhookConnection:
    """Where a shop's messages go, and what they are signed with.

    The first of `secrets` signs; each of them opens, so that one can be replaced while both sides run.
    """

    url: str
    secrets: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class OrdersConnection:
    """Where a shop's orders are asked for: `{shop}` and `{buyer}` stand in `url`; `token` is sent as a bearer token."""

    url: str
    token: str = field(default="", repr=False)


@dataclass(frozen=True)
class Connections:
    """The connections of all shops, by shop."""

    webhooks: Mapping[str, WebhookConnection] = field(default_factory=dict)
    orders: Mapping[str, OrdersConnection] = field(default_factory=dict)


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an address that begins with https:// or http://")
    if parts.username or parts.password or parts.fragment:
        raise ValueError("must have neither a user nor a fragment")
    if not url.isascii() or any(character.isspace() for character in url):
        raise ValueError("must be written in ASCII without spaces")
    _ = parts.port  # raises ValueError for a port that is none
    return url


class _WebhookRecord(BaseModel):
    model_config = ConfigDict(extra="forbid")

    url: str
    secrets: list[str] = Field(min_length=1, max_length=2)

    _address = field_validator("url")(_web_address)

    @field_validator("secrets")
    @classmethod
    def _long_enough(cls, secrets: list[str]) -> list[str]:
        if any(len(secret) < LEAST_SECRET for secret in secrets):
            raise ValueError(f"a secret needs at least {LEAST_SECRET} characters")
        return secrets


class _OrdersRecord(BaseModel):
    model_config = ConfigDict(extra="forbid")

    url: str
    token: str = Field(default="", pattern=r"^[\x21-\x7e]*$")

    @field_validator("url")
    @classmethod
    def _template(cls, url: str) -> str:
        try:
            parts = list(Formatter().parse(url))
        except ValueError:
            raise ValueError("has a brace that opens or closes nothing") from None
        names = [name for _, name, _, _ in parts if name is not None]
        if "buyer" not in names or not {*names} <= {"buyer", "shop"} or any(part[2] or part[3] for part in parts):
            raise ValueError("must hold {buyer}, may hold {shop}, and nothing else in braces")
        _web_address(url.format(buyer="b", shop="s"))
        if "{" in (urlsplit(url).netloc):
            raise ValueError("must name its host without braces")
        return url


class _ConnectionFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    webhook: _WebhookRecord | None = None
    orders: _OrdersRecord | None = None


def load_connections(folder: Path, shops: Iterable[str]) -> Connections:
    """Every shop's file below `folder`; no folder means no connections. Raises DataError, without any secret."""
    known = set(shops)
    webhooks, orders = {}, {}
    for path in sorted(folder.glob("*.yml")):
        if path.stem not in known:
            raise DataError(f"there is no shop {path.stem!r}", file=str(path))
        record = read_mapping(path, _ConnectionFile).value
        if record.webhook is not None:
            webhooks[path.stem] = WebhookConnection(record.webhook.url, tuple(record.webhook.secrets))
        if record.orders is not None:
            orders[path.stem] = OrdersConnection(record.orders.url, record.orders.token)
    return Connections(webhooks, orders)
