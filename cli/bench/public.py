"""`huashu bench public`: the method on published test sets, read from a folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.output import say, tell, to_json
from cli.progress import with_progress
from contracts.errors import InputError
from desk.assembly import open_encoder
from desk.settings import Settings, load_settings
from evaluation.public_sets.banking77 import read_banking77
from evaluation.public_sets.clinc150 import read_clinc150
from evaluation.public_sets.lines import IntentSet
from evaluation.public_sets.taobao import read_taobao
from retrieval.encoder.protocol import Encoder


class PublicSet(str, Enum):
    """The sets whose files can be read."""

    CLINC150 = "clinc150"
    BANKING77 = "banking77"
    TAOBAO = "taobao"


_INTENT_SETS: dict[PublicSet, Callable[[Path], IntentSet]] = {
    PublicSet.CLINC150: read_clinc150,
    PublicSet.BANKING77: read_banking77,
}


def bench_public(
    name: Annotated[PublicSet, typer.Option("--set", help="Which set.")],
    folder: Annotated[Path, typer.Option("--from", help="The folder with its files as published.")],
    encoder: Annotated[str, typer.Option(help="Which encoder; the configured one.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Intents by the light classifier with abstention, or responses by the encoder, on a published set."""
    if not folder.is_dir():
        raise InputError(f"--from: {folder} is no folder")
    used = open_encoder(_settings(encoder))
    record = _selections(folder, used) if name is PublicSet.TAOBAO else _intents(_INTENT_SETS[name](folder), used)
    result = {"set": name.value, "encoder": used.card.name, **record}
    say(to_json(result) if as_json else _page(result))


def _settings(encoder: str) -> Settings:
    settings = load_settings()
    if not encoder:
        return settings
    return settings.model_copy(update={"encoder": settings.encoder.model_copy(update={"model": encoder})})


def _intents(given: IntentSet, encoder: Encoder) -> dict[str, Any]:
    from evaluation.public_sets.judging import judge_intents  # scikit-learn, which the other commands do without

    tell(f"huashu: {given.name}: learning from {len(given.train)} lines")
    return asdict(judge_intents(given, encoder.encode))


def _selections(folder: Path, encoder: Encoder) -> dict[str, Any]:
    from evaluation.public_sets.judging import judge_selections

    items = list(read_taobao(folder))
    if not items:
        raise InputError(f"{folder}: the test file holds no conversation")
    return asdict(judge_selections(with_progress(items, len(items), "taobao"), encoder.encode))


def _page(result: dict[str, Any]) -> str:
    rows = []
    for name, value in result.items():
        if isinstance(value, dict):
            rows += [f"{name} {inner.replace('_', ' ')}: {_shown(part)}" for inner, part in value.items()]
        elif value is not None:
            rows.append(f"{name.replace('_', ' ')}: {_shown(value)}")
    return "\n".join(rows)


def _shown(value: Any) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
