"""``GET /@validity?uid=…&revision=…&hash=…`` or ``?code=…&agency=…``."""

from eqms import _
from eqms.agencies.lookup import agency_of
from eqms.documents.content import number_of
from eqms.documents.errors import bad_request
from eqms.documents.serializer import instant_json
from eqms.documents.validity import copies_by_number
from eqms.documents.validity import Copy
from eqms.documents.validity import copy_by_code_on_it
from plone import api
from plone.restapi.services import Service
from typing import Any


class ValidityGet(Service):
    """Whether a copy on paper is valid: what is not public is answered exactly as unknown."""

    def reply(self) -> dict[str, Any]:
        """``items``, one for each document that fits; none for what is unknown.

        :raises BadRequest: if neither a code on paper nor the code of a document is asked about
        """
        asked = {name: self._text(name) for name in ("uid", "revision", "hash", "code", "agency")}
        items = [copy_json(copy) for copy in copies_asked(asked)]
        return {
            "@id": f"{api.portal.get().absolute_url()}/@validity",
            "items": items,
            "items_total": len(items),
        }

    def _text(self, name: str) -> str:
        value = self.request.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""


def copies_asked(asked: dict[str, str]) -> list[Copy]:
    """The copies that a question is about.

    :param asked: ``uid``, ``revision`` and ``hash`` as in the code on paper, or ``code`` and
        ``agency`` as a person reads them; empty for what is not given
    :raises BadRequest: if it asks about nothing
    """
    if asked["uid"] and asked["revision"].isdecimal() and len(asked["revision"]) < 6:
        copy = copy_by_code_on_it(asked["uid"], int(asked["revision"]), asked["hash"])
        return [copy] if copy is not None else []
    if asked["code"]:
        return list(copies_by_number(asked["code"], asked["agency"]))
    raise bad_request(
        _(
            "error_validity_question",
            default="Give uid and revision as in the code on the copy, or the code of the "
            "document.",
        )
    )


def copy_json(copy: Copy) -> dict[str, Any]:
    """One copy; nothing of its content."""
    agency, instead, successor = agency_of(copy.document), copy.replaced_by, copy.successor
    return {
        "validity": copy.validity.value,
        "document": {
            "@id": copy.document.absolute_url(),
            "UID": api.content.get_uuid(copy.document),
            "code": copy.document.code,
            "title": copy.document.title,
            "agency": {"code": agency.code, "title": agency.title},
        },
        "revision": {"seq": copy.revision.seq, "number": copy.number},
        "issued_at": instant_json(copy.revision.issued_at),
        "in_force_from": instant_json(copy.since),
        "in_force_until": instant_json(copy.until),
        "replaced_by": instead
        and {
            "seq": instead.seq,
            "number": number_of(instead),
            "in_force_from": instant_json(instead.in_force_from),
        },
        "successor": successor
        and {
            "@id": successor.getURL(),
            "UID": successor.UID,
            "code": successor.eqms_written_code,
            "title": successor.Title,
        },
    }
