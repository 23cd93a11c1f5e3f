"""Rasa in tests: absent from one runtime, and noisy when it is imported in the other."""

from __future__ import annotations

import warnings
from importlib import import_module
from importlib.util import find_spec

collect_ignore: list[str] = []

if find_spec("rasa") is None:
    # Its components cannot be collected; the pure parts of bot/ can.
    collect_ignore += [
        "test_entity_extractor.py",
        "test_context_reader.py",
        "test_encoder_featurizer.py",
        "test_line_importer.py",
        "test_topic_classifier.py",
    ]
else:
    with warnings.catch_warnings():
        # TensorFlow 2.12, which Rasa 3.6 pins, asks jax for a function that later jax versions deprecate.
        # Warnings are errors here, also while tests are collected, so Rasa is imported once with that one let pass.
        warnings.filterwarnings("ignore", message="jax.xla_computation is deprecated", category=DeprecationWarning)
        import_module("rasa.engine.recipes.default_recipe")
