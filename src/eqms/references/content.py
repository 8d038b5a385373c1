"""Schemas and classes of references."""

from eqms import _
from eqms.domain.legal_texts import cited_as
from eqms.domain.legal_texts import keys_of
from eqms.domain.legal_texts import number_key
from eqms.domain.legal_texts import Validity
from eqms.domain.vietnamese import nfc
from eqms.references.interfaces import ICited
from eqms.references.interfaces import IReference
from eqms.references.interfaces import IReferences
from eqms.references.register import Entry
from eqms.references.vocabularies import ABOLISHED
from eqms.references.vocabularies import ANNOUNCED
from eqms.references.vocabularies import ANNOUNCEMENT_TITLES
from eqms.references.vocabularies import KIND_TITLES
from eqms.references.vocabularies import LEGAL_TEXTS
from eqms.references.vocabularies import VALIDITY_TITLES
from eqms.references.vocabularies import vocabulary
from plone import api
from plone.app.z3cform.widgets.select import AjaxSelectFieldWidget
from plone.autoform import directives
from plone.dexterity.content import Container
from plone.dexterity.content import Item
from plone.namedfile.field import NamedBlobFile
from plone.supermodel import model
from typing import Any
from zExceptions import BadRequest
from zope import schema
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.i18nmessageid import Message
from zope.interface import implementer
from zope.interface import Invalid
from zope.interface import invariant
from zope.schema.interfaces import ValidationError
import re


TTHC_KEY = "tthc:"
"""Begins the key of an administrative procedure, so that no legal text has the same."""

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)


class NoWebAddress(ValidationError):
    """The text is no address that a browser opens; says so by form and by REST."""

    def doc(self) -> Message:
        """The message."""
        return self.args[0]


def is_web_address(value: str) -> bool:
    """Constraint of a field with an address: http or https, nothing that runs.

    :raises NoWebAddress: for anything else
    """
    if not _WEB_ADDRESS.fullmatch(value):
        raise NoWebAddress(
            _(
                "error_no_web_address",
                default="“${value}” is not a web address. It begins with https://",
                mapping={"value": value},
            )
        )
    return True


class ILegalText(model.Schema):
    """A legal text or standard (văn bản quy phạm pháp luật, tiêu chuẩn)."""

    title = schema.Text(
        title=_("label_legal_title", default="Title"),
        description=_(
            "help_legal_title",
            default="What it is about. Of a law its name with the year if it is cited by that: "
            "Luật Hộ tịch năm 2014.",
        ),
        max_length=1000,
    )
    directives.widget("title", rows=2)
    kind = schema.Choice(
        title=_("label_legal_kind", default="Kind"),
        vocabulary=vocabulary(KIND_TITLES),
        default="decree",
    )
    number = schema.TextLine(
        title=_("label_legal_number", default="Number"),
        description=_("help_legal_number", default="For example 123/2015/NĐ-CP."),
        required=False,
        default="",
        max_length=100,
    )
    issuer = schema.TextLine(
        title=_("label_legal_issuer", default="Issued by"), required=False, default=""
    )
    issued_on = schema.Date(title=_("label_issued_on", default="Issued on"), required=False)
    effective_on = schema.Date(
        title=_("label_effective_on", default="In force from"), required=False
    )

    validity = schema.Choice(
        title=_("label_validity", default="Validity"),
        description=_(
            "help_validity",
            default="As soon as a text is expired or replaced, every procedure in force that "
            "cites it stands among those to review.",
        ),
        vocabulary=vocabulary(VALIDITY_TITLES),
        default=Validity.IN_FORCE.value,
    )
    validity_since = schema.Date(
        title=_("label_validity_since", default="Since"),
        description=_("help_validity_since", default="Needed for what is expired."),
        required=False,
    )
    validity_reason = schema.Text(
        title=_("label_validity_reason", default="Reason"),
        description=_("help_validity_reason", default="By which text, in which parts."),
        required=False,
        default="",
    )
    directives.widget("validity_reason", rows=2)
    directives.widget("replaced_by", AjaxSelectFieldWidget, vocabulary=LEGAL_TEXTS)
    replaced_by = schema.List(
        title=_("label_replaced_by", default="Replaced by"),
        value_type=schema.Choice(vocabulary=LEGAL_TEXTS),
        required=False,
        default=[],
    )
    directives.widget("implements", AjaxSelectFieldWidget, vocabulary=LEGAL_TEXTS)
    implements = schema.List(
        title=_("label_implements", default="Implements"),
        description=_("help_implements", default="The texts whose execution it regulates."),
        value_type=schema.Choice(vocabulary=LEGAL_TEXTS),
        required=False,
        default=[],
    )

    kept_by = schema.TextLine(
        title=_("label_kept_by", default="Kept by"),
        description=_("help_kept_by", default="The unit that follows its validity."),
        required=False,
        default="",
    )
    link = schema.TextLine(
        title=_("label_legal_link", default="Address on the web"),
        required=False,
        constraint=is_web_address,
    )
    file = NamedBlobFile(title=_("label_file", default="File"), required=False)
    directives.omitted("checked_on", "checked_by")
    checked_on = schema.Date(
        title=_("label_checked_on", default="Last checked on"), required=False, readonly=True
    )
    checked_by = schema.TextLine(
        title=_("label_checked_by", default="Last checked by"), required=False, readonly=True
    )

    @invariant
    def expired_since(data: Any) -> None:
        """Refuse an expired text that does not say since when."""
        if data.validity == Validity.EXPIRED and data.validity_since is None:
            raise Invalid(
                _(
                    "error_validity_since",
                    default="Say since when the text is expired.",
                )
            )


class IAdministrativeProcedure(model.Schema):
    """An administrative procedure (thủ tục hành chính) as it was announced."""

    code = schema.TextLine(
        title=_("label_tthc_code", default="TTHC code"),
        description=_("help_tthc_code", default="Of the national database, for example 1.001193."),
        max_length=60,
    )
    title = schema.Text(title=_("label_tthc_name", default="Name"), max_length=1000)
    directives.widget("title", rows=2)
    field = schema.TextLine(
        title=_("label_tthc_field", default="Field"), required=False, default=""
    )
    level = schema.TextLine(
        title=_("label_tthc_level", default="Level"),
        description=_("help_tthc_level", default="Who carries it out: province, commune …"),
        required=False,
        default="",
    )
    decision = schema.TextLine(
        title=_("label_tthc_decision", default="Announcing decision"), required=False, default=""
    )
    decided_on = schema.Date(
        title=_("label_tthc_decided_on", default="Date of the decision"), required=False
    )
    state = schema.Choice(
        title=_("label_tthc_state", default="State"),
        vocabulary=vocabulary(ANNOUNCEMENT_TITLES),
        default=ANNOUNCED,
    )
    link = schema.TextLine(
        title=_("label_portal_link", default="Link to the national portal"),
        required=False,
        constraint=is_web_address,
    )


class ITerritoryGroup(model.Schema):
    """A group of communes for which fees are alike (nhóm địa bàn)."""

    title = schema.TextLine(title=_("label_territory_name", default="Name"), max_length=200)
    members = schema.List(
        title=_("label_territory_members", default="Communes"),
        description=_("help_one_per_line", default="One per line"),
        value_type=schema.TextLine(),
        required=False,
        default=[],
    )
    legal_basis = schema.Text(
        title=_("label_territory_basis", default="Legal basis"), required=False, default=""
    )
    directives.widget("legal_basis", rows=2)


@implementer(IReferences)
class References(Container):
    """The folder of references of the site."""


class Cited(Item):
    """A reference that is called by its number and title."""

    def Title(self) -> str:
        """Lists, search and the path of a page show it as it is cited."""
        return str(self.label)


@implementer(ILegalText, ICited)
class LegalText(Cited):
    """A registered legal text or standard."""

    @property
    def label(self) -> str:
        """As it is cited in one line."""
        return cited_as(self.kind, self.number or "", " ".join(self.title.split()))

    @property
    def outdated(self) -> bool:
        """Whether who cites it has to look again: it is expired as a whole, or was replaced."""
        return self.validity == Validity.EXPIRED or bool(self.replaced_by)

    def entry(self) -> Entry:
        """What the register keeps of it.

        :raises BadRequest: without a number, or name and year of a law
        """
        name = cited_as(self.kind, "", self.title)
        keys = keys_of(self.number or "", name, issuer=self.issuer or "", issued_on=self.issued_on)
        if not keys.sure:
            raise BadRequest(
                _told(
                    _(
                        "error_no_legal_number",
                        default="Give the number of the text, or of a law its name and year.",
                    )
                )
            )
        return Entry(
            **_common(self),
            number=self.number or "",
            state=self.validity,
            since=self.validity_since.isoformat() if self.validity_since else "",
            outdated=self.outdated,
            sure=keys.sure,
            vague=keys.vague,
            replaced_by=tuple(self.replaced_by or ()),
        )


@implementer(IAdministrativeProcedure, ICited)
class AdministrativeProcedure(Cited):
    """A registered administrative procedure."""

    @property
    def label(self) -> str:
        """As it is cited in one line."""
        return f"{self.code} {' '.join(self.title.split())}"

    def entry(self) -> Entry:
        """What the register keeps of it.

        :raises BadRequest: if its code is none
        """
        key = tthc_key(self.code)
        if not key:
            raise BadRequest(
                _told(
                    _(
                        "error_no_tthc_code",
                        default="“${code}” is no code of an administrative procedure. It looks "
                        "like 1.001193.",
                        mapping={"code": self.code},
                    )
                )
            )
        return Entry(
            **_common(self),
            number=nfc(self.code).strip(),
            state=self.state,
            since=self.decided_on.isoformat() if self.decided_on else "",
            outdated=self.state == ABOLISHED,
            sure=(key,),
        )


@implementer(ITerritoryGroup, IReference)
class TerritoryGroup(Item):
    """A registered group of communes."""


def tthc_key(code: str) -> str:
    """The key of an administrative procedure; empty if the text can be no code."""
    number = number_key(code)
    return f"{TTHC_KEY}{number}" if number else ""


def _common(reference: Any) -> dict[str, str]:
    site = api.portal.get().getPhysicalPath()
    return {
        "uid": api.content.get_uuid(reference),
        "path": "/".join(reference.getPhysicalPath()[len(site) :]),
        "portal_type": reference.portal_type,
        "label": reference.label,
    }


def _told(message: Message) -> str:
    return str(translate(message, context=getRequest()))
