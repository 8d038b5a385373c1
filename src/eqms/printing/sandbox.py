"""What a template of an agency may do: put in values, repeat and leave out. Nothing else.

Templates are uploaded by staff, and a template language is a programming language. Jinja's own
sandbox keeps templates from reaching Python; it does not keep them from calling what they are given
or from filling the memory. So the parsed template is compared with a list of what is allowed before
it is compiled: no calls, no arithmetic, no other templates, few loops, a limited result.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from eqms import _
from jinja2 import nodes
from jinja2 import StrictUndefined
from jinja2 import TemplateError
from jinja2 import TemplateSyntaxError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from typing import Any
from typing import Final
from typing import NoReturn
from zope.i18nmessageid import Message


ALLOWED: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.For,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
    nodes.Test,
    nodes.Filter,
)

FILTERS: Final = frozenset({"capitalize", "default", "first", "join", "last", "lower", "upper"})
TESTS: Final = frozenset({"defined", "undefined"})

LOOP: Final = frozenset({"index", "first", "last"})

DEEPEST: Final = 3
"""Loops in each other: the tables of steps, the steps, the times of each."""

LONGEST: Final = 16_000_000
"""Characters of one part of a Word file; a procedure of forty pages has half a million."""


class ForbiddenTemplate(TemplateError):
    """The template asks for something that templates may not do, or its language is broken."""

    def __init__(self, explanation: Message) -> None:
        super().__init__(str(explanation))
        self.explanation = explanation


class Words(str):
    """A text in a template: one value, and no row of letters to loop over."""

    __slots__ = ()

    def __iter__(self) -> NoReturn:
        raise TypeError("A text cannot be repeated letter by letter.")


def plain(value: Any) -> Any:
    """Dicts, lists and texts as templates get them, without characters that XML cannot hold."""
    if isinstance(value, Mapping):
        return {str(name): plain(member) for name, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(member) for member in value]
    if isinstance(value, bool):
        return value
    text = str(value)
    return Words("".join(letter for letter in text if letter.isprintable() or letter == "\n"))


def bounded(pieces: Iterable[str]) -> str:
    """The pieces of a rendered template as one text.

    :raises ForbiddenTemplate: once it is longer than `LONGEST`
    """
    made, length = [], 0
    for piece in pieces:
        length += len(piece)
        if length > LONGEST:
            raise ForbiddenTemplate(
                _("error_template_too_long", default="The template makes far too long a text.")
            )
        made.append(piece)
    return "".join(made)


class TemplateLanguage(ImmutableSandboxedEnvironment):
    """Jinja as far as agencies need it; values are escaped for XML.

    Values are those that `plain` makes. They have members and no attributes.
    """

    concat = staticmethod(bounded)

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.tests = {name: self.tests[name] for name in TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A member of a dict, or the number of the present row."""
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """A member of a dict or list."""
        if isinstance(obj, dict) and argument in obj:
            return obj[argument]
        if isinstance(obj, list) and isinstance(argument, int) and 0 <= argument < len(obj):
            return obj[argument]
        return self.undefined(obj=obj, name=argument)

    def is_safe_callable(self, obj: Any) -> bool:
        """Nothing is called, should a call ever get past the list."""
        return False

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            tree = super()._parse(source, name, filename)
        except TemplateSyntaxError as error:
            raise ForbiddenTemplate(
                _(
                    "error_template_syntax",
                    default="The template has an error in its fields: ${reason}",
                    mapping={"reason": error.message or ""},
                )
            ) from error
        for construct in _forbidden(tree, 0):
            raise ForbiddenTemplate(
                _(
                    "error_template_forbidden",
                    default="A template may only put in values, repeat and leave out. This one "
                    "contains: ${construct}",
                    mapping={"construct": construct},
                )
            )
        return tree


def _forbidden(node: nodes.Node, loops: int) -> Iterator[str]:
    """What in a template is not allowed, by the names of Jinja."""
    if isinstance(node, nodes.For):
        loops += 1
        if loops > DEEPEST or node.recursive:
            yield "for … for … for"
    if not isinstance(node, ALLOWED):
        yield type(node).__name__
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        yield f"|{node.name}"
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        yield f"is {node.name}"
    for child in node.iter_child_nodes():
        yield from _forbidden(child, loops)
