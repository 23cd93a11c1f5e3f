from __future__ import annotations

from bot.entities.reading import MASKS, NUMBER, ORDER, read


def test_a_masked_token_is_one_character_with_the_span_of_the_token() -> None:
    reading = read("单 [订单x] 好")
    assert reading.text == f"单 {ORDER.character} 好"
    assert reading.span(2, 3) == (2, 7)
    assert reading.said(2, 3) == "[订单x]"


def test_wide_and_traditional_characters_are_folded_and_keep_their_place() -> None:
    reading = read("Ａ１\u200b訂[數字X]")
    assert reading.text == f"a1订{NUMBER.character}"
    assert reading.span(0, 3) == (0, 4)
    assert reading.said(0, 3) == "A1訂"


def test_typed_private_use_characters_are_not_taken_for_masks() -> None:
    assert read("".join(mask.character for mask in MASKS)).text == ""


def test_every_mask_has_its_own_character() -> None:
    assert len({mask.character for mask in MASKS}) == len(MASKS)
