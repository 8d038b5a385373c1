"""Fixtures for reading Word files."""

from pathlib import Path
import os
import pytest


@pytest.fixture(scope="session")
def corpus():
    """The folder of real procedures, named by the environment variable EQMS_CORPUS."""
    named = os.environ.get("EQMS_CORPUS")
    if not named:
        pytest.skip("EQMS_CORPUS is not set: the real procedures are not at hand")
    folder = Path(named) / "procedures"
    assert folder.is_dir(), f"EQMS_CORPUS is set, but {folder} does not exist"
    return folder
