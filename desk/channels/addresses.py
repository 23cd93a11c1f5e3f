"""Which network addresses a webhook may be delivered to."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones behind a translator."""


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet, the IPv4 address inside an IPv6 one looked at as well."""
    if isinstance(address, IPv6Address):
        inner = _inside(address)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def is_permitted(address: Address, networks: Sequence[Network]) -> bool:
    """Whether an address is public or lies in one of the networks that were allowed."""
    return is_public(address) or any(_real(address) in network for network in networks)


def _real(address: Address) -> Address:
    inner = _inside(address) if isinstance(address, IPv6Address) else None
    return inner or address


def _inside(address: IPv6Address) -> IPv4Address | None:
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
