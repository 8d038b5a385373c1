"""Fixtures of approval: a mail server that keeps what it is given."""

from email import message_from_bytes
from email.policy import default
from plone import api
from Products.CMFPlone.tests.utils import MockMailHost
from Products.MailHost.interfaces import IMailHost
from zope.component import getSiteManager
import pytest


class Mails(MockMailHost):
    """A mail server that sends nothing."""

    @property
    def sent(self):
        """What was mailed, in order."""
        return [message_from_bytes(data, policy=default) for data in self.messages]


@pytest.fixture
def mailhost(portal):
    """Everything mailed in a test, as ``mailhost.sent``."""
    api.portal.set_registry_record("plone.email_from_address", "iso@example.vn")
    api.portal.set_registry_record("plone.site_title", "ISO điện tử")
    host = Mails("MailHost")
    manager = getSiteManager(portal)
    manager.unregisterUtility(provided=IMailHost)
    manager.registerUtility(host, IMailHost)
    portal._original_MailHost, portal.MailHost = portal.MailHost, host
    return host
