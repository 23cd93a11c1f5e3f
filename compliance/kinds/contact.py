"""Ways out of the platform: messengers, phone numbers, mail, links, codes to scan, other selling platforms.

Options
    channels  which of wechat, qq, messenger, phone, mail, link, code, elsewhere to look for
    domains   for each platform (or `all`) the domains that are its own (channel link)
    names     for each platform the names that are its own (channel elsewhere)
    except    patterns in the unit that make a mention harmless

The buyer's own number or address, carriers' and public hotlines and a shop's return address are fine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from compliance.kinds import contact_words as words
from compliance.kinds.check import Check
from compliance.material import Material
from compliance.numbers import phones
from compliance.options import OptionError, Options
from compliance.pattern import Pattern
from compliance.polarity import Stance, stance
from compliance.reading import Reading, Span
from contracts.platform import ALL, Platform, expand_platforms

_LANDLINE_DIGITS = range(10, 13)


@dataclass(frozen=True)
class Contact:
    """The check; see the module."""

    channels: tuple[str, ...]
    domains: Mapping[Platform, tuple[str, ...]]
    names: Mapping[Platform, tuple[str, ...]]
    harmless: Pattern | None

    def find(self, material: Material) -> Span | None:
        """The first way out that the text offers."""
        for reading in material.readings:
            for channel in self.channels:
                for start, end in _FINDERS[channel](self, reading, material):
                    if self._offered(reading, start, end):
                        return reading.span(start, end)
        return None

    def _offered(self, reading: Reading, start: int, end: int) -> bool:
        unit = reading.units[reading.unit_at(start)]
        if self.harmless is not None and self.harmless.found(reading, unit.start, unit.end):
            return False
        return stance(reading, start, end) is Stance.CLAIMED

    def wechat(self, reading: Reading, _: Material) -> Iterator[Span]:
        """Mentions of WeChat, save as one of several ways to pay, and of becoming friends."""
        paying = [match.span() for match in words.PAYS.finditer(reading.text)]
        for match in words.WECHAT.finditer(reading.text):
            if not any(start <= match.start() < end for start, end in paying):
                yield match.span()

    def qq(self, reading: Reading, _: Material) -> Iterator[Span]:
        """Mentions of QQ that are no mail address."""
        for match in words.QQ.finditer(reading.text):
            if reading.text[match.start() - 1 : match.start()] != "@":
                yield match.span()

    def messenger(self, reading: Reading, _: Material) -> Iterator[Span]:
        """Other messengers, groups, cards, and hints at an account that is found elsewhere."""
        yield from (match.span() for match in words.MESSENGER.finditer(reading.text))

    def phone(self, reading: Reading, material: Material) -> Iterator[Span]:
        """Numbers that are not the buyer's, a carrier's or part of a return address, and offers to call."""
        text = reading.text
        for start, end, digits in phones(text):
            near = text[slice(*reading.sentence(reading.unit_at(start)))]
            if _given(digits, material) or words.FINE.search(near) or words.RETURN.search(near):
                continue
            yield start, end
        for match in words.LANDLINE.finditer(text):
            near = text[slice(*reading.sentence(reading.unit_at(match.start())))]
            count = sum(character.isdigit() for character in match[0])
            if count in _LANDLINE_DIGITS and not (words.FINE.search(near) or words.RETURN.search(near)):
                yield match.span()
        yield from (match.span() for match in words.CALL.finditer(text))

    def mail(self, reading: Reading, material: Material) -> Iterator[Span]:
        """Mail addresses that are not the buyer's."""
        for match in words.MAIL.finditer(reading.text):
            given = material.buyer is not None and match[0] in material.buyer.text
            if not given and not words.YOURS.search(reading.words(reading.unit_at(match.start()))):
                yield match.span()

    def link(self, reading: Reading, material: Material) -> Iterator[Span]:
        """Links to domains that are not the platform's own."""
        own = self.domains.get(material.platform, ())
        for match in words.LINK.finditer(reading.text):
            host = match["host"]
            if host is None:
                yield match.span()
                continue
            plain = re.sub(words.DOT, ".", host)
            at = reading.text[match.start() - 1 : match.start()] == "@"
            if not at and not any(plain == domain or plain.endswith(f".{domain}") for domain in own):
                yield match.span()

    def code(self, reading: Reading, _: Material) -> Iterator[Span]:
        """Codes to scan, except for picking up parcels, signing in and the platform's own cashier."""
        for match in words.CODE.finditer(reading.text):
            if not words.CODE_FINE.search(reading.words(reading.unit_at(match.start()))):
                yield match.span()

    def elsewhere(self, reading: Reading, material: Material) -> Iterator[Span]:
        """Invitations to buy on another platform."""
        own = self.names.get(material.platform, ())
        for match in words.ELSEWHERE.finditer(reading.text):
            if match["name"] not in own:
                yield match.span()


_FINDERS: dict[str, Callable[[Contact, Reading, Material], Iterator[Span]]] = {
    "wechat": Contact.wechat,
    "qq": Contact.qq,
    "messenger": Contact.messenger,
    "phone": Contact.phone,
    "mail": Contact.mail,
    "link": Contact.link,
    "code": Contact.code,
    "elsewhere": Contact.elsewhere,
}


def _given(digits: str, material: Material) -> bool:
    """Whether the buyer wrote this number."""
    return material.buyer is not None and any(number == digits for _, _, number in phones(material.buyer.text))


def compile_check(options: Options) -> Check:
    """The check from its options. Raises OptionError."""
    return Contact(
        channels=options.choices("channels", tuple(_FINDERS)),
        domains=_by_platform(options.mapping("domains")),
        names=_by_platform(options.mapping("names")),
        harmless=options.optional_pattern("except"),
    )


def _by_platform(raw: Mapping[str, Any]) -> dict[Platform, tuple[str, ...]]:
    known = {platform.value: platform for platform in Platform}
    table: dict[Platform, tuple[str, ...]] = {}
    for name, values in raw.items():
        if name not in known and name != ALL:
            raise OptionError(f"unknown platform {name!r}; known: {', '.join(known)}, {ALL}")
        if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
            raise OptionError(f"{name!r} must be a list of words")
        for platform in expand_platforms((name,)):
            table[platform] = (*table.get(platform, ()), *(value.lower() for value in values))
    return table
