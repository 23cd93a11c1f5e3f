from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from contracts.errors import InputError, SetupNeeded
from desk.settings import Settings
from launch.encoder_step import EncoderStep
from launch.model_step import ModelStep
from launch.progress import Progress

TRAIN = """#!{python}
import os, pathlib, sys, time
arguments = dict(zip(sys.argv[4::1], sys.argv[5::1]))
out = pathlib.Path(arguments['--out'])
print('training with', os.environ['HUASHU_ENCODER__MODEL'])
mode = pathlib.Path('mode').read_text()
if mode == 'bad':
    raise SystemExit('domain.yml: intent unknown')
(out / 'part').touch()
if mode == 'slow':
    pathlib.Path('started').touch()
    time.sleep(600)
if mode == 'good':
    (out / (arguments['--fixed-model-name'] + '.tar.gz')).write_text(' '.join(sys.argv[1:]))
"""
Until = Callable[[Callable[[], object]], None]


class Bench:
    """A project with a Rasa runtime that only pretends to train."""

    def __init__(self, project: Path) -> None:
        self.project = project
        python = project / ".venv-rasa" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(TRAIN.format(python=sys.executable))
        python.chmod(0o755)
        for name in ("config.yml", "domain.yml", "data/nlu/a.yml", "data/dialogue/b.yml", "bot/c.py"):
            path = project / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("x")
        self.settings = Settings(var=project / "var", data=project / "data")
        self.encoder = SimpleNamespace(card=SimpleNamespace(fingerprint="e1"))
        stand_in = cast(EncoderStep, SimpleNamespace(encoder=lambda: self.encoder))
        self.step = ModelStep(self.settings, stand_in, project)
        self.model = project / "var" / "models" / "huashu.tar.gz"

    def mode(self, mode: str) -> None:
        (self.project / "mode").write_text(mode)

    def leftovers(self) -> list[Path]:
        return list(self.model.parent.glob(".training-*"))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_the_finished_model_takes_its_place(bench: Bench, progress: Progress) -> None:
    assert not bench.step.made()
    bench.mode("good")
    bench.step.run(progress)
    assert bench.step.made()
    told = "rasa train --force --skip-validation --config config.yml --domain domain.yml --data"
    assert told in bench.model.read_text()
    assert bench.leftovers() == []
    assert "training with adapted" in (bench.project / "var" / "log" / "rasa-train.log").read_text()


@pytest.mark.parametrize(("mode", "message"), [("bad", "intent unknown"), ("empty", "left no model")])
def test_a_failure_keeps_the_old_model(bench: Bench, progress: Progress, mode: str, message: str) -> None:
    bench.mode("good")
    bench.step.run(progress)
    before = bench.model.read_text()
    bench.mode(mode)
    with pytest.raises(InputError, match=message):
        bench.step.run(progress)
    assert bench.model.read_text() == before
    assert bench.leftovers() == []


def test_an_interruption_leaves_no_model_and_no_process(bench: Bench, progress: Progress, until: Until) -> None:
    bench.mode("slow")
    started = bench.project / "started"
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # what is started in the background ignores it

    def interrupt() -> None:
        until(started.exists)
        os.kill(os.getpid(), signal.SIGINT)

    other = threading.Thread(target=interrupt)
    other.start()
    with pytest.raises(KeyboardInterrupt):
        bench.step.run(progress)
    other.join()
    signal.signal(signal.SIGINT, before)
    assert not bench.step.made()
    assert bench.leftovers() == []
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(bench.project / ".venv-rasa") not in listed


def test_what_a_killed_training_left_is_swept_away(bench: Bench, progress: Progress) -> None:
    (bench.model.parent / ".training-dead").mkdir(parents=True)
    bench.mode("good")
    bench.step.run(progress)
    assert bench.leftovers() == []


def test_every_input_counts(bench: Bench) -> None:
    seen = {bench.step.fingerprint()}
    for name in ("config.yml", "domain.yml", "data/nlu/a.yml", "data/dialogue/b.yml", "bot/c.py"):
        (bench.project / name).write_text("y")
        seen.add(bench.step.fingerprint())
    bench.encoder.card.fingerprint = "e2"
    seen.add(bench.step.fingerprint())
    assert len(seen) == 7


def test_without_the_runtime_make_setup_is_named(bench: Bench, progress: Progress) -> None:
    (bench.project / ".venv-rasa" / "bin" / "python").unlink()
    with pytest.raises(SetupNeeded, match="make setup"):
        bench.step.run(progress)


def test_long_training_is_seen_to_go_on(
    bench: Bench, progress: Progress, out: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    module: Any = sys.modules["launch.model_step"]
    monkeypatch.setattr(module, "_NOTE_EVERY", 0.0)
    bench.mode("good")
    bench.step.run(progress)
    assert "Rasa model: training with adapted" in out.getvalue()
