"""Settings of this room, kept in the registry of the site.

The defaults hold until a site sets its own; installing the add-on again keeps what was set.
"""

from zope.interface import Interface


class IApprovalSettings(Interface):
    """How documents are approved and issued."""
