"""Models by their name on the model hub."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from huggingface_hub import snapshot_download
from huggingface_hub.errors import GatedRepoError, HFValidationError, LocalEntryNotFoundError, RepositoryNotFoundError

from contracts.errors import InputError, ServiceDown

ORGANISATION = "sentence-transformers"
"""Owner of the models that are named without one, as in that library."""
_NOT_NEEDED = ["onnx/*", "openvino/*", "*.onnx", "*.h5", "*.msgpack", "*.ot", "*.ckpt", "*.gguf"]
_WAIT = 10
"""Seconds to wait for the hub's first answer."""


def fetch(name: str, progress: Callable[[str], None]) -> Path:
    """The folder of model `name` in the hub's own cache, downloaded when it is not there.

    Raises InputError when the name is none or no model of that name is open to this user, ServiceDown when the hub
    cannot be reached and the model is not in the cache.
    """
    progress(f"encoder {name}: looking it up on the model hub")
    owned = name if "/" in name else f"{ORGANISATION}/{name}"
    try:
        return Path(snapshot_download(owned, ignore_patterns=_NOT_NEEDED, etag_timeout=_WAIT))
    except HFValidationError:
        raise InputError(f"encoder {name}: no such folder on this machine, and not a name of the model hub") from None
    except (GatedRepoError, RepositoryNotFoundError):
        raise InputError(f"encoder {name}: no such folder on this machine, and no open model of the hub") from None
    except (LocalEntryNotFoundError, OSError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ServiceDown(
            f"encoder {name}: no such folder on this machine, and the model hub cannot be reached ({reason}). "
            "Copy the model's folder to this machine and name its path in encoder.model, or choose `embedded`"
        ) from None
