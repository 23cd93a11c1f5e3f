"""A shop's say in the rules: clauses of its own, and hints that it does not want."""

from __future__ import annotations

from pathlib import Path

from compliance.catalogue import SHOPS_FOLDER, Catalogue
from contracts.errors import DataError, InputError
from desk.shops import Shops


def check_shop_rules(catalogue: Catalogue, shops: Shops, data: Path) -> None:
    """See that a shop's own clauses are those of a known shop on its platform, and that it switches off hints only.

    Raises DataError with the file.
    """
    for shop_id, clauses in catalogue.own.items():
        file = str(data / "clauses" / SHOPS_FOLDER / f"{shop_id}.yml")
        try:
            platform = shops.find(shop_id).platform
        except InputError as error:
            raise DataError(str(error), file=file) from None
        for clause in clauses:
            if clause.platforms != {platform}:
                raise DataError(f"the shop sells on {platform.value} alone", file=file, field=clause.id)
    for shop_id in shops.ids:
        file = str(data / "shops" / f"{shop_id}.yml")
        for clause_id in sorted(shops.find(shop_id).hints_off):
            try:
                hint = catalogue.require(clause_id).hint
            except InputError as error:
                raise DataError(str(error), file=file, field="hints_off") from None
            if not hint:
                raise DataError(f"{clause_id} is a rule; only hints can be switched off", file=file, field="hints_off")
