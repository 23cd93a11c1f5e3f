"""ONNX Runtime as this project uses it: on the CPU, and idle threads leave the cores to others."""

from __future__ import annotations

from pathlib import Path

from onnxruntime import InferenceSession, SessionOptions

from contracts.errors import SetupNeeded


def open_session(model: Path, threads: int) -> InferenceSession:
    """The graph in a file, with `threads` threads within an operation. Raises SetupNeeded when it cannot be loaded."""
    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime raises bare Exception subclasses of its own
        raise SetupNeeded(f"the encoder {model} cannot be loaded ({error}); run `huashu setup`") from None
