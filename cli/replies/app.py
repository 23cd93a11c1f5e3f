"""The commands below `huashu replies`."""

from __future__ import annotations

import typer

from cli.fit import fit_ranking
from cli.replies import checking, listing, moving, proposing

app = typer.Typer(help="The reply library.", no_args_is_help=True)
app.command("list")(listing.list_replies)
app.command("show")(listing.show)
app.command("search")(listing.search_replies)
app.command("lint")(checking.lint_replies)
app.command("coverage")(checking.show_coverage)
app.command("export")(moving.export_replies)
app.command("import")(moving.import_replies)
app.command("proposals")(proposing.export_proposals)
app.command("fit")(fit_ranking)
