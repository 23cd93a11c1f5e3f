"""The pipelines that are compared: Rasa configurations in `pipelines/`, and the shipped one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from contracts.errors import InputError

_FOLDER = Path(__file__).resolve().parent / "pipelines"

SHIPPED = "shipped"


@dataclass(frozen=True)
class Pipeline:
    """A Rasa configuration; `encoder` must have been prepared for it, empty for none or the configured one."""

    name: str
    title: str
    encoder: str = ""

    def config(self, project: Path) -> Path:
        """Its file; that of the shipped one stands where Rasa expects it."""
        return project / "config.yml" if self.name == SHIPPED else _FOLDER / f"{self.name}.yml"


PIPELINES = (
    Pipeline(SHIPPED, "**shipped**: adapted vectors and n-grams, lines before"),
    Pipeline("embedded-ngrams", "the same, encoder as published", "embedded"),
    Pipeline("e5-ngrams", "the same, multilingual-e5-small", "multilingual-e5-small"),
    Pipeline("m3e-ngrams", "the same, m3e-small", "m3e-small"),
    Pipeline("logistic-m3e", "logistic regression, m3e-small, lines before", "m3e-small"),
    Pipeline("logistic-alone", "logistic regression, encoder as published, message alone", "embedded"),
    Pipeline("diet-vectors", "DIET on words and vectors of the encoder as published", "embedded"),
    Pipeline("diet-sparse", "DIET on words and n-grams"),
)


def chosen(names: str) -> tuple[Pipeline, ...]:
    """The pipelines that a list `a,b` names, in the order of the table; all for an empty one. Raises InputError."""
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    known = [pipeline.name for pipeline in PIPELINES]
    for name in wanted:
        if name not in known:
            raise InputError(f"--pipelines: unknown {name!r}; known: {', '.join(known)}")
    return tuple(pipeline for pipeline in PIPELINES if not wanted or pipeline.name in wanted)
