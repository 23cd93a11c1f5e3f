"""The first reply to a buyer: what the desk suggests, when it may leave without an agent."""

from __future__ import annotations

import os
from typing import Any, Dict, List, Optional

import aiohttp
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

TIMEOUT = aiohttp.ClientTimeout(total=3)
"""Seconds: a first reply that takes longer is no first reply."""


class ActionFirstReply(Action):
    """Says the desk's best suggestion that may leave by itself, else that an agent will answer."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_first_reply"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        """Asks the desk about the last message; its metadata names the platform (and the shop)."""
        message = tracker.latest_message
        metadata = message.get("metadata") or {}
        text = await _suggested(message.get("text") or "", metadata.get("platform"), metadata.get("shop"))
        if text:
            dispatcher.utter_message(text=text)
        else:
            dispatcher.utter_message(response="utter_handover")
        return []


async def _suggested(text: str, platform: Optional[str], shop: Optional[str]) -> Optional[str]:
    """The text of the best suggestion that may be sent as it is, None when there is none or the desk is down."""
    if not text or not platform:
        return None
    request = {"text": text, "platform": platform, **({"shop": shop} if shop else {})}
    try:
        async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
            async with session.post(f"{desk_url()}/v1/suggestions", json=request) as response:
                if response.status != 200:
                    return None
                return choose(await response.json())
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return None


def desk_url() -> str:
    """Where the desk listens, by the same settings as its own."""
    return f"http://{os.environ.get('HUASHU_DESK__HOST', '127.0.0.1')}:{os.environ.get('HUASHU_DESK__PORT', '8800')}"


def choose(answer: Dict[str, Any]) -> Optional[str]:
    """The first suggestion of a desk's answer that is approved for sending alone, complete and without findings."""
    for suggestion in answer["suggestions"]:
        if suggestion["auto"] and not suggestion["missing_slots"] and not suggestion["findings"]:
            return str(suggestion["text"])
    return None
