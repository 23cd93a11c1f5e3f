"""Putting the service together from settings: each part that can be missing is missing with a note."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from alarms.ear import ALARMS_FOLDER, Ear
from compliance.catalogue import Catalogue, load_catalogue
from compliance.checker import Checker
from compliance.learnt.check import RULES_FOLDER, LearntCheck
from contracts.errors import SetupNeeded
from contracts.shop import Shop
from contracts.turn import Inquiry
from desk.journal import write_json_logs
from desk.night.aids import Aids
from desk.night.first_reply import FirstReply
from desk.night.reading import ALARMS
from desk.night.signals import Signals, load_signals
from desk.night.texts import FixedTexts
from desk.remembering_reader import RememberingReader
from desk.replies.rules import check_library
from desk.settings import Settings
from desk.shop_rules import check_shop_rules
from desk.shops import Shops, load_shops
from desk.suggest import KEYWORDS_ONLY, Parts, Suggester, Suggests
from desk.understand import RasaReader, Reader
from files.labels import load_labels
from files.taxonomy import load_taxonomy
from retrieval.building import INDEX_FOLDER, open_fixed, open_library
from retrieval.encoder.embedded import NAME, EmbeddedEncoder
from retrieval.encoder.memory import RememberingEncoder
from retrieval.encoder.protocol import Encoder
from retrieval.encoder.store import load as load_encoder
from retrieval.index import SearchIndex
from retrieval.library import Library
from retrieval.ranking_record import load_weights
from retrieval.retriever import Retriever
from retrieval.slots import SLOT_NAMES

PATTERNS_ONLY = "规则检查只用句式"
"""How the note about missing learnt rules begins."""

WORDING_ONLY = "紧急情况只靠句式识别"
"""How the note about missing learnt alarms begins."""


@dataclass(frozen=True)
class Desk:
    """The assembled service; `deaf` says why alarms are told without an `ear`, where one is missing."""

    settings: Settings
    suggester: Suggester
    shops: Shops
    checker: Checker
    ear: Ear | None = None
    deaf: str = ""

    @property
    def library(self) -> Library:
        """The replies that are searched just now."""
        return self.suggester.parts.retriever.library

    @cached_property
    def signals(self) -> Signals:
        """What tells alarms, made once for all who ask. Raises DataError."""
        taxonomy = load_taxonomy(self.settings.data / "taxonomy.yml")
        return load_signals(self.settings.data / "signals.yml", taxonomy, self.ear)

    def shop_of(self, inquiry: Inquiry) -> Shop | None:
        """The inquiry's shop, None when it names none. Raises InputError for one that does not exist."""
        return self.shops.get(inquiry.shop, inquiry.platform) if inquiry.shop else None


def open_reader(settings: Settings) -> Reader:
    """Rasa where settings say, asked once for what is asked again within moments."""
    return RememberingReader(RasaReader(settings.rasa_url, settings.rasa.timeout_ms / 1000))


def open_encoder(settings: Settings) -> Encoder:
    """The configured encoder. Raises SetupNeeded when it has not been prepared."""
    return load_encoder(settings.encoder.model, settings.var / "encoders", settings.encoder.threads)


def open_plain_encoder(desk: Desk) -> Encoder:
    """The embedded encoder as it is, which tells meanings within a topic apart; the desk's own where it is that one.

    Raises SetupNeeded.
    """
    own = desk.suggester.parts.encoder
    return own if own and own.card.name == NAME else EmbeddedEncoder.from_wheel(desk.settings.encoder.threads)


def open_checker(settings: Settings) -> Checker:
    """The checker for commands that need nothing else: patterns, and the learnt part where it has been trained.

    Raises DataError: a rule that cannot load must stop the start.
    """
    catalogue = load_catalogue(settings.data / "clauses")
    try:
        return Checker(catalogue, open_learnt(settings, catalogue))
    except SetupNeeded:
        return Checker(catalogue)


def open_learnt(settings: Settings, catalogue: Catalogue) -> LearntCheck:
    """The learnt part of the check, with the encoder that was trained for it. Raises SetupNeeded."""
    from retrieval.encoder.compact import CompactEncoder  # onnxruntime, that a desk without learnt rules can spare

    threads = settings.encoder.threads
    return LearntCheck.open(
        settings.var / RULES_FOLDER,
        catalogue,
        lambda folder: RememberingEncoder(CompactEncoder.load(folder, threads)).encode,
    )


def open_index(settings: Settings, library: Library) -> tuple[SearchIndex, Encoder | None, list[str]]:
    """The library's index and the encoder; what is missing of them leaves keywords, with a note that says so."""
    encoder = None
    try:
        encoder = open_encoder(settings)
        return SearchIndex.load(settings.var / INDEX_FOLDER, library, encoder.card, settings.store), encoder, []
    except SetupNeeded as missing:
        return SearchIndex.keyword_only(library), encoder, [f"{KEYWORDS_ONLY}：{missing}"]


def open_shops(settings: Settings) -> Shops:
    """The shops of this installation. Raises DataError."""
    return load_shops(settings.data / "shops", SLOT_NAMES, load_taxonomy(settings.data / "taxonomy.yml"))


def assemble(settings: Settings, reader: Reader) -> Desk:
    """The service with `reader` as its intent model.

    Raises DataError for faulty files of `data/`. A missing encoder or index leaves keyword search, missing learnt rules
    leave the patterns, each with a note; missing learnt alarms leave the wording. The library and the fixed texts are
    held against the patterns alone: what was learnt last must not stop a start.
    """
    catalogue = load_catalogue(settings.data / "clauses")
    library = open_library(settings.data)
    patterns = Checker(catalogue)
    check_library(library, patterns)
    check_library(open_fixed(settings.data), patterns)
    shops = open_shops(settings)
    check_shop_rules(catalogue, shops, settings.data)
    index, encoder, notes = open_index(settings, library)
    checker = patterns
    try:
        checker = Checker(catalogue, open_learnt(settings, catalogue))
    except SetupNeeded as missing:
        notes.append(f"{PATTERNS_ONLY}：{missing}")
    parts = Parts(
        reader, encoder, Retriever(library, index, load_weights(settings.data)), checker, settings.suggest, tuple(notes)
    )
    return Desk(settings, Suggester(parts), shops, checker, *_ear(settings, encoder))


def _ear(settings: Settings, encoder: Encoder | None) -> tuple[Ear | None, str]:
    """The learnt part of the alarms and "", or None and a note that says why it is missing."""
    try:
        if encoder is None:
            raise SetupNeeded("they need an encoder; run `huashu setup`")
        return Ear.open(settings.var / ALARMS_FOLDER, encoder.encode, encoder.card.fingerprint), ""
    except SetupNeeded as missing:
        return None, f"{WORDING_ONLY}：{missing}"


def open_suggester(settings: Settings) -> Suggester:
    """The path of a message for a process of its own, asking Rasa itself. Raises DataError."""
    write_json_logs()
    return assemble(settings, open_reader(settings)).suggester


def open_first_reply(desk: Desk, suggests: Suggests | None = None) -> FirstReply:
    """What answers while nobody is there, by `suggests` where another process does it. Raises DataError."""
    aids = open_aids(desk)
    return FirstReply(replace(aids, suggester=suggests) if suggests is not None else aids)


def open_aids(desk: Desk) -> Aids:
    """What the first reply stands on: the desk's path of a message, texts, signals and labels. Raises DataError."""
    settings = desk.settings
    fixed = open_fixed(settings.data)
    taxonomy = load_taxonomy(settings.data / "taxonomy.yml")
    return Aids(
        suggester=desk.suggester,
        checker=desk.checker,
        texts=FixedTexts(fixed, ALARMS),
        signals=desk.signals,
        labels=load_labels(settings.data / "topic_labels.yml", taxonomy),
        settings=settings.night,
    )
