"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from contracts.errors import DataError


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8 so that a reader sees the old file or the new one. Raises DataError."""
    with writing(path) as stream:
        stream.write(text)


def write_bytes(path: Path, content: bytes) -> None:
    """Write `content` so that a reader sees the old file or the new one. Raises DataError."""
    replace_all({path: content})


def replace_all(contents: Mapping[Path, bytes]) -> None:
    """Write several files: all of them or none. Raises DataError when one cannot be written.

    Everything is first written beside its place and synced; then each file takes its place in one step, in the order
    of `contents`. When such a step fails, those before it are undone. A crash between two of them (power, `kill -9`)
    leaves the first files new and the others old, each whole, and `.NAME.PID.part` beside the old ones. So put first
    what must not be lost: a record that moves to another file then stands in both, which a strict loader finds, and
    never in neither.
    """
    parts: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    target = Path()
    try:
        for path, content in contents.items():
            target = path.resolve()
            parts[target] = _new_part(target, content)
        for target, part in parts.items():
            old = target.read_bytes() if target.exists() else None
            part.replace(target)
            before[target] = old
    except BaseException as error:
        for place, old in before.items():
            place.unlink() if old is None else place.write_bytes(old)
        if isinstance(error, OSError):
            raise DataError(f"cannot be written: {error.strerror}", file=str(target)) from None
        raise
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _new_part(target: Path, content: bytes) -> Path:
    """The content in a file beside `target`, on the disk, readable by whom the target is. Raises OSError."""
    if target.exists() and not target.is_file():
        raise IsADirectoryError(errno.EISDIR, "it is no plain file")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, part)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


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
