"""The methods that the site allows, for choosing one."""

from eqms.approval.authentication.interfaces import IReauthentication
from eqms.approval.authentication.proof import allowed_methods
from typing import Any
from zope.component import getUtility
from zope.interface import provider
from zope.schema.interfaces import IContextSourceBinder
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


@provider(IContextSourceBinder)
def methods(context: Any) -> SimpleVocabulary:
    """Each allowed method with what it asks for, the preferred one first."""
    return SimpleVocabulary(
        [
            SimpleTerm(name, name, getUtility(IReauthentication, name=name).title)
            for name in allowed_methods()
        ]
    )
