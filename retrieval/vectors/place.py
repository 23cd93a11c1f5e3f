"""Where Milvus is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MilvusPlace:
    """Where Milvus is: `address` is `http://host:port` or a local file ending in `.db`.

    `timeout` in seconds is what a search may take; `token` is `user:password` or an API key, "" for none. After it did
    not answer Milvus is left alone for `pause` seconds: it costs one wait now and then, and not one a message.
    """

    address: str
    timeout: float = 0.5
    token: str = ""
    pause: float = 5.0

    @property
    def local(self) -> bool:
        """Whether it is a file that milvus-lite serves."""
        return self.address.endswith(".db")
