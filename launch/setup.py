"""`huashu setup`: encoder, search index, learnt rules and Rasa model, in this order, each only when it is needed."""

from __future__ import annotations

from desk.settings import Settings
from launch.adapted_step import AdaptedEncoderStep
from launch.encoder_step import EncoderStep
from launch.index_step import IndexStep
from launch.lock import exclusive
from launch.model_step import ModelStep
from launch.progress import Progress
from launch.rules_step import RulesStep
from launch.steps import Step, StepResult, perform
from retrieval.encoder.adapted import NAME as ADAPTED


def set_up(settings: Settings, progress: Progress) -> tuple[StepResult, ...]:
    """Make what is missing or out of date; one process at a time. Raises HuashuError with what to do."""
    encoder = (AdaptedEncoderStep if settings.encoder.model == ADAPTED else EncoderStep)(settings)
    steps: tuple[Step, ...] = (
        encoder,
        IndexStep(settings, encoder),
        RulesStep(settings, encoder),
        ModelStep(settings, encoder),
    )
    with exclusive(settings.var / "run" / "setup.lock", lambda: progress.say("waiting for another set-up to finish")):
        return perform(steps, settings.var / "stamps", progress)
