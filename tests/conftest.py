"""Fixtures shared by all tests: the site, an agency and its people."""

from cast import add_document
from cast import make_agency
from eqms.testing import FUNCTIONAL_TESTING
from eqms.testing import INTEGRATION_TESTING
from pytest_plone import fixtures_factory
from security.world import World
import pytest
import transaction


pytest_plugins = ["pytest_plone"]

globals().update(
    fixtures_factory(
        ((FUNCTIONAL_TESTING, "functional"), (INTEGRATION_TESTING, "integration")),
    )
)


@pytest.fixture(scope="session")
def package_name():
    return "eqms"


@pytest.fixture
def agency(portal, http_request):
    """An agency in the integration layer."""
    return make_agency(portal)


@pytest.fixture
def document(agency):
    """A procedure with its first draft."""
    return add_document(agency)


@pytest.fixture
def live_agency(functional_portal):
    """An agency in the functional layer, committed, so that requests see it."""
    agency = make_agency(functional_portal)
    transaction.commit()
    return agency


@pytest.fixture
def live_document(live_agency):
    """A procedure with its first draft in the functional layer, committed."""
    document = add_document(live_agency)
    transaction.commit()
    return document


@pytest.fixture(scope="class")
def world(functional_portal_class):
    """A site with an account for each role, asked over the wire."""
    made = World(functional_portal_class)
    yield made
    made.close()
