"""A procedure's revisions have structured content; other documents' have not."""

from cast import acting
from cast import add_document
from eqms.domain.durations import UNITS
from eqms.procedures.content import IProcedureContent
from eqms.procedures.content import TABLES
from eqms.procedures.rows import IRows
from eqms.procedures.vocabularies import UNIT_TITLES
from plone import api
from plone.supermodel.interfaces import FIELDSETS_KEY
from zope.schema import getFieldNamesInOrder
from zope.schema import getFieldsInOrder


def test_a_procedure_has_procedure_revisions(document):
    assert document["rev-1"].portal_type == "ProcedureRevision"
    assert IProcedureContent.providedBy(document["rev-1"])


def test_other_documents_have_plain_revisions(agency):
    manual = add_document(agency, "STCL", "Sổ tay chất lượng", portal_type="QualityManual")
    assert manual["rev-1"].portal_type == "DocumentRevision"
    assert not IProcedureContent.providedBy(manual["rev-1"])


def test_every_unit_of_time_can_be_chosen():
    assert set(UNIT_TITLES) == set(UNITS)


def test_all_tables_have_the_grid():
    fields = getFieldsInOrder(IProcedureContent)
    assert [name for name, field in fields if IRows.providedBy(field)] == [
        name for name in getFieldNamesInOrder(IProcedureContent) if name in TABLES
    ]
    assert set(TABLES) <= set(getFieldNamesInOrder(IProcedureContent))


def test_every_field_stands_in_a_tab():
    shown = [
        name
        for fieldset in IProcedureContent.getTaggedValue(FIELDSETS_KEY)
        for name in fieldset.fields
    ]
    assert sorted(shown) == sorted(getFieldNamesInOrder(IProcedureContent))


def test_what_belongs_to_one_revision_does_not_belong_to_the_next(agency):
    first, second = (add_document(agency, f"QT 0{number}/CX-HCTP")["rev-1"] for number in (1, 2))
    with acting("author"):
        api.content.create(first, "File", id="phu-luc", title="Phụ lục")
    assert first.objectIds() == ["phu-luc"]
    assert second.objectIds() == []
