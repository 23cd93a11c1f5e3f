"""What turns texts into vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Encode(Protocol):
    """Texts to vectors of length 1, shape (len(texts), dimension)."""

    def __call__(self, texts: Sequence[str], /) -> NDArray[np.float32]: ...
