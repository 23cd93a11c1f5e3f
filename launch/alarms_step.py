"""Step four: the learnt part of the alarms."""

from __future__ import annotations

from alarms.ear import ALARMS_FOLDER
from alarms.lines import LINES, read_lines
from alarms.model import FORMAT, AlarmModel
from contracts.errors import DataError
from desk.settings import PROJECT, Settings
from files.atomic import new_folder
from launch import fingerprint
from launch.encoder_step import EncoderStep
from launch.lessons import read_lessons
from launch.progress import Progress
from learning.unreadable import UNREADABLE

_CODE = (
    "alarms/*.py",
    "learning/*.py",
    "launch/lessons.py",
    "contracts/holdout.py",
    "contracts/taxonomy.py",
    "retrieval/encoder/lesson.py",
    "contracts/text.py",
    "requirements/desk.lock",
)


class AlarmsStep:
    """Trains below `var/alarms`, into a folder of its own that takes the place of the old one when it is whole."""

    name = "alarms"
    title = "learnt alarms"

    def __init__(self, settings: Settings, encoder: EncoderStep) -> None:
        self._settings = settings
        self._encoder = encoder
        self._folder = settings.var / ALARMS_FOLDER

    def fingerprint(self) -> str:
        code = fingerprint.of_files(PROJECT, _CODE)
        data = fingerprint.of_files(self._settings.data, [f"{LINES}/*.jsonl", "nlu/*.yml"])
        return fingerprint.of_parts(code, data, self._encoder.encoder().card.fingerprint, str(FORMAT))

    def made(self) -> bool:
        try:
            AlarmModel.load(self._folder)
        except UNREADABLE:
            return False
        return True

    def run(self, progress: Progress) -> None:
        """Raises DataError for a faulty line, and for lines that are too few."""
        from alarms.training import Said, train  # scikit-learn, which serving does without

        lines = read_lines(self._settings.data / LINES)
        said = [Said(lesson.text, lesson.topics) for lesson in read_lessons(self._settings.data / "nlu")]
        encoder = self._encoder.encoder()
        progress.say(f"learnt alarms: {len(lines)} labelled lines")
        try:
            model = train(lines, said, encoder.encode, encoder.card.fingerprint)
        except ValueError as error:
            raise DataError(str(error), file=str(self._settings.data / LINES)) from None
        with new_folder(self._folder) as folder:
            model.save(folder)
