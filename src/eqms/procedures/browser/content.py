"""The content of a procedure, made for reading: first what the public comes for."""

from collections.abc import Sequence
from eqms.documents.browser.body import IBodySection
from eqms.documents.browser.body import today
from eqms.procedures.browser.wording import joined
from eqms.procedures.browser.wording import Wording
from eqms.procedures.fees import fees_on
from eqms.procedures.fields import is_web_address
from eqms.procedures.flowchart import svg
from eqms.procedures.letters import letters
from eqms.procedures.plaintext import as_html
from eqms.procedures.plaintext import as_item
from eqms.procedures.steps import StepTable
from eqms.procedures.steps import tables
from eqms.procedures.vocabularies import ONLINE_LEVEL_TITLES
from functools import cached_property
from plone import api
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.interface import implementer


Row = dict[str, Any]


@implementer(IBodySection)
class ProcedureSection(BrowserView):
    """Section of the body of a revision that is a procedure."""

    order = 10

    WHERE = (
        "reception",
        "channels",
        "submission",
        "performing_body",
        "competent_body",
        "coordinating_body",
        "administrative_procedures",
    )
    FEES = ("fees", "fees_text", "fee_exemptions", "fee_basis")
    ABOUT = ("purpose", "scope", "responsibilities", "references", "definitions")
    FACTS = ("dossier", "dossier_sets", "scenarios", "time_limit_text", *FEES, *WHERE)

    facts = ViewPageTemplateFile("facts.pt")
    applicant = ViewPageTemplateFile("applicant.pt")
    steps = ViewPageTemplateFile("steps.pt")
    rest = ViewPageTemplateFile("rest.pt")

    def __call__(self) -> str:
        """The facts the public wants, then what the applicant does, the steps, and the rest."""
        parts = [
            self.facts() if self.any(*self.FACTS) else "",
            self.applicant(),
            self.steps() if self.any("steps", "step_notes") else "",
            self.rest(),
        ]
        return "".join(parts)

    @cached_property
    def wording(self) -> Wording:
        """Words in the language of the request."""
        return Wording(self.request)

    def any(self, *names: str) -> bool:
        """Whether one of the fields has something to show."""
        return any(getattr(self.context, name, None) for name in names)

    def html(self, text: str | None) -> str:
        """Text as paragraphs and lists."""
        return as_html(text or "")

    def item(self, text: str) -> str:
        """Text as it stands in a cell or list."""
        return as_item(text)

    @cached_property
    def letters(self) -> dict[str, str]:
        """Numbers of the items of section 5 that are there."""
        return dict(letters(self.context))

    def papers(self, kind: str) -> list[str]:
        """Papers of the dossier of a kind, as HTML."""
        return [
            as_item(paper.get("text") or "")
            for paper in self.context.dossier or []
            if (paper.get("kind") or "submit") == kind
        ]

    @cached_property
    def limits(self) -> list[Row]:
        """The cases with their limits in words."""
        return [
            {
                "label": scenario.get("label") or "",
                "limit": self.wording.limit(scenario),
                "cut_off": scenario.get("cut_off") or "",
            }
            for scenario in self.context.scenarios or []
        ]

    def fees(self) -> dict[str, list[Row]]:
        """Fees in words: ``current``, ``coming`` and ``past``."""
        found = fees_on(self.context.fees or [], today())
        return {
            "current": [self._fee(fee) for fee in found.current],
            "coming": [self._fee(fee) for fee in found.coming],
            "past": [self._fee(fee) for fee in found.past],
        }

    def channels(self) -> list[Row]:
        """Ways of submission."""
        return [
            {
                "title": self.wording.channel(row.get("channel")),
                "aside": joined(row.get("time"), row.get("fee"), row.get("note")),
            }
            for row in self.context.channels or []
        ]

    def administrative_procedures(self) -> list[Row]:
        """What is carried out, as announced."""
        return [
            {
                "name": row.get("name") or "",
                "aside": joined(
                    row.get("code"),
                    self.wording.told(ONLINE_LEVEL_TITLES.get(row.get("online_level"), "")),
                    row.get("decision"),
                ),
                "link": _web_address(row.get("link")),
            }
            for row in self.context.administrative_procedures or []
        ]

    def application_forms(self) -> list[Row]:
        """Forms for the applicant; one that is a document here leads to it, for who may see it."""
        rows = self.context.application_forms or []
        uids = [row["document"] for row in rows if row.get("document")]
        found = api.portal.get_tool("portal_catalog")(UID=uids) if uids else []
        addresses = {brain.UID: brain.getURL() for brain in found}
        return [
            {
                "name": row.get("name") or "",
                "code": row.get("code") or "",
                "link": addresses.get(row.get("document")) or _web_address(row.get("link")),
            }
            for row in rows
        ]

    def flow_chart(self) -> str:
        """The steps as a picture that was made safe; empty if there are none."""
        return svg(self.context)

    def step_tables(self) -> list[Row]:
        """The step tables with numbers and the heads of their time columns."""
        return [self._table(table) for table in tables(self.context.steps or [])]

    def _table(self, table: StepTable) -> Row:
        heads = [self._head(position) for position in table.columns]
        return {
            "caption": table.caption,
            "heads": heads,
            "has_output": any(step.get("output") for _number, step in table.steps),
            "steps": [
                {
                    "number": number,
                    "title": as_item(step.get("title") or ""),
                    "responsible": as_item(step.get("responsible") or ""),
                    "output": as_item(step.get("output") or ""),
                    "times": [
                        {"label": head["label"], "text": _at(step.get("times") or [], position)}
                        for head, position in zip(heads, table.columns, strict=True)
                    ],
                }
                for number, step in table.steps
            ],
        }

    def _head(self, position: int) -> Row:
        if position < len(self.limits):
            return self.limits[position]
        return {"label": "", "limit": ""}

    def _fee(self, fee: Row) -> Row:
        return {
            "amount": self.wording.amount(fee),
            "aside": joined(
                self.wording.channel(fee.get("channel")),
                fee.get("territory"),
                self.wording.validity(fee),
                fee.get("note"),
            ),
        }


def _at(texts: Sequence[str], position: int) -> str:
    return texts[position] if position < len(texts) else ""


def _web_address(text: str | None) -> str:
    return text if text and is_web_address(text) else ""
