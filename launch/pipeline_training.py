"""A Rasa pipeline trained for a comparison, apart from the model of the set-up; what is trained is kept."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from contracts.errors import InputError
from desk.settings import PROJECT, Settings
from files.atomic import new_folder
from launch import fingerprint
from launch.commands import CommandFailed, Commands
from launch.services import rasa_environment, rasa_python
from retrieval.encoder.lesson import Lesson

TRIALS = Path("bench") / "intent"
"""Below `var`: a folder for each pipeline that was trained."""

_CODE = ("bot/**/*.py", "contracts/*.py", "retrieval/encoder/*.py", "requirements/rasa.lock", "domain.yml")
_MODEL, _FACTS, _LINES, _CONFIG = "model.tar.gz", "facts.json", "lines.yml", "config.yml"


@dataclass(frozen=True)
class Trained:
    """A trained model; `seconds` by the clock, `core_seconds` as worked by a core."""

    model: Path
    seconds: float
    core_seconds: float


def train(name: str, config: Path, lessons: Iterable[Lesson], settings: Settings, encoder: str) -> Trained:
    """The model of a pipeline, trained on `lessons` unless that was done; `encoder` is the fingerprint of what it uses.

    Raises SetupNeeded without the Rasa runtime and InputError, with the end of the log, when training fails.
    """
    lines = nlu_of(lessons)
    made_of = fingerprint.of_parts(
        config.read_text(encoding="utf-8"), lines, fingerprint.of_files(PROJECT, _CODE), encoder
    )
    folder = settings.var / TRIALS / f"{name}-{made_of[:12]}"
    if not (folder / _FACTS).is_file():
        with new_folder(folder) as building:
            (building / _LINES).write_text(lines, encoding="utf-8")
            shutil.copyfile(config, building / _CONFIG)  # Rasa writes into the one it is given
            facts = _train(name, building, settings)
            (building / _FACTS).write_text(json.dumps(facts), encoding="utf-8")
    facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
    return Trained(folder / _MODEL, facts["seconds"], facts["core_seconds"])


def _train(name: str, folder: Path, settings: Settings) -> dict[str, float]:
    """Seconds of a training in `folder`; nothing that Rasa remembers of earlier ones saves time."""
    cache = Path(tempfile.mkdtemp(prefix="huashu-rasa-cache-"))
    command = [
        str(rasa_python()),
        "-m",
        "rasa",
        "train",
        "nlu",
        "--config",
        str(folder / _CONFIG),
        "--domain",
        "domain.yml",
    ]
    command += ["--nlu", str(folder / _LINES), "--out", str(folder), "--fixed-model-name", _MODEL.partition(".")[0]]
    environment = {**rasa_environment(settings), "RASA_CACHE_DIRECTORY": str(cache)}
    log = settings.var / "log" / f"bench-{name}.log"
    log.unlink(missing_ok=True)
    started, worked = time.monotonic(), _children()
    try:
        Commands(PROJECT).run("training", command, log, env=environment)
    except CommandFailed as failure:
        raise InputError(f"the pipeline {name} could not be trained. {failure}") from None
    finally:
        shutil.rmtree(cache, ignore_errors=True)
    if not (folder / _MODEL).is_file():
        raise InputError(f"rasa train left no model; see {log}")
    return {"seconds": time.monotonic() - started, "core_seconds": _children() - worked}


def _children() -> float:
    """Seconds that cores have worked for ended children."""
    times = os.times()
    return times.children_user + times.children_system


def nlu_of(lessons: Iterable[Lesson]) -> str:
    """Training lines in Rasa's format: the top keys as YAML, below them JSON, which YAML reads."""
    blocks: dict[str, list[Lesson]] = {}
    for lesson in lessons:
        blocks.setdefault(lesson.topics[0], []).append(lesson)
    written = [
        {
            "intent": topic.partition("/")[0],
            "metadata": {"topic": topic},
            "examples": [{"text": lesson.text, "metadata": _before(lesson)} for lesson in some],
        }
        for topic, some in blocks.items()
    ]
    return f'version: "3.1"\nnlu: {json.dumps(written)}\n'


def _before(lesson: Lesson) -> dict[str, object]:
    fields = asdict(lesson)
    return {"agent": fields["agent"], "buyer": fields["buyer"], "also": list(lesson.topics[1:])}
