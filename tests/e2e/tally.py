"""How many keys and seconds an answer takes: `python -m tests.e2e.tally`, by hand, with a running Rasa.

It plays a busy hour of one demo shop into a desk of its own, logs in at the panel and answers by keyboard alone. What a
person would choose is known from the dialogue: a reply is right when its topic is one that the dialogue is about. The
driver takes the first right suggestion; without one it searches the library by the topic's name, and takes the first
right reply there; without that it rejects what was suggested and goes on. Nothing of it waits for a person: seconds are
the machine's part, from the key that opens the conversation until the answer stands in it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Page, expect, sync_playwright

from desk.channels.demo_dialogues import DemoDialogue, load_demo_dialogues
from desk.settings import load_settings
from files.labels import load_labels
from files.taxonomy import load_taxonomy
from retrieval.building import open_library
from tests.e2e.agent import Agent
from tests.e2e.chromium import find_chromium, launch
from tests.e2e.running_desk import RunningDesk

PINYIN = 3
"""Keys that a Chinese character counts when it is typed: the letters of its sound, mostly, and the choice."""

WINDOW = {"width": 1366, "height": 768}
_WAIT = 60_000


@dataclass(frozen=True)
class Answered:
    """One conversation: how it was answered (`suggestion`, `library`, `nothing`), with how many keys, in which time."""

    dialogue: str
    way: str
    keys: int
    seconds: float


class Topics:
    """The topic of each reply of the library."""

    def __init__(self, data: Path) -> None:
        self._topics = {reply.id: reply.topic for reply in open_library(data).replies}

    def of(self, reply: str) -> str:
        return self._topics.get(reply, "")


class Driver:
    """Works at the panel as an agent who knows the right topic at once."""

    def __init__(
        self, agent: Agent, dialogues: Sequence[DemoDialogue], names: Mapping[str, str], topics: Topics
    ) -> None:
        self._agent = agent
        self._page = agent.page
        self._dialogues = {dialogue.lines[-1].text: dialogue for dialogue in dialogues}
        self._names = names
        self._topics = topics
        self._keys = 0

    def answer(self) -> Answered:
        """Open the next conversation and answer it."""
        began, self._keys = time.perf_counter(), 0
        self._press("n")
        dialogue = self._opened()
        way = self._by_suggestion(dialogue) or self._by_library(dialogue) or self._by_nothing()
        return Answered(dialogue.id, way, self._keys, time.perf_counter() - began)

    def _opened(self) -> DemoDialogue:
        """The dialogue that is open, once its suggestions are there."""
        expect(self._agent.talk.get_by_text("对话从这里开始")).to_be_visible()
        expect(self._page.get_by_text("正在找合适的回复")).to_have_count(0)
        last = self._agent.talk.locator(".message.buyer .bubble").last
        text = (last.text_content() or "").split("：", 1)[-1].strip()
        return self._dialogues[text]

    def _by_suggestion(self, dialogue: DemoDialogue) -> str:
        cards = self._page.get_by_role("region", name="建议回复").locator("li.card")
        for card in cards.all():
            rank, reply = card.locator("kbd").inner_text(), card.locator("code")
            if rank not in ("1", "2", "3") or card.locator("input").count():
                continue
            if self._topics.of(reply.inner_text()) in dialogue.topics:
                text = card.locator(".text").inner_text().removeprefix(rank).strip()
                self._press(f"Digit{rank}")
                expect(self._agent.said(text).last).to_be_visible()
                return "suggestion"
        return ""

    def _by_library(self, dialogue: DemoDialogue) -> str:
        self._press("/")
        words = self._names[dialogue.topics[0]]
        self._page.keyboard.insert_text(words)
        self._keys += PINYIN * len(words)
        options = self._page.get_by_role("option")
        expect(options.first).to_be_visible()
        for place, option in enumerate(options.all()):
            topic = self._topics.of(option.locator("code").inner_text())
            if topic in dialogue.topics and not option.locator(".warn").count():
                for _ in range(place):
                    self._press("ArrowDown")
                text = option.locator(".text").inner_text()
                self._press("Enter")
                self._press("Enter")
                expect(self._agent.said(text).last).to_be_visible()
                return "library"
        self._press("Escape")
        return ""

    def _by_nothing(self) -> str:
        self._press("r")
        if self._page.get_by_role("dialog").count():
            self._press("Escape")
        return "nothing"

    def _press(self, key: str) -> None:
        self._page.keyboard.press(key)
        self._keys += 1


def play(desk: RunningDesk, shop: str) -> None:
    """Play the busy hour at once, and wait until every line of it has been read."""
    path = f"{desk.url}/v1/demo/{shop}/busy-hour"
    httpx.post(path, json={"speed": 3600}, trust_env=False).raise_for_status()
    deadline = time.monotonic() + 300
    while True:
        progress = httpx.get(path, trust_env=False).json()
        if (
            not progress["running"]
            and "huashu_unread_lines 0.0" in httpx.get(f"{desk.url}/metrics", trust_env=False).text
        ):
            return
        if time.monotonic() > deadline:
            raise TimeoutError(desk.log())
        time.sleep(0.5)


def summary(answers: Sequence[Answered], source: str) -> dict[str, Any]:
    """The figures."""
    keys, seconds = [one.keys for one in answers], sorted(one.seconds for one in answers)
    ways = [one.way for one in answers]
    return {
        "conversations": len(answers),
        "read_by": source,
        "ways": {way: ways.count(way) for way in ("suggestion", "library", "nothing")},
        "keys_per_answer": {
            "mean": round(statistics.mean(keys), 2),
            "median": statistics.median(keys),
            "most": max(keys),
        },
        "seconds_per_answer": {
            "mean": round(statistics.mean(seconds), 3),
            "median": round(statistics.median(seconds), 3),
            "p95": round(seconds[int(0.95 * (len(seconds) - 1))], 3),
        },
        "answers": [asdict(one) for one in answers],
    }


def run(page: Page, desk: RunningDesk, shop: str, count: int) -> list[Answered]:
    """Answer `count` conversations of a shop that is busy."""
    settings = load_settings()
    taxonomy = load_taxonomy(settings.data / "taxonomy.yml")
    dialogues = load_demo_dialogues(settings.data / "demo", taxonomy)
    labels = load_labels(settings.data / "topic_labels.yml", taxonomy)
    driver = Driver(Agent(page, desk.url, "boss"), dialogues, labels, Topics(settings.data))
    page.get_by_role("combobox", name="店铺").select_option(shop)
    page.get_by_role("main").focus()
    return [driver.answer() for _ in range(count)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rasa-port", default=str(load_settings().rasa.port), help="where the intent model answers")
    parser.add_argument("--shop", default="demo-tmall")
    parser.add_argument("--count", type=int, default=30)
    asked = parser.parse_args()
    program = find_chromium()
    if program is None:
        raise SystemExit("no Chromium on PATH")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        desk = RunningDesk(Path(folder), RASA__PORT=asked.rasa_port)
        desk.start()
        try:
            play(desk, asked.shop)
            expect.set_options(timeout=_WAIT)
            page = launch(playwright, program).new_context(viewport=WINDOW, locale="zh-CN").new_page()  # type: ignore[arg-type]
            ready = httpx.get(f"{desk.url}/health/ready", trust_env=False).json()
            source = "retrieval" if any(part["part"] == "rasa" for part in ready["missing"]) else "rasa"
            answers = run(page, desk, asked.shop, asked.count)
        finally:
            desk.stop()
    print(json.dumps(summary(answers, source), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
