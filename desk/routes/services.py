"""What routes are given: the assembled desk."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from desk.assembly import Desk


def get_desk(request: Request) -> Desk:
    """The desk that this application serves."""
    desk: Desk = request.app.state.desk
    return desk


DeskOf = Annotated[Desk, Depends(get_desk)]
