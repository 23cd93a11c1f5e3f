from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import SetupNeeded
from retrieval.encoder.sessions import open_session


@pytest.mark.parametrize("content", [None, b"", b"no graph at all"])
def test_what_is_no_graph_asks_for_the_set_up(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "model.onnx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SetupNeeded, match="huashu setup"):
        open_session(path, threads=1)
