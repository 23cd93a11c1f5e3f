"""What would change, for a person to agree to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evaluation.cases import Asked, Case, Said, case_json
from evaluation.changes.changed import Changed, Effect, count

_ORDER = (Effect.WORSE, Effect.BETTER, Effect.EVEN)
_SIGNS = {Effect.WORSE: "-", Effect.BETTER: "+", Effect.EVEN: "~"}


def preview(several: Sequence[Changed], cases: int, most: int = 40) -> str:
    """The changed cases, those that get worse first, at most `most` of them."""
    if not several:
        return f"of {cases:,} labelled cases none would come out otherwise"
    counts = count(several)
    said = ", ".join(f"{counts[effect]:,} {effect.value}" for effect in _ORDER if counts[effect])
    lines = [f"{len(several):,} of {cases:,} labelled cases would come out otherwise: {said}"]
    ordered = sorted(several, key=lambda item: _ORDER.index(item.effect))
    for item in ordered[:most]:
        lines += _lines(item)
    if len(several) > most:
        lines.append(f"and {len(several) - most:,} more")
    return "\n".join(lines)


def preview_json(several: Sequence[Changed], cases: int) -> dict[str, Any]:
    """The same for a program, with every case."""
    counts = count(several)
    return {
        "cases": cases,
        "changed": len(several),
        **{effect.name.lower(): counts[effect] for effect in _ORDER},
        "changes": [
            {
                "id": item.before.id,
                "effect": item.effect.name.lower(),
                "before": _json(item.before),
                "after": _json(item.after),
            }
            for item in several
        ],
    }


def _json(case: Case) -> dict[str, Any]:
    record = case_json(case)
    record.pop("timings", None)
    return record


def _lines(item: Changed) -> list[str]:
    before, after = item.before, item.after
    labels = ", ".join(before.topics if isinstance(before, Asked) else before.violates) or "-"
    lines = [f"{_SIGNS[item.effect]} {before.id}  {before.text}  [{labels}]"]
    if isinstance(before, Said) and isinstance(after, Said):
        lines.append(f"    before  {_found(before)}")
        lines.append(f"    after   {_found(after)}")
    elif isinstance(before, Asked) and isinstance(after, Asked):
        old, new = ([shown.reply_id for shown in case.shown] for case in (before, after))
        lines += [f"    before  {place}. {_shown(before, place)}" for place in range(1, len(old) + 1)]
        lines += [f"    after   {place}. {_shown(after, place)}" for place in range(1, len(new) + 1)]
        lines += [f"    {name}  no suggestion" for name, shown in (("before", old), ("after ", new)) if not shown]
    return lines


def _found(case: Said) -> str:
    return ", ".join(f"{item.clause}{' (stopped)' if item.stops else ''}" for item in case.found) or "nothing found"


def _shown(case: Asked, place: int) -> str:
    shown = case.shown[place - 1]
    mark = "✓" if case.right(place - 1) else "✗"
    return f"{mark} {shown.reply_id}  {shown.text}"
