"""Schemas and classes of controlled documents and revisions.

A document is identity: what stays the same from one revision to the next. A revision is content:
everything a reader sees, and what decides who may read it.
"""

from collective.z3cform.datagridfield.datagridfield import DataGridFieldFactory
from collective.z3cform.datagridfield.row import DictRow
from eqms import _
from eqms.agencies.content import is_code
from eqms.documents.register import RevisionRegister
from eqms.documents.traversal import refuse_if_hidden
from eqms.documents.vocabularies import AGENCIES
from eqms.documents.vocabularies import CHANGE_CLASSES
from eqms.documents.vocabularies import CLASSIFICATIONS
from eqms.documents.vocabularies import DOCUMENTS
from eqms.documents.vocabularies import FIELDS
from eqms.documents.vocabularies import FORCE_MODES
from eqms.documents.vocabularies import LEVELS
from eqms.documents.vocabularies import RETENTION_CLASSES
from eqms.documents.vocabularies import TIER_RULES
from eqms.documents.vocabularies import UNITS
from eqms.domain.numbering import PaperNumber
from plone.app.textfield import RichText
from plone.app.z3cform.widgets.richtext import RichTextFieldWidget
from plone.app.z3cform.widgets.select import AjaxSelectFieldWidget
from plone.autoform import directives
from plone.autoform.interfaces import IFormFieldProvider
from plone.dexterity.content import Container
from plone.dexterity.interfaces import IDexterityContent
from plone.namedfile.field import NamedBlobFile
from plone.supermodel import model
from typing import Any
from z3c.form.interfaces import IAddForm
from zope import schema
from zope.interface import Interface
from zope.interface import provider


@provider(IFormFieldProvider)
class IControlledDocument(model.Schema):
    """Identity of a controlled document (ISO 9001:2015, 7.5.2 and 7.5.3).

    Schema of the behavior and its marker: chain, subscribers and indexers are registered for it,
    so that a type made in the control panel is a controlled document too.
    """

    code = schema.TextLine(
        title=_("label_code", default="Code"),
        description=_(
            "help_code",
            default="Unique for the agency, field and level. It cannot be changed once a revision "
            "has been issued.",
        ),
        constraint=is_code,
        required=False,
    )

    directives.widget("belongs_to", AjaxSelectFieldWidget, vocabulary=DOCUMENTS)
    belongs_to = schema.Choice(
        title=_("label_belongs_to", default="Belongs to"),
        description=_(
            "help_belongs_to",
            default="Of a form: the procedure that it is used in.",
        ),
        vocabulary=DOCUMENTS,
        required=False,
    )

    # Content of the first revision: asked for when the document is added, kept by the revision.
    directives.omitted("title", "field", "level", "source")
    directives.no_omit(IAddForm, "title", "field", "level", "source")
    title = schema.TextLine(title=_("label_title", default="Title"), max_length=500)
    field = schema.Choice(
        title=_("label_field", default="Field"),
        vocabulary=FIELDS,
        required=False,
    )
    level = schema.Choice(
        title=_("label_level", default="Level"),
        vocabulary=LEVELS,
        required=False,
    )
    source = NamedBlobFile(
        title=_("label_source", default="Source file"),
        description=_(
            "help_source_add",
            default="The Word file the document was written in, if there is one.",
        ),
        required=False,
    )

    review_interval = schema.Int(
        title=_("label_review_interval", default="Review interval (months)"),
        description=_(
            "help_review_interval",
            default="How often the document is reviewed for suitability.",
        ),
        min=1,
        max=120,
        required=False,
    )
    review_due = schema.Date(
        title=_("label_review_due", default="Next review"),
        description=_(
            "help_review_due",
            default="Empty: so many months after the revision in force came in force as the review "
            "interval says.",
        ),
        required=False,
    )
    owner_unit = schema.Choice(
        title=_("label_owner_unit", default="Unit in charge"),
        description=_(
            "help_owner_unit",
            default="The unit that keeps the document up to date. Empty: the one that drafted the "
            "revision in force.",
        ),
        vocabulary=UNITS,
        required=False,
    )
    retention_class = schema.Choice(
        title=_("label_retention_class", default="Retention after it is out of use"),
        vocabulary=RETENTION_CLASSES,
        default="permanent",
    )
    legal_hold = schema.Bool(
        title=_("label_legal_hold", default="Legal hold"),
        description=_("help_legal_hold", default="Nothing of the document may be disposed of."),
        default=False,
        required=False,
    )


class IAmendmentRow(Interface):
    """A line of the amendment sheet (trang theo dõi số lần sửa đổi tài liệu)."""

    number = schema.TextLine(
        title=_("label_amendment_number", default="Amendment"),
        description=_(
            "help_amendment_number",
            default="The number the change was made under, for example 01/02; empty means this "
            "revision.",
        ),
        required=False,
        default="",
    )
    place = schema.TextLine(
        title=_("label_amendment_place", default="Place"), required=False, default=""
    )
    summary = schema.Text(
        title=_("label_amendment_summary", default="Summary of the change"),
        required=False,
        default="",
    )
    ground = schema.Text(
        title=_("label_amendment_ground", default="Legal basis or ground"),
        required=False,
        default="",
    )


@provider(IFormFieldProvider)
class IRevision(model.Schema):
    """Content of one revision; schema of the behavior and its marker."""

    title = schema.TextLine(title=_("label_title", default="Title"), max_length=500)
    description = schema.Text(
        title=_("label_summary", default="Summary"), required=False, default=""
    )
    classification = schema.Choice(
        title=_("label_classification", default="Classification"),
        description=_(
            "help_classification",
            default="Who may read the revision once it is in force. State secrets do not belong "
            "in this system.",
        ),
        vocabulary=CLASSIFICATIONS,
        default="public",
    )
    unit = schema.Choice(
        title=_("label_drafting_unit", default="Drafting unit"),
        vocabulary=UNITS,
        required=False,
    )
    directives.widget("text", RichTextFieldWidget)
    text = RichText(
        title=_("label_text", default="Text"),
        default_mime_type="text/html",
        output_mime_type="text/x-html-safe",
        allowed_mime_types=("text/html",),
        required=False,
    )
    # Word keeps authors, comments and deleted text: it is for the people of the agency.
    directives.read_permission(source="eqms.ViewTrail")
    source = NamedBlobFile(
        title=_("label_source", default="Source file"),
        description=_(
            "help_source",
            default="The file the text was written in. It is kept with the revision and never "
            "published.",
        ),
        required=False,
    )

    model.fieldset(
        "applicability",
        label=_("fieldset_applicability", default="Where it applies"),
        fields=["field", "level", "applies_to", "applies_to_tiers"],
    )
    field = schema.Choice(
        title=_("label_field", default="Field"), vocabulary=FIELDS, required=False
    )
    level = schema.Choice(
        title=_("label_level", default="Level"), vocabulary=LEVELS, required=False
    )
    applies_to = schema.List(
        title=_("label_applies_to", default="Applies to agencies"),
        description=_(
            "help_applies_to", default="Other agencies that work by this document, one by one."
        ),
        value_type=schema.Choice(vocabulary=AGENCIES),
        required=False,
        default=[],
    )
    applies_to_tiers = schema.List(
        title=_("label_applies_to_tiers", default="Applies to all agencies of a tier"),
        description=_(
            "help_applies_to_tiers",
            default="By rule: every agency of the tier, whichever there are at the time.",
        ),
        value_type=schema.Choice(vocabulary=TIER_RULES),
        required=False,
        default=[],
    )

    model.fieldset(
        "revision",
        label=_("fieldset_revision", default="Issue and amendments"),
        fields=[
            "issue_no",
            "amendment_no",
            "change_class",
            "new_code",
            "amendments",
            "force_mode",
            "force_date",
            "force_days",
        ],
    )
    issue_no = schema.Int(
        title=_("label_issue_no", default="Issue number"),
        min=0,
        max=999,
        default=1,
    )
    amendment_no = schema.Int(
        title=_("label_amendment_no", default="Amendment number"),
        min=0,
        max=999,
        default=0,
    )
    change_class = schema.Choice(
        title=_("label_change_class", default="Class of the change"),
        vocabulary=CHANGE_CLASSES,
        default="major",
    )
    new_code = schema.TextLine(
        title=_("label_new_code", default="New code"),
        description=_(
            "help_new_code",
            default="Only if the document is to bear another code from this revision on. It is "
            "still found by the former one.",
        ),
        constraint=is_code,
        required=False,
    )
    directives.widget("amendments", DataGridFieldFactory)
    amendments = schema.List(
        title=_("label_amendments", default="Amendment sheet"),
        description=_(
            "help_amendments",
            default="What was changed and why; required from the second revision on.",
        ),
        value_type=DictRow(title="row", schema=IAmendmentRow),
        required=False,
        default=[],
    )

    force_mode = schema.Choice(
        title=_("label_force_mode", default="In force"),
        description=_(
            "help_force_mode",
            default="Signers approve this too. A day begins at 00:00; nothing is in force before "
            "it is issued.",
        ),
        vocabulary=FORCE_MODES,
        default="on_approval",
    )
    force_date = schema.Date(
        title=_("label_force_date", default="In force from"),
        description=_("help_force_date", default="Only for: from a date on."),
        required=False,
    )
    force_days = schema.Int(
        title=_("label_force_days", default="Days after issue"),
        description=_("help_force_days", default="Only for: some days after it is issued."),
        min=1,
        max=365,
        required=False,
    )

    seq = schema.Int(title=_("label_seq", default="Internal order"), readonly=True, default=0)
    kind = schema.TextLine(title=_("label_kind", default="Kind"), readonly=True, default="normal")
    based_on = schema.TextLine(
        title=_("label_based_on", default="Based on revision"),
        description=_("help_based_on", default="UID of the revision this one was copied from."),
        readonly=True,
        required=False,
        default=None,
    )


class ControlledDocument(Container):
    """A document: stable address and UID, code, and the register of its revisions."""


class DocumentRevision(Container):
    """A revision below its document.

    Who may not view it gets the answer for something that does not exist, in every channel: the
    address of a draft tells nothing (the hook is called for each object on the way of a request).

    The attributes are facts about the revision, written by code as they happen; times are aware
    datetimes in UTC. They carry no type hints: those would make an ``__annotations__`` of the
    class, which zope.annotation takes for the annotations of each of its objects.
    """

    saved_by = ()
    """Ids of everybody who saved content, by whatever channel: the author set (invariant 4)."""

    ever_submitted = False
    content_hash = None
    submitted_at = None
    approved_at = None
    issued_at = None
    due_at = None
    """From when an issued revision will be in force; None before it is issued and once it is."""
    in_force_from = None
    superseded_at = None
    suspended_at = None
    retired_at = None
    retired_because = None
    """Why it was retired, a term of the vocabulary ``eqms.end_reasons``."""

    successor = None
    """UID of the document to go by instead of a retired one."""

    issued_by_decision = None
    retired_by_decision = None
    """The decision, ``uid``, ``number``, ``date`` and whether its file is at hand (``signed``)."""

    taken_over = None
    """How a migrated revision came in, until an approver confirms it and after (a mapping)."""

    def __before_publishing_traverse__(self, published: Any, request: Any = None) -> None:
        super().__before_publishing_traverse__(published, request)
        refuse_if_hidden(self, request)


def register_of(document: IDexterityContent) -> RevisionRegister:
    """The register of a controlled document; an empty one before the document was added."""
    register: RevisionRegister = getattr(document, "_revisions", None) or RevisionRegister()
    return register


def number_of(revision: DocumentRevision) -> str:
    """Issue and amendment number of a revision, as on paper (``01/00``)."""
    return str(PaperNumber(revision.issue_no, revision.amendment_no))
