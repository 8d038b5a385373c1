"""The template of an agency decides what its Word files look like: its change is evidence."""

from eqms.agencies.content import Agency
from eqms.documents.snapshot import digest
from eqms.trail import storage as trail
from plone import api
from zope.lifecycleevent.interfaces import IObjectModifiedEvent


def agency_modified(agency: Agency, event: IObjectModifiedEvent) -> None:
    """Note in the trail of an agency that it has another template, or none any more."""
    template = getattr(agency, "docx_template", None)
    present = digest(template) if template is not None else ""
    before = getattr(agency, "_noted_template", "")
    if present == before:
        return
    agency._noted_template = present
    trail.append(
        api.content.get_uuid(agency),
        "print_template_changed",
        path="/".join(agency.getPhysicalPath()),
        changes={"docx_template": [before, present]},
    )
