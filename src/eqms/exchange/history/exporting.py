"""The export: agencies as data, annotations of the site, and the trail as a file to be verified."""

from collections.abc import Iterable
from collections.abc import Iterator
from eqms.agencies.content import IAgency
from eqms.exchange.history.items import as_data
from eqms.exchange.history.items import tree
from eqms.exchange.history.values import Codec
from eqms.trail import export
from eqms.trail import storage
from eqms.trail.checkpoints import checkpoints
from eqms.trail.verification import release_memory
from pathlib import Path
from plone import api
from plone.exportimport.exporters import Exporter
from plone.exportimport.exporters.base import BaseExporter
from plone.exportimport.exporters.content import ObjectsExporter
from plone.exportimport.interfaces import INamedExporter
from plone.exportimport.utils.content import content_query
from typing import Any
from zope.annotation.interfaces import IAnnotations
from zope.component import getAdapter
import json


NAME = "eqms.exporter.history"

FOLDER = "eqms"
TRAIL = "trail.jsonl"
ITEMS = "items.jsonl"
SITE = "site.json"
FILES = "files"


class HistoryExporter(Exporter):
    """The exporter of plone.exportimport, with what only eqms knows."""

    def all_exporters(self) -> dict[str, Any]:
        """Those of Plone, then the history."""
        return {
            **super().all_exporters(),
            NAME: getAdapter(self.site, INamedExporter, name=NAME),
        }


class OtherObjects(ObjectsExporter):
    """What Plone's own content exporter takes: everything that is not in an agency."""

    def get_objects(self, query: dict[str, Any], errors: list[Any]) -> Iterator[Any]:
        """Leave agencies out."""
        agencies = tuple(f"{path}/" for path in _agency_paths())
        catalog = api.portal.get_tool("portal_catalog")
        for brain in catalog.unrestrictedSearchResults(**content_query(query)):
            if not f"{brain.getPath()}/".startswith(agencies):
                yield brain._unrestrictedGetObject()


class AgencyExporter(BaseExporter):
    """Writes agencies with all they hold; of a site in part it writes none.

    A trail is whole only with its site, so the export of some paths carries no controlled content.
    """

    name = FOLDER

    def dump(self) -> list[Path]:
        """The files that were written."""
        if self.get_option("query"):
            return []
        folder = self.base_path / FOLDER
        folder.mkdir(exist_ok=True)
        codec = Codec(folder / FILES)
        kept = checkpoints()
        lines = export.json_lines(storage.subjects(), self.site.absolute_url(), kept)
        _write(folder / TRAIL, lines)
        _write(folder / ITEMS, (_line(data) for data in self._items(codec)))
        (folder / SITE).write_text(_line(self._annotations(codec)), "utf-8")
        return [folder / name for name in (TRAIL, ITEMS, SITE)]

    def _items(self, codec: Codec) -> Iterator[dict[str, Any]]:
        site_path = "/".join(self.site.getPhysicalPath())
        for path in _agency_paths():
            for item in tree(self.site.unrestrictedTraverse(path)):
                yield as_data(item, site_path, codec)
            release_memory()

    def _annotations(self, codec: Codec) -> dict[str, Any]:
        return {
            name: codec.encode(value, name)
            for name, value in IAnnotations(self.site).items()
            if name.startswith("eqms.") and name != storage.ANNOTATION
        }


def _agency_paths() -> list[str]:
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(object_provides=IAgency.__identifier__)
    return sorted(brain.getPath() for brain in found)


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines)


def _line(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False) + "\n"
