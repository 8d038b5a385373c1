"""Test layers: a site with the add-on, its languages and time zone as in the field."""

from argon2 import PasswordHasher
from plone import api
from plone.app.contenttypes.testing import PLONE_APP_CONTENTTYPES_FIXTURE
from plone.app.testing import applyProfile
from plone.app.testing import FunctionalTesting
from plone.app.testing import IntegrationTesting
from plone.app.testing import PloneSandboxLayer
from plone.testing.zope import WSGI_SERVER_FIXTURE
from typing import Any
from zope.configuration.xmlconfig import ConfigurationMachine


TIME_ZONE = "Asia/Ho_Chi_Minh"


class EqmsLayer(PloneSandboxLayer):
    """A Plone site with the add-on installed."""

    defaultBases = (PLONE_APP_CONTENTTYPES_FIXTURE,)

    def setUpZope(self, app: Any, configurationContext: ConfigurationMachine) -> None:
        """Load what autoinclude loads in a running site."""
        import collective.z3cform.datagridfield
        import eqms
        import eqms.approval.authentication.hashing as hashing
        import plone.restapi
        import plonetheme.barceloneta

        self.loadZCML(package=plone.restapi)
        self.loadZCML(package=collective.z3cform.datagridfield)
        self.loadZCML(package=plonetheme.barceloneta)
        self.loadZCML(package=eqms)
        # Slow on purpose; tests log in thousands of times.
        hashing.ARGON2.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

    def setUpPloneSite(self, portal: Any) -> None:
        """Install the profile into a site set up as an agency's is."""
        api.portal.set_registry_record("plone.portal_timezone", TIME_ZONE)
        applyProfile(portal, "plonetheme.barceloneta:default")
        applyProfile(portal, "eqms:default")


FIXTURE = EqmsLayer()

INTEGRATION_TESTING = IntegrationTesting(bases=(FIXTURE,), name="Eqms:Integration")

FUNCTIONAL_TESTING = FunctionalTesting(bases=(FIXTURE, WSGI_SERVER_FIXTURE), name="Eqms:Functional")
