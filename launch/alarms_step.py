"""The learnt part of the alarms."""

from __future__ import annotations

from pathlib import Path

from alarms.ear import ALARMS_FOLDER
from alarms.lines import LINES, read_lines
from alarms.model import FORMAT, AlarmModel
from contracts.errors import DataError
from desk.settings import Settings
from launch.encoder_step import EncoderStep
from launch.learnt_step import LearntStep
from launch.lessons import read_lessons
from launch.progress import Progress


class AlarmsStep(LearntStep):
    """Trains below `var/alarms` on the labelled lines and the intent model's."""

    name = "alarms"
    title = "learnt alarms"
    folder = ALARMS_FOLDER
    format = FORMAT
    code = (
        "alarms/*.py",
        "launch/lessons.py",
        "contracts/holdout.py",
        "contracts/taxonomy.py",
        "retrieval/encoder/lesson.py",
    )
    data = (f"{LINES}/*.jsonl", "nlu/*.yml")

    def __init__(self, settings: Settings, encoder: EncoderStep) -> None:
        super().__init__(settings)
        self._encoder = encoder

    def encoder_fingerprint(self) -> str:
        return self._encoder.encoder().card.fingerprint

    def load(self, folder: Path) -> object:
        return AlarmModel.load(folder)

    def learn(self, data: Path, folder: Path, progress: Progress) -> None:
        from alarms.training import Said, train  # scikit-learn, which serving does without

        lines = read_lines(data / LINES)
        said = [Said(lesson.text, lesson.topics) for lesson in read_lessons(data / "nlu")]
        progress.say(f"learnt alarms: {len(lines)} labelled lines")
        encoder = self._encoder.encoder()
        try:
            train(lines, said, encoder.encode, encoder.card.fingerprint).save(folder)
        except ValueError as error:
            raise DataError(str(error), file=str(data / LINES)) from None
