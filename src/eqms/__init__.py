"""eqms: the ISO 9001 quality management system of state agencies, inside Plone."""

from zope.i18nmessageid import MessageFactory


PACKAGE_NAME = "eqms"

_ = MessageFactory(PACKAGE_NAME)
