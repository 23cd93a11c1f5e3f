"""Training lines that nothing is trained on: probabilities are calibrated on them, in both runtimes."""

from __future__ import annotations

import zlib

ONE_IN = 12


def held_out(text: str) -> bool:
    """Whether a training line is kept for calibration: one in ONE_IN, decided by its characters."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % ONE_IN == 0
