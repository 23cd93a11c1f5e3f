"""What the routes for buyers' lines share: the doors, bodies read within a limit, refusals as HTTP knows them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from desk.channels.busy_hour import AlreadyBusy
from desk.channels.doors import Doors
from desk.channels.pace import TooOften
from desk.channels.receiving import Conflict
from desk.channels.webhook_door import Unsigned

MOST_BYTES = 65_536
"""Bytes of a body."""


def get_doors(request: Request) -> Doors:
    """The ways in of this application."""
    doors: Doors = request.app.state.doors
    return doors


DoorsOf = Annotated[Doors, Depends(get_doors)]


async def read_body(request: Request) -> bytes:
    """The raw body. Raises HTTPException 413 for a longer one, before the rest of it is read."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise HTTPException(413, f"the body has more than {MOST_BYTES} bytes")
    return bytes(body)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what a door refuses into its HTTP status."""
    try:
        yield
    except Unsigned as error:
        raise HTTPException(401, str(error)) from None
    except (Conflict, AlreadyBusy) as error:
        raise HTTPException(409, str(error)) from None
    except TooOften as error:
        raise HTTPException(429, str(error), {"Retry-After": str(math.ceil(error.wait))}) from None
