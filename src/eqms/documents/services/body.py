"""Members of the JSON bodies of services."""

from datetime import date
from enum import StrEnum
from eqms import _
from eqms.documents.errors import bad_request
from eqms.documents.upload import decoded
from plone.namedfile.file import NamedBlobFile
from plone.restapi.deserializer import json_body
from plone.restapi.exceptions import DeserializationError
from typing import Any
from typing import TypeVar


Choice = TypeVar("Choice", bound=StrEnum)


def body_of(request: Any) -> dict[str, Any]:
    """The JSON object in the body of a request; an empty one if there is no body.

    :raises BadRequest: if the body is something else
    """
    try:
        return dict(json_body(request))
    except DeserializationError as error:
        raise bad_request(
            _("error_no_json_object", default="The body must be a JSON object.")
        ) from error


def text_of(request: Any, name: str) -> str:
    """A text member of the JSON body; empty if it is not there.

    :raises BadRequest: if it is something else than text
    """
    value = body_of(request).get(name, "")
    if not isinstance(value, str):
        raise bad_request(
            _("error_no_text", default="${name} must be text.", mapping={"name": name})
        )
    return value


def choice_of(request: Any, name: str, choices: type[Choice], default: Choice) -> Choice:
    """A member of the JSON body that is one of a few words; the default if it is not there.

    :raises BadRequest: if it is none of them
    """
    return chosen(name, body_of(request).get(name, default.value), choices)


def chosen(name: str, value: Any, choices: type[Choice]) -> Choice:
    """One of a few words as what it stands for; ``name`` is what the value is called.

    :raises BadRequest: if it is none of them
    """
    try:
        return choices(value)
    except ValueError as error:
        raise bad_request(
            _(
                "error_unknown_choice",
                default="${name} must be one of: ${allowed}.",
                mapping={"name": name, "allowed": ", ".join(known.value for known in choices)},
            )
        ) from error


def day_of(request: Any, name: str) -> date:
    """A member of the JSON body that is an ISO date.

    :raises BadRequest: if it is none
    """
    try:
        return date.fromisoformat(text_of(request, name))
    except ValueError as error:
        raise bad_request(
            _(
                "error_no_date",
                default="${name} must be a date like 2026-03-01.",
                mapping={"name": name},
            )
        ) from error


def file_of(request: Any, name: str) -> NamedBlobFile | None:
    """A member of the JSON body that is a file, ``{data, filename}``; None if it is not there.

    :raises BadRequest: if it is something else
    :raises RequestEntityTooLarge: if it is too large
    """
    value = body_of(request).get(name)
    if value is None:
        return None
    upload = decoded(value)
    return NamedBlobFile(upload.data, filename=upload.name)
