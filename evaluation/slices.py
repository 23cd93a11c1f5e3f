"""The slices by which figures are told apart."""

from __future__ import annotations

from collections.abc import Iterator

from evaluation.cases import Asked, Case

_LENGTHS = ((5, "1-5"), (15, "6-15"), (30, "16-30"))
_CLEAR = {"1": "clear", "0": "needs its context", "x": "a guess"}


def slices_of(case: Case) -> Iterator[str]:
    """The names of the slices that a case lies in, `<kind>=<value>`; what is not known is in no slice."""
    where = case.where
    yield f"platform={where.platform}"
    if where.stratum:
        yield f"stratum={where.stratum}"
    if where.open is not None:
        yield f"hours={'day' if where.open else 'night'}"
    if isinstance(case, Asked):
        yield f"intent={case.intents[0]}"
        yield f"characters={_length(case.text)}"
        if case.clear:
            yield f"clear={_CLEAR[case.clear]}"


def _length(text: str) -> str:
    return next((name for longest, name in _LENGTHS if len(text) <= longest), "31 or more")
