"""What a stranger learns, what reading leaves behind, and what odd requests do."""

from eqms.interfaces import IEqmsLayer
from security.reading import CHANNELS
from security.world import ANONYMOUS
from security.world import JSON
from zope.component import getGlobalSiteManager
from zope.security.interfaces import IPermission
import pytest


PEOPLE = ("reviewer", "Trần Văn Xét", "reviewer@example.vn")


class TestPeople:
    @pytest.mark.parametrize("role", [ANONYMOUS, "member", "author", "controller", "officer"])
    @pytest.mark.parametrize(
        "path",
        [
            "@users",
            "@users?query=r",
            "@users/reviewer",
            "@groups",
            "@groups/stp-reviewers",
            "@principals?search=r",
            "@sharing?search=r",
            "so-tu-phap/@sharing?search=r",
            "@actions",
            "@userschema",
        ],
    )
    def test_nobody_lists_the_people_of_the_site(self, world, path, role):
        answer = world.call(role, "GET", path, headers=JSON)
        assert answer.status_code < 500
        if answer.ok and role not in (ANONYMOUS, "member"):
            return
        assert not any(word in answer.text for word in PEOPLE)

    @pytest.mark.parametrize(
        "path",
        [
            "@vocabularies/plone.app.vocabularies.Users",
            "@vocabularies/plone.app.vocabularies.Principals?title=r",
            "@vocabularies/plone.app.vocabularies.Groups",
            "so-tu-phap/@vocabularies/plone.app.vocabularies.Users",
            "@@getVocabulary?name=plone.app.vocabularies.Users&query=r",
            "so-tu-phap/@@getVocabulary?name=plone.app.vocabularies.Users&query=r",
            "author/reviewer",
            "@search?Creator=reviewer&metadata_fields=_all",
            "portal_memberdata/portraits/reviewer",
        ],
    )
    def test_a_visitor_finds_none(self, world, path):
        answer = world.call(ANONYMOUS, "GET", path, headers=JSON)
        assert answer.status_code < 500
        assert "Trần Văn Xét" not in answer.text
        assert "example.vn" not in answer.text

    def test_what_is_public_names_no_signer_and_no_editor(self, world):
        subject = world.subject("in_force")
        for path in (
            subject.document_path,
            subject.path,
            f"{subject.document_path}/@revisions",
            f"{subject.document_path}/@workflow",
            f"{subject.path}/@workflow",
        ):
            text = world.call(ANONYMOUS, "GET", path, headers=JSON).text
            for user_id in ("reviewer", "approver", "second_author"):
                assert user_id not in text, path
        for path in (
            f"{subject.document_path}/@workflow/open_to_public",
            f"{subject.path}/@workflow/make_in_force",
        ):
            answer = world.call(ANONYMOUS, "POST", path, headers=JSON, json={})
            assert answer.status_code in (401, 403, 404)
            assert "approver" not in answer.text


class TestReading:
    @pytest.mark.parametrize("role", [ANONYMOUS, "author", "manager"])
    @pytest.mark.parametrize("state", ["draft", "in_force"])
    def test_it_writes_nothing(self, world, state, role):
        subject = world.subject(state)
        database = world.portal._p_jar.db()
        for read in CHANNELS.values():
            # Plone makes settings of portlets and scales when it is first asked.
            read(world, role, subject)
        before = database.lastTransaction()
        written = []
        for name, read in CHANNELS.items():
            read(world, role, subject)
            if database.lastTransaction() != before:
                before = database.lastTransaction()
                written.append(name)
        assert written == []

    # The service of plone.restapi here dates an object for whoever may view it.
    @pytest.mark.parametrize("role", [ANONYMOUS, "member", "other_author"])
    @pytest.mark.parametrize(
        "path",
        [
            "{s.document_path}/@workflow/open_to_public",
            "{s.document_path}/@workflow/x",
            "{s.path}/@workflow/make_in_force",
            "{s.path}/@workflow/x",
            "{s.path}/@submit",
            "{s.path}/@sign",
            "{s.path}/@reject",
            "{s.path}/@recall",
            "{s.path}/@withdraw",
            "{s.document_path}/@revise",
        ],
    )
    def test_nor_does_what_is_refused(self, world, path, role):
        subject = world.subject("in_force")
        database = world.portal._p_jar.db()
        before = database.lastTransaction()
        body = {"comment": "x", "meaning": "review", "password": "x"}
        answer = world.call(role, "POST", path.format(s=subject), headers=JSON, json=body)
        assert 400 <= answer.status_code < 500
        assert database.lastTransaction() == before


class TestRegistrations:
    def own(self):
        """Registrations for requests of a site with the add-on."""
        for registration in getGlobalSiteManager().registeredAdapters():
            if any(
                item is not None and item.isOrExtends(IEqmsLayer) for item in registration.required
            ):
                yield registration

    def test_each_view_and_service_asks_for_a_permission(self):
        free = []
        for registration in self.own():
            factory = registration.factory
            if not getattr(factory, "__module__", "").startswith("Products.Five.browser"):
                continue
            roles = getattr(factory, "__roles__", None)
            if roles is None:
                free.append(registration.name)
        assert free == []

    def test_our_permissions_are_known(self):
        for name in (
            "eqms.AddAgency",
            "eqms.AddUnit",
            "eqms.AddControlledDocument",
            "eqms.AddRevision",
            "eqms.ManageDocument",
            "eqms.DraftRevision",
            "eqms.ReviewRevision",
            "eqms.ApproveRevision",
            "eqms.SwitchRevision",
            "eqms.ViewTrail",
        ):
            assert getGlobalSiteManager().queryUtility(IPermission, name=name) is not None, name


class TestOddRequests:
    @pytest.mark.parametrize(
        "path",
        [
            "++api++/" * 300 + "so-tu-phap",
            "so-tu-phap/" + "++api++/" * 100,
            "so-tu-phap/" + "a/" * 1000,
            "so-tu-phap/%00",
            "so-tu-phap/..%2f..%2fetc%2fpasswd",
            "so-tu-phap/@search?b_size=1000000",
            "so-tu-phap/@search?sort_on=eqms_unknown",
            "so-tu-phap/@search?eqms_code=%7B0.__class__%7D",
            "resolveuid/" + "x" * 5000,
            "so-tu-phap/@@getVocabulary?name=eqms.units&query={}",
            "@types/ProcedureRevision",
            "@types/Agency",
        ],
        ids=lambda path: path[:40],
    )
    def test_are_no_errors_of_the_server(self, world, path):
        assert world.call(ANONYMOUS, "GET", path, headers=JSON).status_code < 500


class TestMarkup:
    MARK = "<img src=x onerror=alert(1)>"

    @pytest.mark.parametrize("viewer", ["author", "manager"])
    def test_texts_of_editors_stay_texts(self, world, viewer):
        subject = world.subject("draft", revised=False)
        change = {
            "title": f"T{self.MARK}",
            "description": f"D{self.MARK}",
            "text": {
                "data": f"<p>S{self.MARK}<script>alert(2)</script></p>",
                "content-type": "text/html",
            },
            "amendments": [{"number": "01/00", "place": self.MARK, "summary": self.MARK}],
        }
        world.call("author", "PATCH", subject.path, headers=JSON, json=change)
        world.call(
            "author", "PATCH", f"{subject.path}/kem", headers=JSON, json={"title": self.MARK}
        )
        for path in (
            subject.path,
            subject.document_path,
            f"{subject.path}/edit",
            f"{subject.path}/delete_confirmation",
            f"{subject.path}/@@revision-body",
            "so-tu-phap",
            "@@search?SearchableText=T",
        ):
            answer = world.call(viewer, "GET", path)
            assert answer.status_code == 200, path
            assert "onerror=alert(1)>" not in answer.text.replace("&lt;img src=x ", ""), path
            assert "<script>alert(2)" not in answer.text, path

    @pytest.mark.parametrize("kind", ["image/svg+xml", "text/html", "application/xhtml+xml"])
    def test_an_attachment_is_never_shown_as_a_page(self, world, kind):
        subject = world.subject("draft", revised=False)
        body = {
            "@type": "File",
            "title": "x",
            "file": {
                "data": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
                "encoding": "utf8",
                "filename": "../../x.svg",
                "content-type": kind,
            },
        }
        answer = world.call("author", "POST", subject.path, headers=JSON, json=body)
        assert answer.status_code == 201
        name = answer.json()["id"]
        assert "/" not in name
        for view in ("@@download/file", "@@display-file/file", ""):
            got = world.call("author", "GET", f"{subject.path}/{name}/{view}")
            if kind in got.headers.get("Content-Type", "") and view:
                assert got.headers["Content-Disposition"].startswith("attachment")
