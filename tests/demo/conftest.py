"""The demo, loaded once for all tests of a class, in a site with a workflow as in the field."""

from eqms import demo
from plone import api
from zope.event import notify
from zope.globalrequest import getRequest
from zope.traversing.interfaces import BeforeTraverseEvent
import pytest
import transaction


PASSWORDS = {login: f"Mat-khau-{login}" for login in demo.ACCOUNTS}


@pytest.fixture(scope="class")
def demo_site(functional_portal_class):
    site = functional_portal_class
    api.portal.get_tool("portal_workflow").setDefaultChain("simple_publication_workflow")
    notify(BeforeTraverseEvent(site, getRequest()))
    demo.load(site, PASSWORDS)
    transaction.commit()
    return site
