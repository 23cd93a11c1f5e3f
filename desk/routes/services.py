"""What routes are given: the running service and its parts."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from desk.assembly import Desk
from desk.service import Service


def get_service(connection: HTTPConnection) -> Service:
    """The service of this application."""
    service: Service = connection.app.state.service
    return service


def get_desk(connection: HTTPConnection) -> Desk:
    """The assembled desk of this application."""
    return get_service(connection).desk


ServiceOf = Annotated[Service, Depends(get_service)]
DeskOf = Annotated[Desk, Depends(get_desk)]
