"""One FileStorage with a site in it, on which two people act at once."""

from cast import make_agency
from rivals import visiting
from storage import copied
import pytest
import transaction


@pytest.fixture(scope="session")
def shared_db(integration_session, tmp_path_factory):
    """A database on disk with the site of the test layer and an agency."""
    db = copied(integration_session["zodbDB"], tmp_path_factory.mktemp("shared"))
    with visiting(db, "plone") as portal:
        make_agency(portal)
        transaction.commit()
    yield db
    db.close()
