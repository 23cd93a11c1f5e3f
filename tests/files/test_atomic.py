from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from files.atomic import new_folder, write_text


def _tree(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "a.txt"
    write_text(file, "旧")
    write_text(file, "新")
    assert _tree(tmp_path) == {"deep/a.txt": "新"}


def test_a_text_that_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    write_text(file, "old")
    with pytest.raises(UnicodeEncodeError):
        write_text(file, "new \ud800")
    assert _tree(tmp_path) == {"a.txt": "old"}


def test_a_folder_takes_its_place_when_the_block_ends(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    for content in ("one", "two"):
        with new_folder(folder) as building:
            (building / f"{content}.txt").write_text(content)
            assert not (folder / f"{content}.txt").exists()
    assert _tree(tmp_path) == {"index/two.txt": "two"}
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def _fail_halfway(folder: Path, kind: type[BaseException]) -> None:
    with new_folder(folder) as building:
        (building / "a.txt").write_text("half")
        raise kind


@pytest.mark.parametrize("kind", [ValueError, KeyboardInterrupt])
def test_a_failure_in_the_middle_leaves_the_old_folder(tmp_path: Path, kind: type[BaseException]) -> None:
    folder = tmp_path / "index"
    with new_folder(folder) as building:
        (building / "a.txt").write_text("old")
    with pytest.raises(kind):
        _fail_halfway(folder, kind)
    assert _tree(tmp_path) == {"index/a.txt": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_a_failure_with_nothing_before_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="half"), new_folder(tmp_path / "index"):
        raise ValueError("half")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_take_its_place_does_not_cost_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with new_folder(folder) as building:
        (building / "a.txt").write_text("old")
    with pytest.raises(OSError), new_folder(folder) as building:  # noqa: PT011 - which one is the system's choice
        shutil.rmtree(building)
    assert _tree(tmp_path) == {"index/a.txt": "old"}
