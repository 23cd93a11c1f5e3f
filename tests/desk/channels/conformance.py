"""What every channel must do, as tests: subclass `ChannelConformance` and give it a fixture `outside`."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import pytest

from contracts.conversation import Outgoing
from desk.channels.protocol import Channel, Refused, Undelivered

TEXTS = (
    "可以开的亲，付款后把抬头发我，免费给您开",
    'a "quoted" line\\ with <b>marks</b> & {braces}',
    "😀👍🏽 表情",
    "字" * 2_000,
)


class Outside(Protocol):
    """A channel with the buyer at its other end."""

    channel: Channel

    def outgoing(self, text: str) -> Outgoing:
        """A message of its own key, on its way to the buyer."""
        ...

    def seen(self) -> list[str]:
        """The texts that the buyer has seen, in their order."""
        ...

    def cut(self) -> None:
        """Take the way to the buyer away for a while."""
        ...

    def mend(self) -> None:
        """Give it back."""
        ...


class ChannelConformance:
    """The tests."""

    def test_it_has_a_name(self, outside: Outside) -> None:
        assert outside.channel.name
        assert outside.channel.name == outside.outgoing("好的").channel

    @pytest.mark.parametrize("text", TEXTS, ids=["chinese", "marks", "emoji", "long"])
    def test_the_buyer_sees_the_text_as_it_was_sent(self, outside: Outside, text: str) -> None:
        outside.channel.deliver(outside.outgoing(text))
        assert outside.seen() == [text]

    def test_the_same_key_is_seen_once(self, outside: Outside) -> None:
        message = outside.outgoing("好的")
        for attempt in (1, 2, 3):
            outside.channel.deliver(replace(message, attempt=attempt))
        assert outside.seen() == ["好的"]

    def test_the_same_text_under_two_keys_is_seen_twice(self, outside: Outside) -> None:
        for _ in range(2):
            outside.channel.deliver(outside.outgoing("好的"))
        assert outside.seen() == ["好的", "好的"]

    def test_messages_are_seen_in_the_order_in_which_they_were_delivered(self, outside: Outside) -> None:
        first, second, third = (outside.outgoing(text) for text in ("一", "二", "三"))
        for message in (second, first, second, third):
            outside.channel.deliver(message)
        assert outside.seen() == ["二", "一", "三"]

    def test_a_shop_it_does_not_know_is_refused(self, outside: Outside) -> None:
        with pytest.raises(Refused) as refused:
            outside.channel.deliver(replace(outside.outgoing("好的"), shop="nobody"))
        assert str(refused.value)
        assert outside.seen() == []

    def test_a_way_that_is_cut_is_tried_again(self, outside: Outside) -> None:
        message = outside.outgoing("好的")
        outside.cut()
        with pytest.raises(Undelivered) as failed:
            outside.channel.deliver(message)
        assert message.text not in str(failed.value)
        outside.mend()
        outside.channel.deliver(replace(message, attempt=2))
        assert outside.seen() == ["好的"]
