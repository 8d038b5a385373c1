"""Tables inside a procedure: lists of rows, each row a dict by a schema of columns."""

from collections.abc import Iterator
from collective.z3cform.datagridfield.row import DictRow
from copy import deepcopy
from eqms import _
from eqms.procedures.fields import ILenient
from eqms.procedures.fields import InvalidInput
from typing import Any
from zope import schema
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.interface import implementer
from zope.interface.interfaces import IInterface
from zope.schema import getFieldsInOrder
from zope.schema.interfaces import ConstraintNotSatisfied
from zope.schema.interfaces import IChoice
from zope.schema.interfaces import IField
from zope.schema.interfaces import IList
from zope.schema.interfaces import ValidationError
from zope.schema.interfaces import WrongType


_KINDS = {
    str: _("kind_text", default="text"),
    int: _("kind_number", default="a whole number"),
    bool: _("kind_bool", default="true or false"),
}


class IRows(IList):
    """Field of a table."""


class IStepRows(IRows):
    """Field of the work steps: shown with their numbers and durations."""


@implementer(IRows)
class Rows(schema.List):
    """A table; a row may leave out columns, and may have no others than those of its schema.

    :param row: schema of the columns
    :param needs: names of the columns that no row leaves empty
    :param generated: names that REST shows in rows though they are not stored, and takes back
        without a word, so that what was read can be sent again
    """

    def __init__(
        self,
        row: IInterface,
        needs: tuple[str, ...] = (),
        generated: tuple[str, ...] = (),
        **kw: Any,
    ) -> None:
        self.needs = needs
        self.generated = generated
        kw.setdefault("required", False)
        kw.setdefault("default", [])
        super().__init__(value_type=DictRow(title=kw["title"], schema=row), **kw)

    def columns(self) -> list[tuple[str, IField]]:
        """Names and fields of the columns, in order."""
        return getFieldsInOrder(self.value_type.schema)

    def cleaned(self, rows: list[Any]) -> list[Any]:
        """Rows with every column, without generated ones, and without rows where nothing stands.

        What is no row is left as it is: to be refused by validation.
        """
        cleaned = [self._cleaned(row) if isinstance(row, dict) else row for row in rows]
        return [row for row in cleaned if not isinstance(row, dict) or not self._is_blank(row)]

    def _cleaned(self, row: dict[str, Any]) -> dict[str, Any]:
        clean = {name: value for name, value in row.items() if name not in self.generated}
        for name, column in self.columns():
            value = clean.get(name)
            if isinstance(value, str):
                value = _understood(column, value.replace("\r\n", "\n"))
            clean[name] = deepcopy(column.default) if value in (None, "") else value
        return clean

    def _is_blank(self, row: dict[str, Any]) -> bool:
        defaults = {name: column.default for name, column in self.columns()}
        return all(
            value in (None, "", []) or (name in defaults and value == defaults[name])
            for name, value in row.items()
        )

    def _validate(self, value: Any) -> None:
        if not isinstance(value, list):
            raise InvalidInput(_("error_no_rows", default="A list of rows is expected."))
        for number, row in enumerate(value, 1):
            for reason in self._problems(row):
                raise InvalidInput(
                    _(
                        "error_in_row",
                        default="Row ${number}: ${reason}",
                        mapping={"number": number, "reason": _told(reason)},
                    )
                )

    def _problems(self, row: Any) -> Iterator[str]:
        if not isinstance(row, dict):
            yield _("error_row_no_object", default="an object with the columns is expected.")
            return
        columns = dict(self.columns())
        for name in row.keys() - columns.keys():
            yield _(
                "error_column_unknown",
                default="there is no column “${name}”.",
                mapping={"name": str(name)},
            )
        for name, column in columns.items():
            value = row.get(name)
            if value in (None, "", []):
                if name in self.needs:
                    yield _(
                        "error_column_empty",
                        default="“${column}” (${name}) is missing.",
                        mapping={"column": _told(column.title), "name": name},
                    )
            elif reason := _refused(column.bind(self.context), value):
                yield _(
                    "error_in_column",
                    default="“${column}” (${name}): ${reason}",
                    mapping={"column": _told(column.title), "name": name, "reason": _told(reason)},
                )


def _understood(column: IField, text: str) -> Any:
    """What a person wrote, in the form that is stored; as it is where it makes no sense."""
    if not ILenient.providedBy(column):
        return text
    if not text.strip():
        return None
    try:
        return column.fromUnicode(text)
    except ValidationError:
        return text


def _refused(column: IField, value: Any) -> Any | None:
    try:
        column.validate(value)
    except ConstraintNotSatisfied:
        if not IChoice.providedBy(column):
            return _("error_not_one_line", default="one line of text is expected.")
        return _(
            "error_not_a_choice",
            default="one of these is expected: ${values}.",
            mapping={"values": ", ".join(term.value for term in column.vocabulary)},
        )
    except WrongType as error:
        expected = error.args[1] if len(error.args) > 1 else None
        kind = _KINDS.get(expected[-1] if isinstance(expected, tuple) else expected)
        if kind is None:
            return error.doc()
        return _("error_kind", default="${kind} is expected.", mapping={"kind": _told(kind)})
    except ValidationError as error:
        return error.doc()
    return None


def _told(message: Any) -> str:
    return str(translate(message, context=getRequest()))
