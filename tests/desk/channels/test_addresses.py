from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from desk.channels.addresses import is_permitted, is_public

PRIVATE = """
127.0.0.1 127.9.9.9 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 224.0.0.1
255.255.255.255 192.0.2.1 198.18.0.1 ::1 :: fe80::1 fc00::1 fd12:3456::1 ff02::1 2001:db8::1
::ffff:127.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b::a00:1 2002:7f00:1:: 2002:c0a8:101::
""".split()
PUBLIC = "8.8.8.8 172.32.0.1 1.1.1.1 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_of_the_open_internet(address: str) -> None:
    assert not is_public(ip_address(address))
    assert not is_permitted(ip_address(address), ())


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_open_internet(address: str) -> None:
    assert is_public(ip_address(address))


def test_a_network_can_be_allowed() -> None:
    networks = (ip_network("10.1.0.0/16"), ip_network("fd12::/16"))
    addresses = ("10.1.2.3", "10.2.0.1", "::ffff:10.1.2.3", "fd12::1", "fd13::1", "127.0.0.1")
    assert [text for text in addresses if is_permitted(ip_address(text), networks)] == [
        "10.1.2.3",
        "::ffff:10.1.2.3",
        "fd12::1",
    ]
