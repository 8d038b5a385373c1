"""Codes of agencies: each is given once in the site."""

from BTrees.OOBTree import OOBTree
from eqms import _
from eqms.agencies.content import Agency
from eqms.domain.codes import canonical
from eqms.domain.codes import normalise
from plone import api
from zExceptions import BadRequest
from zope.annotation.interfaces import IAnnotations
from zope.globalrequest import getRequest
from zope.i18n import translate


ANNOTATION = "eqms.agencies.codes"


def hold(agency: Agency) -> None:
    """Enter the code of an agency, and free the one it held before.

    :raises BadRequest: if another agency holds it
    """
    agency.code = normalise(agency.code)
    wanted, uid = canonical(agency.code), api.content.get_uuid(agency)
    holders = _holders()
    if holders.get(wanted, uid) != uid:
        message = _(
            "error_agency_code_taken",
            default="Another agency has the code ${code} already. Choose another one.",
            mapping={"code": agency.code},
        )
        raise BadRequest(translate(message, context=getRequest()))
    release(agency)
    holders[wanted] = uid
    agency._held_code = wanted


def part_from_original(agency: Agency) -> None:
    """Give a copied agency a code of its own, made from that of the original."""
    if getattr(agency, "_held_code", None) is None:
        return
    agency._held_code = None
    number = 2
    while canonical(f"{agency.code}-{number}") in _holders():
        number += 1
    agency.code = f"{agency.code}-{number}"


def release(agency: Agency) -> None:
    """Free the code of an agency that changes it or goes away."""
    held = getattr(agency, "_held_code", None)
    if held is not None and _holders().get(held) == api.content.get_uuid(agency):
        del _holders()[held]


def holder_of(code: str) -> str | None:
    """UID of the agency that has a code, however it is written; None if none has."""
    holders = IAnnotations(api.portal.get()).get(ANNOTATION, {})
    found: str | None = holders.get(canonical(code))
    return found


def _holders() -> OOBTree:
    annotations = IAnnotations(api.portal.get())
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = OOBTree()
    return annotations[ANNOTATION]
