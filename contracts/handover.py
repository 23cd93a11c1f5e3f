"""What the next shift has to know about one conversation of a closed period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Promise:
    """What the buyer was promised, and until when; None when nobody knows when people are back.

    `about` is the topic in which it was promised: it goes when the buyer calls that off.
    """

    text: str
    due: datetime | None = None
    about: str = field(default="", compare=False)


@dataclass(frozen=True)
class Handover:
    """One entry of the handover book.

    `wants` is one short line; `collected` holds values by entity name, the buyer's last word on each; `form` is the
    form that was being filled or is filled; `asks` is what the morning must ask, check or answer.
    """

    urgent: bool
    wants: str
    collected: Mapping[str, str] = field(default_factory=dict)
    form: str | None = None
    asks: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()
    returns_at: datetime | None = None
