"""`huashu openapi`: the API's description, from which clients are generated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.output import say, tell, to_json
from files.atomic import write_text


def openapi(
    out: Annotated[Path | None, typer.Option(help="The file to write; without it the document is printed.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Say as JSON what was written.")] = False,
) -> None:
    """Write the OpenAPI document of the API; nothing is started, and no set-up is needed."""
    from desk.app import describe_api  # the whole desk, which other commands can spare

    document = describe_api()
    if out is None:
        say(to_json(document))
        return
    write_text(out, json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    if as_json:
        say(to_json({"file": str(out), "paths": len(document["paths"])}))
    else:
        tell(f"{out}: {len(document['paths'])} paths")
