"""Passwords: which are good enough, and their hashes (argon2id)."""

from __future__ import annotations

import secrets
import threading
import unicodedata
from functools import cached_property
from pathlib import Path

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from contracts.errors import InputError

SHORTEST = 10
LONGEST = 200
"""Characters of a password."""

_COMMON_FILE = Path(__file__).parent / "common_passwords.txt"
_AT_ONCE = 2
"""Hashes that are computed at the same time: each takes 64 MiB and a core."""


def strong_hasher() -> PasswordHasher:
    """The parameters of today; a hash made with others is replaced at the next login."""
    return PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1, type=Type.ID)


class Passwords:
    """Checks and hashes passwords; safe to use from several threads."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or strong_hasher()
        self._gate = threading.BoundedSemaphore(_AT_ONCE)

    def hash(self, password: str) -> str:
        """The hash of a password, with its salt and parameters."""
        with self._gate:
            return self._hasher.hash(_bytes(password))

    def refuse_weak(self, password: str, agent: str) -> None:
        """Raises InputError for a password that `agent` may not have because it is too easy to guess."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise InputError(f"a password has {SHORTEST} to {LONGEST} characters")
        whole = _folded(password)
        if len(set(whole)) < 4 or {whole, _core(whole)} & {*self._common, _core(_folded(agent)), ""}:
            raise InputError("this password is one of the first that somebody would try; take another")

    def matches(self, stored: str | None, password: str) -> bool:
        """Whether this is the password; it takes as long when there is none to compare with."""
        decoy = self._decoy
        with self._gate:
            try:
                return self._hasher.verify(stored or decoy, _bytes(password)) and stored is not None
            except (VerificationError, InvalidHashError):
                return False

    def outdated(self, stored: str) -> bool:
        """Whether a hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(stored)

    @cached_property
    def _decoy(self) -> str:
        return self._hasher.hash(secrets.token_bytes(16))

    @cached_property
    def _common(self) -> frozenset[str]:
        return frozenset(_COMMON_FILE.read_text(encoding="utf-8").split())


def one_time_password() -> str:
    """A password to be read from a screen and typed once: 80 bits, without characters that look alike."""
    drawn = "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(16))
    return "-".join(drawn[place : place + 4] for place in range(0, 16, 4))


def _folded(password: str) -> str:
    return unicodedata.normalize("NFKC", password).casefold()


def _core(folded: str) -> str:
    """What is left without the digits and marks that people put behind a word."""
    return folded.rstrip("!.@#0123456789")


def _bytes(password: str) -> bytes:
    """The password as it is hashed: composed, so that two keyboards write the same."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
