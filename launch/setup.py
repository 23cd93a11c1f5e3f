"""`huashu setup`: encoder, search index, learnt alarms, Rasa model and panel in order, the learnt rules beside them."""

from __future__ import annotations

import time

from contracts.errors import HuashuError
from desk.settings import Settings
from launch.adapted_step import AdaptedEncoderStep
from launch.alarms_step import AlarmsStep
from launch.beside import beside
from launch.encoder_step import EncoderStep
from launch.index_step import IndexStep
from launch.lock import exclusive
from launch.model_step import ModelStep
from launch.panel_step import PanelStep
from launch.progress import Progress
from launch.rules_step import RulesStep
from launch.steps import Step, StepResult, due, perform
from retrieval.encoder.adapted import NAME as ADAPTED


def set_up(settings: Settings, progress: Progress) -> tuple[StepResult, ...]:
    """Make what is missing or out of date; one process at a time. Raises HuashuError with what to do.

    A panel that cannot be built (npm does not reach its registry) stops nothing: it is said, and the API serves.
    """
    encoder = (AdaptedEncoderStep if settings.encoder.model == ADAPTED else EncoderStep)(settings)
    steps: tuple[Step, ...] = (
        encoder,
        IndexStep(settings, encoder),
        AlarmsStep(settings, encoder),
        ModelStep(settings, encoder),
    )
    rules, stamps = RulesStep(settings), settings.var / "stamps"

    def others() -> tuple[StepResult, ...]:
        return (*perform(steps, stamps, progress), set_up_panel(PanelStep(settings), settings, progress))

    with exclusive(settings.var / "run" / "setup.lock", lambda: progress.say("waiting for another set-up to finish")):
        if not due(rules, stamps):
            return (*perform((rules,), stamps, progress), *others())
        with beside(rules, stamps, progress) as running:  # the longest step, which needs none of the others
            return (*others(), running.result())


def set_up_panel(step: PanelStep, settings: Settings, progress: Progress) -> StepResult:
    """Build the panel where that is needed; when it cannot be built that is said, and nothing more happens."""
    start = time.monotonic()
    try:
        return perform((step,), settings.var / "stamps", progress)[0]
    except HuashuError as error:
        progress.say(f"WARNING: {error}")
        return StepResult(step.name, "failed", time.monotonic() - start)
