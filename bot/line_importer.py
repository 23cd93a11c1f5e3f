"""Reads the training lines with libyaml: Rasa's own reader parses each file twice in Python, a third of a training."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

import yaml
from rasa.shared.exceptions import YamlSyntaxException
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.formats.rasa_yaml import KEY_NLU, RasaYAMLReader
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.validation import YamlValidationException, validate_training_data_format_version

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class LineImporter(RasaFileImporter):
    """Rasa's importer of files, but for its schema: `launch.lessons` reads the same lines first and is stricter."""

    def get_nlu_data(self, language: Optional[str] = "en") -> TrainingData:  # noqa: ARG002  # the parent's signature
        """All lines of the files. Raises YamlException for a file that is not a mapping in YAML."""
        return TrainingData().merge(*(_read(Path(file)) for file in self._nlu_files))


def _read(file: Path) -> TrainingData:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.YAMLError as error:
        raise YamlSyntaxException(str(file), error) from error
    if not validate_training_data_format_version(content, str(file)):
        return TrainingData()
    return _Reader(str(file)).of(content)


class _Reader(RasaYAMLReader):
    """Rasa's way from a file's mapping to its lines."""

    def __init__(self, filename: str) -> None:
        super().__init__()
        self.filename = filename

    def of(self, content: dict[str, Any]) -> TrainingData:
        """The lines of a mapping."""
        blocks = content.get(KEY_NLU)
        if not isinstance(blocks, list):
            raise YamlValidationException(f"'{KEY_NLU}' is not a list of blocks", filename=self.filename)
        self._parse_nlu(blocks)
        return TrainingData(self.training_examples)
