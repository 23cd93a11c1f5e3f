from __future__ import annotations

from pathlib import Path

from launch.fingerprint import of_files, of_parts


def test_borders_between_parts_count() -> None:
    assert of_parts("ab", "c") != of_parts("a", "bc")
    assert of_parts("价格") == of_parts("价格")


def test_name_and_content_of_the_matching_files_count(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("1")
    (tmp_path / "note.txt").write_text("1")
    before = of_files(tmp_path, ["*.yml"])
    (tmp_path / "note.txt").write_text("2")
    assert of_files(tmp_path, ["*.yml"]) == before
    (tmp_path / "a.yml").rename(tmp_path / "b.yml")
    renamed = of_files(tmp_path, ["*.yml"])
    (tmp_path / "b.yml").write_text("2")
    assert len({before, renamed, of_files(tmp_path, ["*.yml"])}) == 3


def test_an_overlap_of_patterns_counts_once(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("1")
    assert of_files(tmp_path, ["*.yml", "**/*.yml"]) == of_files(tmp_path, ["*.yml"])
