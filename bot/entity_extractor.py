"""The Rasa component that names numbers, titles, addresses, days ... in a buyer's message by patterns."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import ENTITY_ATTRIBUTE_CONFIDENCE_TYPE
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.entities.patterns import find_entities
from contracts.understanding import Entity

CERTAIN = 1.0
"""A pattern matches or it does not."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PatternEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Adds the entities that `bot.entities` finds; it is configured by nothing and learns nothing."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PatternEntityExtractor:
        """See parent class."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Append to the entities that each message already has; a message without text is left as it is."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                found = self.add_extractor_name([_as_rasa(entity) for entity in find_entities(text)])
                message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages


def _as_rasa(entity: Entity) -> Dict[str, Any]:
    return {
        ENTITY_ATTRIBUTE_TYPE: entity.name,
        ENTITY_ATTRIBUTE_VALUE: entity.value,
        ENTITY_ATTRIBUTE_START: entity.start,
        ENTITY_ATTRIBUTE_END: entity.end,
        ENTITY_ATTRIBUTE_CONFIDENCE_TYPE: CERTAIN,
    }
