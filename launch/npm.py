"""`python -m launch.npm ARGUMENTS`: npm in the panel's folder, with the Node that set-up uses."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from contracts.errors import HuashuError
from desk.settings import PROJECT, load_settings
from launch.node import find_node
from launch.panel_step import PACKAGES, PANEL


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; npm's exit code, or 3 when the panel has not been set up."""
    try:
        node = find_node(load_settings())
    except HuashuError as error:
        print(f"huashu: {error}", file=sys.stderr)
        return 2
    sources = PROJECT / PANEL
    if node is None or not (sources / PACKAGES).is_dir():
        print("huashu: the panel has not been set up; run `make setup` and see what it says", file=sys.stderr)
        return 3
    command = [*node.npm, *(sys.argv[1:] if arguments is None else arguments)]
    return subprocess.run(command, cwd=sources, env={**os.environ, **node.environment}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
