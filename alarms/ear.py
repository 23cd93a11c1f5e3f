"""The learnt alarms at work: what the trained model hears in a line."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from alarms.features import words
from alarms.model import AlarmModel, Heard
from contracts.errors import SetupNeeded
from learning.encode import Encode
from learning.stored import UNREADABLE

ALARMS_FOLDER = "alarms"
"""Below `var/`."""

_KEPT = 4096
"""Lines whose outcome is kept: a list asks for the same ones again and again."""

_WORD = re.compile(r"[^\W\d_]")
"""Signs, faces and numbers alone are no words, and nothing is heard in them."""


class Ear:
    """Hears alarms by a trained model; built once, used from any thread."""

    def __init__(self, model: AlarmModel, encode: Encode) -> None:
        """`encode` gives the vectors that the model was trained with."""
        self._model = model
        self._encode = encode
        self._said = lru_cache(_KEPT)(self._heard)

    @classmethod
    def open(cls, folder: Path, encode: Encode, encoder: str) -> Ear:
        """The ear from `folder`; `encoder` is the fingerprint of what encodes.

        Raises SetupNeeded when there is no model there, or one for another encoder or of another format.
        """
        try:
            model = AlarmModel.load(folder)
        except UNREADABLE:
            raise SetupNeeded("the learnt alarms are missing or cannot be read; run `huashu setup`") from None
        if model.encoder != encoder:
            raise SetupNeeded("the learnt alarms are for another encoder; run `huashu setup`")
        return cls(model, encode)

    def hear(self, text: str) -> Heard:
        """What a line raises; its words alone are remembered, without addresses and numbers."""
        return self._said(words(text))

    def _heard(self, said: str) -> Heard:
        return self._model.hear(said, self._encode([said])[0]) if _WORD.search(said) else Heard()
