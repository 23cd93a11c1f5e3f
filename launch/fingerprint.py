"""What a step was made from, as one short text that changes when any of it does."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from pathlib import Path


def of_parts(*parts: str) -> str:
    """SHA-256 over texts; the border between two of them counts."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{len(part)}:".encode())
        digest.update(part.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def of_files(root: Path, patterns: Iterable[str], without: Collection[str] = ()) -> str:
    """SHA-256 over name and content of the files below `root` that match any of the glob `patterns`.

    `without` names files, relative to `root`, that do not count.
    """
    found = {path for pattern in patterns for path in root.glob(pattern) if path.is_file()}
    found -= {root / name for name in without}
    digest = hashlib.sha256()
    for path in sorted(found):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(root).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()
