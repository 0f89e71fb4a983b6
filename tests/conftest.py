"""What all tests share: Hypothesis draws the same examples everywhere and has no stopwatch."""

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
