"""Legal texts and administrative procedures are registered once each; changes have their row."""

from AccessControl import Unauthorized
from cast import acting
from datetime import date
from eqms.references.folder import references_folder
from eqms.references.lookup import expired_keys
from eqms.references.lookup import outdated_among
from eqms.references.lookup import text_by_key
from eqms.trail import storage as trail
from plone import api
from plone.dexterity.utils import createContentInContainer
from references.texts import add_text
from references.texts import change
from zExceptions import BadRequest
import pytest


class TestFolder:
    def test_it_is_there_from_the_beginning(self, portal):
        assert references_folder().portal_type == "References"
        assert references_folder().getId() in portal.objectIds()

    def test_everybody_reads_it(self, agency):
        text = add_text()
        with api.env.adopt_user(username="member"):
            assert api.user.has_permission("View", obj=text)


class TestWhoRegisters:
    def test_controllers_of_any_agency(self, agency):
        assert add_text(by="controller").getId() == "123-2015-nd-cp"

    @pytest.mark.parametrize("person", ["author", "reviewer", "approver", "member"])
    def test_nobody_else_of_an_agency(self, agency, person):
        with pytest.raises(Unauthorized):
            add_text(by=person)

    def test_the_programme_office(self, agency):
        with api.env.adopt_roles(["Manager"]):
            api.user.grant_roles(username="member", roles=["Programme Officer"])
        assert add_text(by="member")

    def test_it_gives_no_other_right(self, agency, document):
        with acting("controller"):
            assert not api.user.has_permission("Modify portal content", obj=api.portal.get())


class TestOnce:
    @pytest.mark.parametrize(
        "again",
        [
            {},
            {"number": "Số: 0123/2015/NĐ – CP", "title": "Khác"},
        ],
    )
    def test_a_number_is_registered_once(self, agency, again):
        add_text()
        with pytest.raises(BadRequest, match="123/2015/NĐ-CP"):
            add_text(**again)

    def test_a_law_by_name_and_by_number_is_one(self, agency):
        add_text(kind="law", number="", title="Luật Hộ tịch năm 2014", issued_on=None)
        with pytest.raises(BadRequest, match="Luật Hộ tịch"):
            add_text(kind="law", number="60/2014/QH13", title="Luật Hộ tịch")

    def test_nothing_tells_it_apart(self, agency):
        with pytest.raises(BadRequest, match="number"):
            add_text(number="", title="Về hộ tịch")

    def test_a_changed_number_frees_the_old_one(self, agency):
        text = change(add_text(), number="124/2015/NĐ-CP")
        assert text_by_key("123/2015/nd-cp") is None
        assert text_by_key("124/2015/nd-cp").uid == text.UID()
        add_text()

    def test_a_removed_one_is_forgotten(self, agency):
        text = add_text()
        with api.env.adopt_roles(["Manager"]):
            api.content.delete(text)
        assert text_by_key("123/2015/nd-cp") is None

    def test_the_address_follows_a_renamed_one(self, agency):
        text = add_text()
        with api.env.adopt_roles(["Manager"]):
            api.content.rename(text, "nghi-dinh-ho-tich")
        assert text_by_key("123/2015/nd-cp").path == "van-ban-tham-chieu/nghi-dinh-ho-tich"

    def test_administrative_procedures_by_their_code(self, agency):
        def add(**values):
            with acting("controller"):
                return createContentInContainer(
                    references_folder(), "AdministrativeProcedure", title="Khai sinh", **values
                )

        made = add(code="1.001193")
        assert (made.getId(), text_by_key("tthc:1.001193").uid) == ("tthc-1-001193", made.UID())
        with pytest.raises(BadRequest, match=r"1\.001193"):
            add(code=" 1.001193 ")
        with pytest.raises(BadRequest, match="code"):
            add(code="khai sinh")


class TestVagueKeys:
    def test_one_that_may_be_meant_is_found(self, agency):
        text = add_text(number="101/QĐ-BKHCN", issued_on=date(2019, 1, 21))
        assert text_by_key("101/qd-bkhcn@2019").uid == text.UID()
        assert text_by_key("101/qd-bkhcn").uid == text.UID()

    def test_of_two_none(self, agency):
        add_text(number="101/QĐ-BKHCN", issued_on=date(2019, 1, 21))
        add_text(number="101/QĐ-BKHCN", issued_on=date(2021, 1, 21))
        assert text_by_key("101/qd-bkhcn") is None

    def test_if_one_of_them_is_expired_who_may_mean_it_is_to_look(self, agency):
        old = add_text(number="101/QĐ-BKHCN", issued_on=date(2019, 1, 21))
        add_text(number="101/QĐ-BKHCN", issued_on=date(2021, 1, 21))
        change(old, validity="expired", validity_since=date(2026, 1, 1))
        assert [entry.uid for entry in outdated_among(["101/qd-bkhcn"])] == [old.UID()]
        assert outdated_among(["101/qd-bkhcn@2021"]) == []


class TestOutdated:
    def test_expired_and_in_force_again(self, agency):
        text = add_text()
        assert not expired_keys()
        change(text, validity="expired", validity_since=date(2026, 1, 1))
        assert expired_keys() == {"123/2015/nd-cp"}
        change(text, validity="in_force")
        assert not expired_keys()

    def test_replaced(self, agency):
        text, other = add_text(), add_text(number="1/2026/NĐ-CP")
        change(text, replaced_by=[other.UID()])
        assert expired_keys() == {"123/2015/nd-cp"}

    def test_partly_expired_is_not_outdated(self, agency):
        change(add_text(), validity="partly_expired")
        assert not expired_keys()


class TestTrail:
    def test_each_change_has_one_row(self, agency):
        text = add_text()
        change(text, validity="expired", validity_since=date(2026, 1, 1), validity_reason="NĐ mới")
        change(text)
        rows = trail.rows(text.UID())
        assert [row["action"] for row in rows] == ["reference_added", "reference_changed"]
        assert rows[1]["actor"] == "controller"
        assert rows[1]["details"]["changes"] == {
            "validity": ["in_force", "expired"],
            "validity_reason": ["", "NĐ mới"],
            "validity_since": [None, "2026-01-01"],
        }

    def test_removal(self, agency):
        text = add_text()
        uid = text.UID()
        with api.env.adopt_roles(["Manager"]):
            api.content.delete(text)
        assert trail.rows(uid)[-1]["action"] == "reference_removed"
