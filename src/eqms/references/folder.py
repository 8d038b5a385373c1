"""The folder of references: one in the site, with a fixed address."""

from eqms import _
from eqms.references.register import ANNOTATION
from plone import api
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from typing import Any
from typing import Final
from zope.annotation.interfaces import IAnnotations
from zope.i18n import translate


ID: Final = "van-ban-tham-chieu"


def references_folder() -> Any:
    """The folder; made where it is missing, whoever asks."""
    site = api.portal.get()
    if ID not in site.objectIds():
        title = translate(
            _("references_title", default="Legal texts and references"),
            target_language=api.portal.get_default_language(),
        )
        folder = createContent("References", id=ID, title=title)
        addContentToContainer(site, folder, checkConstraints=False)
    return site._getOb(ID)


def references_url() -> str:
    """Address of the folder."""
    return f"{api.portal.get().absolute_url()}/{ID}"


def remove_if_empty() -> None:
    """Take the folder away if nothing was registered; what was registered stays."""
    site = api.portal.get()
    if ID in site.objectIds() and not site._getOb(ID).objectIds():
        site._delObject(ID)
        IAnnotations(site).pop(ANNOTATION, None)
