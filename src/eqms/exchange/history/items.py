"""One content object as data, and put back as it was, without events."""

from Acquisition import aq_base
from collections.abc import Iterator
from collections.abc import Mapping
from eqms.exchange.history.values import Codec
from plone.dexterity.utils import createContent
from typing import Any
from zope.annotation.interfaces import IAnnotations
from zope.component import queryUtility
from zope.dottedname.resolve import resolve
from zope.interface import alsoProvides
from zope.interface import directlyProvidedBy
from zope.intid.interfaces import IIntIds


FOLDER = frozenset({"_tree", "_count", "_mt_index", "__parent__", "__provides__"})
"""Attributes by which a folder holds its children; they come back with the children."""

ANNOTATIONS = "__annotations__"

OURS = "eqms."
"""Annotations begin so; those of others (order of a folder, locks, rules) are made anew or mean
nothing elsewhere."""


def tree(item: Any) -> Iterator[Any]:
    """An object and everything in it, what contains before what is contained."""
    yield item
    for child in item.objectValues() if hasattr(aq_base(item), "objectValues") else ():
        yield from tree(child)


def as_data(item: Any, site_path: str, codec: Codec) -> dict[str, Any]:
    """An object as JSON has it.

    :raises eqms.exchange.history.values.NotPortable: if an attribute cannot be carried
    """
    path = "/".join(item.getPhysicalPath()).removeprefix(f"{site_path}/")
    state = aq_base(item).__getstate__()
    annotations = state.get(ANNOTATIONS) or {}
    return {
        "path": path,
        "portal_type": item.portal_type,
        "state": {
            name: codec.encode(value, f"{path} {name}")
            for name, value in state.items()
            if name not in FOLDER and name != ANNOTATIONS
        },
        "annotations": {
            name: codec.encode(value, f"{path} {name}")
            for name, value in annotations.items()
            if name.startswith(OURS)
        },
        "provides": [interface.__identifier__ for interface in directlyProvidedBy(item)],
    }


def put_back(site: Any, data: Mapping[str, Any], codec: Codec) -> Any:
    """Make the object of `as_data` where it was.

    :raises KeyError: if what contains it is not there
    :raises ValueError: if there is something in its place
    """
    parent_path, _slash, name = data["path"].rpartition("/")
    parent = site.unrestrictedTraverse(parent_path) if parent_path else site
    if name in parent.objectIds():
        raise ValueError(f"{data['path']} exists already")
    item = createContent(data["portal_type"])
    for attribute, value in data["state"].items():
        setattr(item, attribute, codec.decode(value))
    parent._setObject(name, item, set_owner=0, suppress_events=True)
    item = parent._getOb(name)
    if data["annotations"]:
        _annotate(item, data["annotations"], codec)
    for identifier in data["provides"]:
        alsoProvides(item, resolve(identifier))
    return item


def enter(item: Any) -> None:
    """Let the catalog, and what finds objects by number, know of an object put back."""
    numbers = queryUtility(IIntIds)
    if numbers is not None:
        numbers.register(item)
    item.indexObject()


def _annotate(item: Any, annotations: Mapping[str, Any], codec: Codec) -> None:
    kept = IAnnotations(item)
    for name, value in annotations.items():
        kept[name] = codec.decode(value)
