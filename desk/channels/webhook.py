"""The way out by webhook: each message is posted to the shop's own address, signed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from contracts.conversation import Outgoing
from desk.calls import Address, Call, Caller, CallFailed, CallForbidden
from desk.channels.addresses import Network, is_permitted, is_public
from desk.channels.protocol import Refused, Undelivered
from desk.channels.signing import EVENT, KEY, SIGNATURE, TIMESTAMP, sign
from desk.clock import Clock, utc_now
from desk.connections import WebhookConnection

NAME = "webhook"
TIMEOUT = 5.0
"""Seconds that one delivery may take in all."""

_KNOWN_ALREADY = 409
_NEVER = frozenset({400, 404, 410, 422})


class Webhook:
    """Posts messages; safe to use from several threads.

    Addresses that are not public are refused unless they lie in `networks`; so is a public one without TLS. A receiver
    takes a message by 2xx, or by 409 when it has had the key before.
    """

    name = NAME

    def __init__(
        self,
        connections: Mapping[str, WebhookConnection],
        caller: Caller,
        networks: Sequence[Network] = (),
        clock: Clock = utc_now,
        timeout: float = TIMEOUT,
    ) -> None:
        self._connections = connections
        self._caller = caller
        self._networks = tuple(networks)
        self._clock = clock
        self._timeout = timeout

    def deliver(self, message: Outgoing) -> None:
        """Post a message. Raises Undelivered, Refused."""
        connection = self._connections.get(message.shop)
        if connection is None:
            raise Refused("the shop has no webhook")
        try:
            answer = self._caller.call(self._call(connection, message), self._timeout)
        except CallForbidden:
            raise Refused(
                "the webhook must be public with https, or lie in a network that channels.private_networks names"
            ) from None
        except CallFailed as failure:
            raise Undelivered(f"the webhook: {failure}") from None
        if 200 <= answer.status < 300 or answer.status == _KNOWN_ALREADY:
            return
        reason = f"the webhook answered {answer.status}"
        raise Refused(reason) if answer.status in _NEVER else Undelivered(reason)

    def _call(self, connection: WebhookConnection, message: Outgoing) -> Call:
        body = body_of(message)
        timestamp = int(self._clock().timestamp())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Huashu",
            EVENT: "message",
            KEY: message.key,
            TIMESTAMP: str(timestamp),
            SIGNATURE: sign(connection.secrets[0], timestamp, body),
        }
        secure = urlsplit(connection.url).scheme == "https"

        def permits(address: Address) -> bool:
            return is_permitted(address, self._networks) and (secure or not is_public(address))

        return Call("POST", connection.url, headers, body, permits, wants_body=False)


def body_of(message: Outgoing) -> bytes:
    """The body that is posted, the same at every attempt."""
    fields = {
        "id": message.key,
        "shop": message.shop,
        "conversation": message.conversation,
        "buyer": message.buyer,
        "text": message.text,
    }
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
