"""How each peer is made in its child process. A library is imported when its peer is asked for, not before."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.peers.job import Job
from evaluation.peers.protocol import Missing, Peer

if TYPE_CHECKING:
    from evaluation.peers.sentence_vectors import Encode

READER_PATIENCE = 30.0
"""Seconds that Huashu waits for the intent model here: a busy machine must not turn it into the row without."""


def _huashu(job: Job, _folder: Path) -> Peer:
    from desk.settings import load_settings
    from desk.understand import NoReader, RasaReader
    from evaluation.labelled_files import open_questions
    from evaluation.peers.huashu import Huashu

    settings = load_settings()
    inquiries = {question.id: question.inquiry for question in open_questions(job.options.dialogues, settings)}
    reader = RasaReader(job.options.rasa, READER_PATIENCE) if job.options.rasa else NoReader()
    return Huashu(settings, reader, inquiries)


def _bm25(_job: Job, _folder: Path) -> Peer:
    from evaluation.peers.bm25 import Bm25

    return Bm25()


def _same_vectors(_job: Job, _folder: Path) -> Peer:
    from evaluation.peers.sentence_vectors import SentenceVectors

    return SentenceVectors(_our_encoder())


def _model_vectors(job: Job, _folder: Path) -> Peer:
    from evaluation.peers.sentence_vectors import SentenceVectors

    if not job.options.model:
        raise Missing("no folder of a sentence-transformers model was found or named")
    return SentenceVectors.of_folder(job.options.model)


def _txtai(_job: Job, _folder: Path) -> Peer:
    from evaluation.peers.txtai_hybrid import TxtaiHybrid

    return TxtaiHybrid(_our_encoder())


def _selector(_job: Job, folder: Path) -> Peer:
    os.environ["RASA_CACHE_DIRECTORY"] = str(folder / "cache")  # what an earlier run trained must not save time
    from evaluation.peers.response_selector import ResponseSelector

    return ResponseSelector(folder)


def _our_encoder() -> Encode:
    from desk.assembly import open_encoder
    from desk.settings import load_settings

    return open_encoder(load_settings()).encode


BUILDERS: dict[str, Callable[[Job, Path], Peer]] = {
    "huashu": _huashu,
    "huashu-no-rasa": _huashu,
    "bm25": _bm25,
    "faiss-same": _same_vectors,
    "faiss-lines": _same_vectors,
    "faiss-m3e": _model_vectors,
    "txtai": _txtai,
    "rasa-selector": _selector,
}
"""By the names of evaluation/peers/catalogue.py."""
