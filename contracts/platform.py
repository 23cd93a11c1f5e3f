"""The shop platforms whose rules Huashu knows."""

from __future__ import annotations

from enum import Enum

from contracts.errors import InputError


class Platform(str, Enum):
    """A selling platform; the value is the name used in files and on the command line."""

    TMALL = "tmall"
    TAOBAO = "taobao"
    JD = "jd"
    PDD = "pdd"
    DOUYIN = "douyin"
    KUAISHOU = "kuaishou"

    @classmethod
    def parse(cls, name: str) -> Platform:
        """The platform called `name`; raises InputError that lists the known ones."""
        try:
            return cls(name)
        except ValueError:
            known = ", ".join(platform.value for platform in cls)
            raise InputError(f"unknown platform {name!r}; known: {known}") from None


ALL = "all"
"""How a file says "every platform"."""


def expand_platforms(names: tuple[str, ...]) -> frozenset[Platform]:
    """The platforms that a `platforms:` list names; `all` means each of them. Raises InputError."""
    if not names:
        raise InputError("platforms is empty")
    named = frozenset(Platform.parse(name) for name in names if name != ALL)
    return frozenset(Platform) if ALL in names else named
