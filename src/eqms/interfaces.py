"""Interfaces of the add-on as a whole."""

from zope.interface import Interface


class IEqmsLayer(Interface):
    """Browser layer: present on requests of a site in which eqms is installed."""
