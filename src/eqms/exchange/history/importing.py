"""The import, into a site that has no agencies yet: afterwards everything is as it was.

In two steps, before and after Plone's own: the trail first, so that what the import of accounts
and groups does is noted behind it; agencies last, when the folders they stand in are there.
"""

from collections.abc import Iterator
from eqms.agencies.content import IAgency
from eqms.exchange.history.exporting import FILES
from eqms.exchange.history.exporting import FOLDER
from eqms.exchange.history.exporting import ITEMS
from eqms.exchange.history.exporting import SITE
from eqms.exchange.history.exporting import TRAIL
from eqms.exchange.history.items import enter
from eqms.exchange.history.items import put_back
from eqms.exchange.history.values import Codec
from eqms.trail import storage
from eqms.trail import verification
from itertools import groupby
from pathlib import Path
from plone import api
from plone.exportimport.importers import Importer
from plone.exportimport.importers.base import BaseImporter
from plone.exportimport.interfaces import INamedImporter
from typing import Any
from zope.annotation.interfaces import IAnnotations
from zope.component import getAdapter
import json


TRAIL_NAME = "eqms.importer.trail"
AGENCIES_NAME = "eqms.importer.agencies"


class NotEmpty(ValueError):
    """The site has a history of its own already; two cannot be put together."""


class HistoryImporter(Importer):
    """The importer of plone.exportimport, with what only eqms knows."""

    def all_importers(self) -> dict[str, Any]:
        """The trail, those of Plone, the agencies."""
        return {
            TRAIL_NAME: getAdapter(self.site, INamedImporter, name=TRAIL_NAME),
            **super().all_importers(),
            AGENCIES_NAME: getAdapter(self.site, INamedImporter, name=AGENCIES_NAME),
        }


class TrailImporter(BaseImporter):
    """Restores the trails, each row verified as it comes, and what the site notes beside them."""

    name = FOLDER

    def do_import(self) -> str:
        """What was done, in a sentence.

        :raises NotEmpty: if the site has agencies or trails
        :raises ValueError: if a chain of the export does not hold
        """
        folder = self.base_path / FOLDER
        if not (folder / TRAIL).exists():
            return f"{type(self).__name__}: No data to import"
        _refuse_unless_empty()
        lines = (line for line in _lines(folder / TRAIL) if line["kind"] == "row")
        count = 0
        for subject, group in groupby(lines, key=lambda line: line["chain"]):
            storage.restore(subject, (line["row"] for line in group))
            count += 1
        codec = Codec(folder / FILES)
        annotations = IAnnotations(self.site)
        for name, value in json.loads((folder / SITE).read_text("utf-8")).items():
            annotations[name] = codec.decode(value)
        return f"{type(self).__name__}: Restored {count} trails"


class AgencyImporter(BaseImporter):
    """Puts agencies back with everything in them, and verifies what came of it."""

    name = FOLDER

    def do_import(self) -> str:
        """What was done, in a sentence; says how much does not hold."""
        folder = self.base_path / FOLDER
        if not (folder / ITEMS).exists():
            return f"{type(self).__name__}: No data to import"
        codec = Codec(folder / FILES)
        paths = [
            put_back(self.site, data, codec).getPhysicalPath() for data in _lines(folder / ITEMS)
        ]
        self._savepoint()
        for path in paths:
            enter(self.site.unrestrictedTraverse(path))
        storage.append(storage.SITE, "history_imported", items=len(paths))
        findings = [item for subject in storage.subjects() for item in verification.check(subject)]
        report = f"{len(findings)} findings: run eqms verify" if findings else "everything holds"
        return f"{type(self).__name__}: Restored {len(paths)} items; {report}"


def _refuse_unless_empty() -> None:
    catalog = api.portal.get_tool("portal_catalog")
    agencies = catalog.unrestrictedSearchResults(object_provides=IAgency.__identifier__)
    if storage.subjects() or len(agencies):
        raise NotEmpty(
            "The site has agencies or an audit trail already. Import into a new site, in which "
            "nobody was given a role yet."
        )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
