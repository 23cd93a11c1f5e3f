from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import DataError
from contracts.taxonomy import Taxonomy
from desk.channels.demo_dialogues import load_demo_dialogues
from desk.orders.demo import load_demo_orders
from desk.shops import Shops

HEADLINE = ("invoice", "shipping", "discount", "coupon", "order_change")
GOOD = "dialogues:\n  - {id: a, begins: 1, order: paid, topics: [invoice/issue], lines: [{text: 在吗}]}\n"


def test_every_demo_shop_has_a_busy_hour_about_every_headline_topic(
    data: Path, taxonomy: Taxonomy, shops: Shops
) -> None:
    dialogues = load_demo_dialogues(data / "demo", taxonomy)
    orders = load_demo_orders(data / "orders", shops)
    headline = {topic.path for topic in taxonomy.topics if topic.intent in HEADLINE}
    for shop in (shops.find(name) for name in shops.ids):
        fitting = [dialogue for dialogue in dialogues if dialogue.fits(shop)]
        assert len(fitting) >= 30
        assert sum(len(dialogue.lines) > 1 for dialogue in fitting) >= 30
        assert headline <= {topic for dialogue in fitting for topic in dialogue.topics}
        states = {row.fields["status"] for row in orders._rows[shop.id]}
        assert {dialogue.order.value for dialogue in fitting} <= states
    assert {name for dialogue in dialogues for name in dialogue.shops} <= set(shops.ids)


def test_lines_come_in_their_order_within_the_hour(data: Path, taxonomy: Taxonomy) -> None:
    for dialogue in load_demo_dialogues(data / "demo", taxonomy):
        moments = [line.at for line in dialogue.lines]
        assert moments == sorted(moments)
        assert 0 <= moments[0] <= moments[-1] <= 3600, dialogue.id


def test_seconds_count_from_the_line_before(tmp_path: Path, taxonomy: Taxonomy) -> None:
    two = GOOD.replace("[{text: 在吗}]", "[{text: 在吗}, {text: 能开票吗, after: 20}, {text: 人呢, after: 30}]")
    (tmp_path / "a.yml").write_text(two, encoding="utf-8")
    (dialogue,) = load_demo_dialogues(tmp_path, taxonomy)
    assert [line.at for line in dialogue.lines] == [60, 80, 110]


def test_without_a_folder_there_are_none(tmp_path: Path, taxonomy: Taxonomy) -> None:
    assert load_demo_dialogues(tmp_path / "demo", taxonomy) == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("invoice/issue", "invoice/none", "a.yml:2: a.topics: unknown topic"),
        ("text: 在吗", 'text: "\\u200b"', "a.yml:2: a.lines.0.text: the message has no text"),
        ("text: 在吗", "text: 在吗, speaker: agent", "unknown key"),
        ("begins: 1", "begins: 60", "begins"),
        ("begins: 1", "begins: .nan", "begins"),
        ("order: paid", "order: lost", "order"),
        ("lines: [{text: 在吗}]", "lines: []", "lines"),
        ("id: a", "id: A B", "id"),
    ],
)
def test_a_faulty_file_says_where(tmp_path: Path, taxonomy: Taxonomy, old: str, new: str, says: str) -> None:
    (tmp_path / "a.yml").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError) as raised:
        load_demo_dialogues(tmp_path, taxonomy)
    assert says in str(raised.value)
    assert str(raised.value).startswith(f"{tmp_path / 'a.yml'}:")


def test_an_id_is_given_once_in_all_files(tmp_path: Path, taxonomy: Taxonomy) -> None:
    for name in ("a.yml", "b.yml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(DataError, match=r"b\.yml:2: a: is given twice"):
        load_demo_dialogues(tmp_path, taxonomy)
