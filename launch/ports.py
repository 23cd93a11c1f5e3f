"""Ports: whether one is free, who holds it, and which are free."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterable

import psutil

from contracts.errors import ServiceDown
from launch.service import Service


def check_ports(services: Iterable[Service]) -> None:
    """Raises ServiceDown for the first service whose port is taken; the message says by whom and what to do."""
    for service in services:
        if not is_free(service.host, service.port):
            who = holder(service.port)
            raise ServiceDown(
                f"port {service.port} ({service.label}) is in use{f' by {who}' if who else ''}. "
                f"Stop that process, or choose another port by {service.port_setting} or the same key in huashu.toml"
            )


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there. Raises ServiceDown when the address is not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise ServiceDown(f"cannot listen on {host}:{port}: {error.strerror}") from None
    return True


def holder(port: int) -> str:
    """The process that listens on a port, for a message; empty when it cannot be seen."""
    process = listener(port)
    return "" if process is None else _describe(process)


def listener(port: int) -> psutil.Process | None:
    """The process that listens on a port; None when there is none or it cannot be seen."""
    try:
        connections = psutil.net_connections(kind="tcp")
        for connection in connections:
            listening = connection.status == psutil.CONN_LISTEN and connection.laddr and connection.laddr.port == port
            if listening and connection.pid:
                return psutil.Process(connection.pid)
    except (psutil.Error, OSError):
        pass
    return None


def free_port() -> int:
    """A port of 127.0.0.1 that nothing uses at this moment."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _describe(process: psutil.Process) -> str:
    try:
        command = " ".join(process.cmdline()) or process.name()
    except psutil.Error:
        return f"process {process.pid}"
    return f"process {process.pid} ({command[:80]})"
