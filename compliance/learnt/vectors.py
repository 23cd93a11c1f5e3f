"""The sentence vectors of a reply and of the buyer's line, side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from compliance.material import Material
from learning.encode import Encode
from learning.vocabulary import Floats

BUYER_SHARE = 0.4
"""What the buyer's line counts beside the reply."""


def dense_rows(materials: Sequence[Material], encode: Encode) -> Floats:
    """Vectors (n, 2 * dimension) of each reply and its buyer's line; zeros where the buyer wrote nothing."""
    texts = [said for material in materials for said in (_said(material), _asked(material))]
    vectors = encode(texts).reshape(len(materials), 2, -1).astype(np.float32, copy=True)
    vectors[:, 1] *= BUYER_SHARE
    for row, material in enumerate(materials):
        if material.buyer is None:
            vectors[row, 1] = 0.0
    return vectors.reshape(len(materials), -1)


def _said(material: Material) -> str:
    """The reply as it was typed; a bare answer as the statement it amounts to."""
    return material.reply.normal.original if len(material.readings) == 1 else material.readings[-1].text


def _asked(material: Material) -> str:
    return material.buyer.normal.original if material.buyer is not None else ""
