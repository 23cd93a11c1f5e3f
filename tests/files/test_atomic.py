from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from contracts.errors import DataError
from files.atomic import new_folder, replace_all, write_bytes, write_text, writing


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


def test_the_file_appears_when_the_block_ends(tmp_path: Path) -> None:
    file = tmp_path / "new" / "out.txt"
    with writing(file) as stream:
        stream.write("甲\n")
        assert not file.exists()
    assert file.read_text(encoding="utf-8") == "甲\n"
    assert [path.name for path in file.parent.iterdir()] == ["out.txt"]


def _interrupted(file: Path) -> None:
    with writing(file) as stream:
        stream.write("half")
        raise KeyboardInterrupt


def test_a_failure_in_the_middle_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "out.txt"
    file.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        _interrupted(file)
    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


def test_the_file_may_be_read_by_whom_the_shell_allows(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("")
    with writing(tmp_path / "out.txt") as stream:
        stream.write("a")
    assert (tmp_path / "out.txt").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with writing(pipe) as stream:
            stream.write("a\n")
        assert stat.S_ISFIFO(pipe.stat().st_mode)
        assert os.read(reader, 10) == b"a\n"
    finally:
        os.close(reader)


def test_a_folder_in_the_way_is_an_error_before_the_work_begins(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=str(tmp_path)):
        writing(tmp_path).__enter__()


def test_a_link_keeps_pointing_where_it_did(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    with writing(tmp_path / "link.txt") as stream:
        stream.write("new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_a_place_that_cannot_be_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError, match=r"out\.txt"):
        writing(tmp_path / "file" / "out.txt").__enter__()


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


def test_several_files_are_written_together(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "a.txt").chmod(0o640)
    replace_all({tmp_path / "a.txt": b"1", tmp_path / "deep" / "b.txt": b"2"})
    assert _tree(tmp_path) == {"a.txt": "1", "deep/b.txt": "2"}
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


def test_one_that_cannot_be_written_leaves_all_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(DataError, match=r"b\.txt: cannot be written"):
        replace_all({tmp_path / "a.txt": b"1", tmp_path / "b.txt": b"2"})
    assert _tree(tmp_path) == {"a.txt": "old"}


@pytest.mark.parametrize("kind", [OSError(28, "No space left"), KeyboardInterrupt()])
def test_a_step_that_fails_undoes_those_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: BaseException
) -> None:
    (tmp_path / "a.txt").write_text("old")
    really = Path.replace

    def replace(part: Path, target: Path) -> Path:
        if target.name == "c.txt":
            raise kind
        return really(part, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(DataError if isinstance(kind, OSError) else KeyboardInterrupt):
        replace_all({tmp_path / name: b"new" for name in ("a.txt", "b.txt", "c.txt")})
    assert _tree(tmp_path) == {"a.txt": "old"}


def test_bytes_follow_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("real")
    write_bytes(tmp_path / "link", b"1")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"1"
