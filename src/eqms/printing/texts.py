"""Formatted text for paper: what carries meaning stays, everything that loads or runs is left out.

The text was made safe for browsers already. A printer is no browser: here only the tags and
attributes of the lists below pass, and a picture only if it is a child of the revision.
"""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from lxml import html
from typing import Any
from typing import Final


_TAGS: Final = (
    "a b blockquote br caption code col colgroup dd del div dl dt em figcaption figure h1 h2 h3 h4 "
    "h5 h6 hr i img ins li ol p pre s span strong sub sup table tbody td tfoot th thead tr u ul"
)
_GONE: Final = (
    "applet audio embed head iframe link math meta noscript object script style svg template title "
    "video"
)
TAGS: Final = frozenset(_TAGS.split())
GONE: Final = frozenset(_GONE.split())
"""Tags that go with all that is in them; of any other unknown tag the words stay."""

ATTRIBUTES: Final = frozenset({"alt", "colspan", "rowspan", "scope", "start"})
PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
LINKS: Final = ("http://", "https://", "mailto:")
HEADINGS: Final = ("h2", "h3")


@dataclass(frozen=True)
class Heading:
    """A line of the table of contents; ``anchor`` is the id of what it stands above."""

    anchor: str
    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    """Formatted text for paper, with what its table of contents lists."""

    html: str = ""
    headings: tuple[Heading, ...] = ()


def printed_text(revision: Any) -> Text:
    """The formatted text of a revision."""
    value = revision.text
    source = value.output_relative_to(revision) if value is not None else ""
    if not source.strip():
        return Text()
    root = html.fragment_fromstring(source, create_parent="div")
    _clean(root, _pictures(revision))
    headings = tuple(_headings(root))
    return Text(html.tostring(root, encoding="unicode", method="xml"), headings)


def _clean(root: html.HtmlElement, pictures: dict[str, Any]) -> None:
    for element in list(root.iterdescendants()):
        if not isinstance(element.tag, str) or element.tag in GONE:
            element.drop_tree()
        elif element.tag not in TAGS:
            element.drop_tag()
        else:
            _clean_attributes(element, pictures)


def _clean_attributes(element: html.HtmlElement, pictures: dict[str, Any]) -> None:
    given = dict(element.attrib)
    element.attrib.clear()
    element.attrib.update({name: given[name] for name in given.keys() & ATTRIBUTES})
    if element.tag == "a" and given.get("href", "").lower().startswith(LINKS):
        element.set("href", given["href"])
    if element.tag == "img":
        parts = given.get("src", "").split("/")
        picture = next((pictures[part] for part in parts if part in pictures), None)
        element.set("alt", given.get("alt", ""))
        if picture is not None:
            element.set("src", _data(picture))


def _pictures(revision: Any) -> dict[str, Any]:
    """The pictures in the text by their ids."""
    return {
        child.getId(): child.image
        for child in revision.objectValues()
        if child.portal_type == "Image"
        and child.image is not None
        and child.image.contentType in PICTURES
    }


def _data(picture: Any) -> str:
    return f"data:{picture.contentType};base64,{b64encode(picture.data).decode('ascii')}"


def _headings(root: html.HtmlElement) -> Iterator[Heading]:
    for number, element in enumerate(root.iter(*HEADINGS), 1):
        text = " ".join(element.text_content().split())
        if text:
            element.set("id", f"text-{number}")
            yield Heading(f"text-{number}", text, HEADINGS.index(element.tag) + 1)
