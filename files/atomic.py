"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from contracts.errors import DataError


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8 so that a reader sees the old file or the new one. Raises DataError."""
    with writing(path) as stream:
        stream.write(text)


@contextmanager
def writing(path: Path) -> Iterator[IO[str]]:
    """A UTF-8 stream whose content becomes `path` when the block ends well; until then `path` stays as it was.

    A link is followed; what is no file (a pipe, a device) is written to directly. Raises DataError when the place
    cannot be written.
    """
    target = path.resolve()
    if target.is_dir():
        raise DataError("is a folder", file=str(path))
    if target.exists() and not target.is_file():
        with target.open("w", encoding="utf-8") as stream:
            yield stream
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        stream = part.open("w", encoding="utf-8")
    except OSError as error:
        raise DataError(f"cannot be written: {error.strerror}", file=str(path)) from None
    try:
        with stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A temporary folder beside `path` that takes its place when the block ends well, and is removed otherwise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
    retired = building.with_name(building.name + ".old")
    try:
        yield building
        _swap(building, path, retired)
    finally:
        shutil.rmtree(building, ignore_errors=True)
        shutil.rmtree(retired, ignore_errors=True)


def _swap(building: Path, path: Path, retired: Path) -> None:
    """Put `building` in the place of `path`; when that fails, what was there comes back."""
    if path.exists():
        path.replace(retired)
    try:
        building.replace(path)
    except OSError:
        if retired.exists():
            retired.replace(path)
        raise
