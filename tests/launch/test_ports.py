from __future__ import annotations

import os
import socket
from collections.abc import Callable

import pytest

from contracts.errors import ServiceDown
from launch.ports import check_ports, free_port, holder, is_free
from launch.service import Service

Make = Callable[..., Service]


def test_a_busy_port_is_told_with_its_holder_and_its_setting(make_service: Make) -> None:
    service = make_service("desk")
    check_ports([service])
    with socket.create_server(("127.0.0.1", service.port)):
        with pytest.raises(ServiceDown) as error:
            check_ports([service])
        assert holder(service.port).startswith(f"process {os.getpid()} (")
    assert f"port {service.port} (desk) is in use by process {os.getpid()}" in str(error.value)
    assert "HUASHU_DESK__PORT" in str(error.value)
    check_ports([service])


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(ServiceDown, match="cannot listen on"):
        is_free("192.0.2.1", free_port())


def test_nobody_holds_a_free_port() -> None:
    assert holder(free_port()) == ""
