"""Fixtures shared by all tests: the site, its agencies and their people."""

from eqms.testing import FUNCTIONAL_TESTING
from eqms.testing import INTEGRATION_TESTING
from pytest_plone import fixtures_factory

import pytest


pytest_plugins = ["pytest_plone"]

globals().update(
    fixtures_factory(
        ((FUNCTIONAL_TESTING, "functional"), (INTEGRATION_TESTING, "integration")),
    )
)


@pytest.fixture(scope="session")
def package_name():
    return "eqms"
