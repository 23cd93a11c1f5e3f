"""Step one, by default: the embedded encoder adapted to the training lines."""

from __future__ import annotations

from contracts.errors import DataError
from contracts.holdout import held_out
from files.atomic import new_folder
from launch import fingerprint
from launch.encoder_step import EncoderStep
from launch.lessons import read_lessons
from launch.progress import Progress
from retrieval.encoder import adapted, embedded
from retrieval.encoder.store import folder_of

_NETWORK = (
    "adaptation",
    "adapted",
    "attention",
    "graph",
    "graph_export",
    "layout",
    "lesson",
    "network",
    "reader_export",
    "talk",
    "topic_head",
    "topic_reader",
    "trainable",
)
_CODE = (
    *(f"retrieval/encoder/{name}.py" for name in _NETWORK),
    "launch/lessons.py",
    "contracts/utterance.py",
    "contracts/holdout.py",
)
_LEAST_TOPICS = 2


class AdaptedEncoderStep(EncoderStep):
    """Trains below `var/encoders/adapted`, into a folder of its own that takes the place of the old one when whole."""

    def fingerprint(self) -> str:
        code = fingerprint.of_files(self._project, _CODE)
        lines = fingerprint.of_files(self._settings.data, ["nlu/*.yml"])
        torch = fingerprint.of_files(self._project, ["requirements/torch.txt"])
        return fingerprint.of_parts(adapted.NAME, embedded.CARD.fingerprint, torch, code, lines)

    def run(self, progress: Progress) -> None:
        from retrieval.encoder import graph_export, reader_export  # torch: at set-up only
        from retrieval.encoder.adaptation import adapt

        self._loaded = None
        progress.say("encoder adapted: comparing the files of the embedded one with the pinned ones")
        embedded.verify()
        lessons = [line for line in read_lessons(self._settings.data / "nlu") if not held_out(line.text)]
        if len({lesson.topics[0] for lesson in lessons}) < _LEAST_TOPICS:
            raise DataError("needs lines of at least two topics", file=str(self._settings.data / "nlu"))
        progress.say(f"encoder adapted: training on {len(lessons)} lines")
        made = adapt(adapted.wheel_weights(), embedded.numbers(), lessons, progress.say)
        with new_folder(folder_of(adapted.NAME, self._settings.var / "encoders")) as folder:
            adapted.describe(folder, made.weights)
            graph_export.export(made.network, embedded.numbers(), folder)
            made.head.save(folder)
            head = made.head
            reader_export.export(made.network, made.attention, embedded.numbers(), head.topics, head.encoder, folder)
