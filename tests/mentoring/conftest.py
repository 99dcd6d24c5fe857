"""How examples are drawn for the core: a shared machine may be slow, which is no failure."""

from hypothesis import settings

settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")
