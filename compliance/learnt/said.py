"""What of a material the encoder reads: the reply and the buyer's line."""

from __future__ import annotations

from compliance.material import Material


def said(material: Material) -> str:
    """The reply as it was typed; a bare answer as the statement it amounts to."""
    return material.reply.normal.original if len(material.readings) == 1 else material.readings[-1].text


def asked(material: Material) -> str:
    """The buyer's line as it was typed, "" where there is none."""
    return material.buyer.normal.original if material.buyer is not None else ""
