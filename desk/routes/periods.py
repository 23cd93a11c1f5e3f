"""The period that a route is asked about."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Query

from desk.period import Period
from desk.routes.services import ServiceOf

First = Annotated[date | None, Query(alias="from", description="The first day, on the shop's clock.")]
Last = Annotated[date | None, Query(alias="to", description="The last day, included.")]


def get_period(shop: str, service: ServiceOf, first: First = None, last: Last = None) -> Period:
    """The days asked for, by default the latest thirty, on the clock of the shop. Raises InputError."""
    known = shop in service.desk.shops.ids
    zone = service.desk.shops.find(shop).timezone if known else "Asia/Shanghai"
    return Period.of(first, last, service.clock(), zone)


PeriodOf = Annotated[Period, Depends(get_period)]
