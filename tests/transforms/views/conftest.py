"""The small study of the SDTM tests."""

from tests.transforms.sdtm.conftest import trial, trial_with  # noqa: F401
