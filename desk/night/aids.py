"""What the first reply stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from compliance.checker import Checker
from desk.night.signals import Signals
from desk.night.texts import FixedTexts
from desk.settings import NightSettings
from desk.suggest import Suggests


@dataclass(frozen=True)
class Aids:
    """The desk's path of a message, the checker, and what `data/` says about the night."""

    suggester: Suggests
    checker: Checker
    texts: FixedTexts
    signals: Signals
    labels: Mapping[str, str]
    settings: NightSettings
