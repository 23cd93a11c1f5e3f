from __future__ import annotations

from hypothesis import settings

settings.register_profile("huashu", deadline=None, derandomize=True)
settings.load_profile("huashu")
