"""Rows name who caused them: a person, somebody in another's place, or a job."""

from cast import acting
from cast import PASSWORD
from eqms.trail import storage as trail
from eqms.trail.causes import caused_by
import pytest
import requests
import transaction


class TestWhoCausedIt:
    def test_a_person(self, portal, agency):
        with acting("author"):
            row = trail.append("x", "thu")
        assert (row["actor"], row["on_behalf_of"], row["channel"]) == ("author", None, "code")

    def test_somebody_in_anothers_place(self, portal, agency):
        with acting("reviewer"):
            row = trail.append("x", "thu", on_behalf_of="approver")
        assert (row["actor"], row["on_behalf_of"]) == ("reviewer", "approver")

    def test_a_job_and_not_the_reader_whose_request_it_runs_in(self, portal, agency):
        with acting("member"), caused_by("clock"):
            row = trail.append("x", "thu")
        assert (row["actor"], row["channel"]) == ("job:clock", "job")

    def test_after_the_job_it_is_the_person_again(self, portal, agency):
        with acting("member"):
            with pytest.raises(ZeroDivisionError), caused_by("clock"):
                1 / 0  # noqa: B018
            assert trail.append("x", "thu")["actor"] == "member"


class TestByWhichWay:
    @pytest.fixture
    def submitted_by(self, live_document):
        def submit(headers):
            requests.post(
                f"{live_document['rev-1'].absolute_url()}/@submit",
                auth=("author", PASSWORD),
                json={},
                timeout=30,
                headers={"Accept": "application/json", **headers},
            ).raise_for_status()
            transaction.begin()
            return trail.rows(live_document.UID())[-1]

        return submit

    def test_a_rest_call(self, submitted_by):
        assert submitted_by({})["channel"] == "rest"

    def test_a_forwarding_header_is_not_believed(self, submitted_by):
        row = submitted_by({"X-Forwarded-For": "203.0.113.9"})
        assert "203.0.113.9" not in str(row)
