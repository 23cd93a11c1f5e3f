"""`huashu evaluate --from-audit`: what agents' decisions say, as figures, as labelled dialogues, as a ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cli.evaluate.opening import opened
from cli.output import say, tell, to_json
from cli.progress import with_progress
from cli.storage import open_database
from contracts.errors import InputError
from contracts.masking import mask
from desk.assembly import open_shops
from desk.decided import Made, decided
from desk.ranking_fit import Labelled, Trial, trial
from desk.settings import Settings
from evaluation.dialogues import parse_labelled
from evaluation.learning.acceptance import Acceptance, most_missed
from evaluation.learning.lessons import lesson
from evaluation.learning.ranking import Relearnt, relearn
from evaluation.questions import questions_of
from evaluation.report.record import figure_json
from evaluation.report.words import direction, interval_of, value_of
from evaluation.vocabulary import vocabulary_of
from files.atomic import write_text, writing
from files.jsonl import JsonLine
from files.taxonomy import load_taxonomy
from retrieval.building import open_fixed, open_library
from retrieval.ranking_record import RANKING_FILE, load_weights, save_weights


@dataclass(frozen=True)
class Wanted:
    """One shop or all; where the labelled dialogues go, where the figures go; whether a ranking is learnt."""

    shop: str | None = None
    out: Path | None = None
    record: Path | None = None
    learn: bool = False
    rasa: bool = True


@dataclass(frozen=True)
class _Lesson:
    conversation: str
    record: dict[str, Any]


def from_audit(settings: Settings, wanted: Wanted) -> None:
    """Print what agents made of suggestions, write the labelled dialogues, learn a ranking.

    Raises InputError for an unknown shop or when nobody has decided anything, ServiceDown.
    """
    counted, lessons = Acceptance(), list[_Lesson]()
    for made, record in _decisions(settings, wanted.shop):
        counted.add(made)
        if record is not None:
            lessons.append(_Lesson(made.conversation, record))
    figures = counted.figures()
    if not figures:
        raise InputError("no agent has decided anything about suggestions yet")
    if wanted.out is not None:
        with writing(wanted.out) as stream:
            stream.writelines(to_json(item.record) + "\n" for item in lessons)
    learnt = _learnt(settings, lessons, rasa=wanted.rasa) if wanted.learn else None
    if wanted.record is not None:
        record = {"figures": {figure.name: figure_json(figure) for figure in figures}, "labelled": len(lessons)}
        write_text(wanted.record, to_json({**record, "ranking": _ranking_json(learnt)}) + "\n")
    say(_page(counted, len(lessons), wanted.out))
    if learnt is not None:
        say(_ranking(settings, learnt))
    for path in filter(None, (wanted.out, wanted.record)):
        tell(f"huashu: wrote {path}")


def _decisions(settings: Settings, shop: str | None) -> Iterator[tuple[Made, dict[str, Any] | None]]:
    """Each message that somebody decided about, with its labelled dialogue where the decision says what is right."""
    shops, taxonomy = open_shops(settings), load_taxonomy(settings.data / "taxonomy.yml")
    replies = (*open_library(settings.data).replies, *open_fixed(settings.data).replies)
    topics = {reply.id: reply.topic for reply in replies}
    chosen = [shops.find(shop)] if shop is not None else [shops.find(name) for name in shops.ids]
    with open_database(settings) as database:
        for one in chosen:
            for made in decided(database, one.id):
                yield made, lesson(made, one.platform, topics, taxonomy)


def _learnt(settings: Settings, lessons: Sequence[_Lesson], *, rasa: bool) -> Relearnt:
    """The ranking learnt from the lessons, written where it is proven better. Raises InputError, ServiceDown."""
    if not rasa:
        raise InputError("a ranking is learnt with the intent model: leave out --no-rasa")
    trials: list[Trial] = []
    conversations: list[str] = []
    with ExitStack() as stack:
        desk = opened(settings, stack, rasa=True).desk()
        stack.callback(desk.suggester.close)
        known = vocabulary_of(desk)
        for number, item in enumerate(with_progress(lessons, len(lessons), "learn"), start=1):
            for question in questions_of(parse_labelled(JsonLine(number, item.record), "audit", known)):
                trials.append(trial(desk.suggester, Labelled(question.inquiry, frozenset(question.topics))))
                conversations.append(item.conversation)
    found = relearn(trials, conversations, load_weights(settings.data))
    if found.proven:
        save_weights(settings.data, found.weights, "`huashu evaluate --from-audit --learn` from agents' decisions")
    return found


def _page(counted: Acceptance, labelled: int, out: Path | None) -> str:
    lines = [f"{'figure':18}{'value':>8}  {'95 % interval':17}{'messages':>9}"]
    for figure in counted.figures():
        meaning = f"{direction(figure.measure)} {figure.measure.title}"
        lines.append(f"{figure.name:18}{value_of(figure):>8}  {interval_of(figure):17}{figure.cases:9,}  {meaning}")
    missed = most_missed(counted.missed)
    if missed:
        lines.append(f"\nof no use for {len(counted.missed):,} messages, such as:")
        lines += [f"  {mask(made.lines[-1].text)}  ->  {mask(made.sent)}" for made in missed if made.lines]
    place = f" -> {out}" if out is not None else "; --out writes them"
    return "\n".join([*lines, f"\n{labelled:,} decisions say what is right{place}"])


def _ranking(settings: Settings, found: Relearnt) -> str:
    verdict = (
        f"better: written to {settings.data / RANKING_FILE}"
        if found.proven
        else "not proven better: the ranking stays as it is"
    )
    weights = ", ".join(f"{name} {value:.3f}" for name, value in asdict(found.weights).items())
    return (
        f"\nranking learnt from {found.messages:,} decisions ({weights})\n"
        f"a right topic first, on decisions not learnt from: {found.now:.3f} -> {found.learnt:.3f}; "
        f"{found.better} better, {found.worse} worse, p = {found.chance:.3g}\n{verdict}"
    )


def _ranking_json(found: Relearnt | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {**asdict(found), "chance": found.chance, "written": found.proven}
