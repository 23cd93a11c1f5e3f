"""The options of a check, taken one by one; what nobody takes is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from compliance.lexicon import Lexicon, PatternError
from compliance.pattern import Pattern

if TYPE_CHECKING:
    from compliance.kinds.check import Check

    Builder = Callable[[str, Mapping[str, Any], Lexicon], Check]


_GREATEST = 1e15
"""Numbers beyond are mistakes, infinity and .nan among them."""


class OptionError(ValueError):
    """An option that a kind of check cannot use; the message names it."""


class Options:
    """The raw options of one check; each getter takes an option away, `finish` refuses the rest."""

    def __init__(self, raw: Mapping[str, Any], lexicon: Lexicon, build: Builder) -> None:
        self._left = dict(raw)
        self._known: list[str] = []
        self._lexicon = lexicon
        self._build = build

    def pattern(self, name: str) -> Pattern:
        """A list of patterns as one. Raises OptionError when it is missing or cannot be compiled."""
        found = self.optional_pattern(name)
        if found is None:
            raise OptionError(f"option {name!r} is missing")
        return found

    def optional_pattern(self, name: str) -> Pattern | None:
        """A list of patterns as one; None when it is not given."""
        raw = self._take(name)
        return None if raw is None else self._compile(name, raw)

    def pattern_groups(self, name: str) -> tuple[Pattern, ...]:
        """A list of lists of patterns, one pattern for each inner list."""
        raw = self._take(name)
        if not isinstance(raw, list) or not raw:
            raise OptionError(f"option {name!r} must be a list of lists of patterns")
        return tuple(self._compile(name, group) for group in raw)

    def choice(self, name: str, allowed: Sequence[str], default: str) -> str:
        """One of the allowed words."""
        raw = self._take(name)
        if raw is None:
            return default
        if raw not in allowed:
            raise OptionError(f"option {name!r} is {raw!r}; allowed: {', '.join(allowed)}")
        return str(raw)

    def choices(self, name: str, allowed: Sequence[str]) -> tuple[str, ...]:
        """Several of the allowed words, at least one."""
        raw = self._take(name)
        if not isinstance(raw, list) or not raw:
            raise OptionError(f"option {name!r} must be a list of: {', '.join(allowed)}")
        for value in raw:
            if value not in allowed:
                raise OptionError(f"option {name!r} holds {value!r}; allowed: {', '.join(allowed)}")
        return tuple(raw)

    def number(self, name: str) -> float:
        """A number that must be given."""
        raw = self._take(name)
        if not is_number(raw):
            raise OptionError(f"option {name!r} must be a number")
        return float(raw)

    def mapping(self, name: str) -> Mapping[str, Any]:
        """A mapping; empty when it is not given."""
        raw = self._take(name)
        if raw is None:
            return {}
        if not isinstance(raw, dict):
            raise OptionError(f"option {name!r} must be a mapping")
        return raw

    def check(self, name: str) -> Check:
        """A check given as a mapping with `kind` and its options."""
        found = self.optional_check(name)
        if found is None:
            raise OptionError(f"option {name!r} is missing")
        return found

    def optional_check(self, name: str) -> Check | None:
        """A check given as a mapping; None when it is not given."""
        raw = self._take(name)
        return None if raw is None else self._nested(name, raw)

    def checks(self, name: str) -> tuple[Check, ...]:
        """A list of checks, at least one."""
        raw = self._take(name)
        if not isinstance(raw, list) or not raw:
            raise OptionError(f"option {name!r} must be a list of checks")
        return tuple(self._nested(name, item) for item in raw)

    def finish(self) -> None:
        """Raises OptionError when an option was given that nobody took."""
        if self._left:
            unknown = ", ".join(repr(name) for name in self._left)
            raise OptionError(f"unknown option {unknown}; known: {', '.join(self._known)}")

    def _take(self, name: str) -> Any:
        self._known.append(name)
        return self._left.pop(name, None)

    def _nested(self, name: str, raw: Any) -> Check:
        if not isinstance(raw, dict) or not isinstance(raw.get("kind"), str):
            raise OptionError(f"option {name!r} must be a check: a mapping with 'kind'")
        rest = {key: value for key, value in raw.items() if key != "kind"}
        return self._build(raw["kind"], rest, self._lexicon)

    def _compile(self, name: str, raw: Any) -> Pattern:
        if not isinstance(raw, list) or not raw or not all(isinstance(item, str) for item in raw):
            raise OptionError(f"option {name!r} must be a list of patterns")
        try:
            pattern = self._lexicon.compile(raw)
        except PatternError as error:
            raise OptionError(f"option {name!r}: {error}") from None
        if any(branch.regex.search("") for branch in pattern.branches):
            raise OptionError(f"option {name!r} holds a pattern that matches where nothing stands")
        return pattern


def is_number(value: Any) -> bool:
    """Whether a value of a file is a number to reckon with: neither true or false nor endless."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return abs(value) <= _GREATEST
