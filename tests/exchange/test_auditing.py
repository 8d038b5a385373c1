"""``eqms verify`` and ``eqms export-trail`` against a site that really answers."""

from cast import add_document
from cast import issue
from cast import PASSWORD
from eqms.commands import main
from eqms.domain import chain
from eqms.trail import storage as trail
from eqms.trail.checkpoints import checkpoints
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
import json
import pytest
import transaction


@pytest.fixture
def document(live_agency):
    document = add_document(live_agency)
    issue(document["rev-1"])
    transaction.commit()
    return document


@pytest.fixture
def run(document, monkeypatch):
    """Run a command as the administrator of the site; returns its exit code."""
    monkeypatch.setenv("EQMS_USER", SITE_OWNER_NAME)
    monkeypatch.setenv("EQMS_PASSWORD", SITE_OWNER_PASSWORD)

    def run(*arguments):
        code = main([*map(str, arguments), "--url", api.portal.get().absolute_url()])
        transaction.begin()
        return code

    return run


@pytest.fixture
def kept(run, tmp_path):
    path = tmp_path / "checkpoint.jsonl"
    assert run("verify", "--take-checkpoint", "--write-checkpoint", path) == 0
    return path


def cut(subject):
    """Take the newest row off, as an undo does, so that the chain holds."""
    found = trail.trail_of(subject)
    newest = found._rows.pop(found.length)
    found.length -= 1
    found.head = newest["previous"]
    transaction.commit()


class TestVerify:
    def test_a_site_that_holds(self, run, kept, capsys):
        assert run("verify", "--checkpoint", kept) == 0
        assert capsys.readouterr().out.endswith("Everything holds.\n")

    def test_an_altered_row(self, run, document, capsys):
        rows = trail.trail_of(document.UID())._rows
        rows[2] = {**rows[2], "actor": "kẻ khác"}
        transaction.commit()
        assert run("verify") == 1
        assert f"{document.UID()}: row 2 does not say" in capsys.readouterr().out

    def test_altered_content(self, run, document, capsys):
        document["rev-1"].title = "Sửa lén"
        transaction.commit()
        assert run("verify", "--json") == 1
        [found] = json.loads(capsys.readouterr().out)
        assert (found["flaw"], found["subject"]) == ("content_altered", document.UID())

    def test_newest_rows_cut_off_show_only_with_the_checkpoint(
        self, run, live_agency, kept, tmp_path, capsys
    ):
        subject = live_agency.UID()
        with api.env.adopt_roles(["Manager"]):
            groups = live_agency.group_ids
            api.group.add_user(groupname=groups["approvers"], username="member")
            api.group.remove_user(groupname=groups["approvers"], username="member")
        transaction.commit()
        later = tmp_path / "later.jsonl"
        assert run("verify", "--take-checkpoint", "--write-checkpoint", later) == 0
        cut(subject)
        cut(subject)
        assert chain.verify(trail.rows(subject)) == []
        kept_inside = checkpoints()
        kept_inside._all.clear()
        kept_inside._heads.clear()
        kept_inside.newest = None
        transaction.commit()
        assert run("verify") == 0
        capsys.readouterr()
        assert run("verify", "--checkpoint", later) == 1
        told = capsys.readouterr().out
        assert "is missing, and with it the newest rows" in told
        assert "checkpoints: is gone" in told

    def test_a_checkpoint_that_was_altered_itself(self, run, kept, capsys):
        kept.write_text(kept.read_text().replace('"length": ', '"length": 1'))
        with pytest.raises(SystemExit) as stopped:
            run("verify", "--checkpoint", kept)
        assert stopped.value.code == 2
        assert "not as it was written" in capsys.readouterr().err

    def test_no_checkpoint_is_written_over(self, run, kept, capsys):
        with pytest.raises(SystemExit):
            run("verify", "--write-checkpoint", kept)
        assert "exists" in capsys.readouterr().err

    def test_who_may_not_is_told(self, run, monkeypatch, capsys):
        monkeypatch.setenv("EQMS_USER", "author")
        monkeypatch.setenv("EQMS_PASSWORD", PASSWORD)
        assert run("verify") == 3
        assert "may not do this" in capsys.readouterr().err


class TestExportTrail:
    def test_of_the_site(self, run, tmp_path):
        path = tmp_path / "trail.jsonl"
        assert run("export-trail", path) == 0
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        assert {line["chain"] for line in lines if line["kind"] == "row"} == set(trail.subjects())

    def test_of_one_document_to_the_terminal(self, run, document, capfdbinary):
        path = "/".join(document.getPhysicalPath()[2:])
        assert run("export-trail", "-", "--path", path, "--format", "csv") == 0
        assert capfdbinary.readouterr().out.decode("utf-8-sig").startswith("subject,number")
