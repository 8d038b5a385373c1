"""The clock in the process of the server, and by command."""

from cast import PASSWORD
from datetime import datetime
from datetime import UTC
from eqms.clock import ticking
from eqms.clock.ticking import tick_all
from eqms.clock.ticking import Ticker
from eqms.commands import main
from eqms.documents.indexers import revision_in_force
from eqms.domain import clock
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.browserlayer.utils import unregister_layer
from threading import Event
import json
import pytest
import transaction


START = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)


@pytest.fixture
def database(functional_portal):
    return functional_portal._p_jar.db()


def test_every_site_with_eqms_is_ticked(planned, database):
    with clock.frozen(START):
        [(path, report)] = tick_all(database).items()
    transaction.begin()
    assert (path, report.done) == ("/plone", 1)
    assert revision_in_force(planned).getId() == "rev-2"


def test_a_site_without_it_is_left_alone(functional_portal, database):
    unregister_layer("eqms", functional_portal.getSiteManager())
    transaction.commit()
    assert tick_all(database) == {}


def test_no_connection_is_left_open(planned, database):
    before = [info["opened"] for info in database.connectionDebugInfo()].count(None)
    tick_all(database)
    after = [info["opened"] for info in database.connectionDebugInfo()].count(None)
    assert after in (before, before + 1)


def test_it_ticks_until_it_is_stopped_whatever_happens(monkeypatch):
    ticks, enough = [], Event()

    def failing(database):
        ticks.append(database)
        if len(ticks) == 3:
            enough.set()
        raise RuntimeError

    monkeypatch.setattr(ticking, "tick_all", failing)
    ticker = Ticker("a database", seconds=0.001)
    ticker.start()
    assert enough.wait(10)
    ticker.stop()
    assert not ticker.is_alive()


@pytest.fixture
def administrator(monkeypatch):
    monkeypatch.setenv("EQMS_USER", SITE_OWNER_NAME)
    monkeypatch.setenv("EQMS_PASSWORD", SITE_OWNER_PASSWORD)


def test_the_command(planned, functional_portal, administrator, capsys):
    url = functional_portal.absolute_url()
    assert main(["tick", "--url", url]) == 0
    assert capsys.readouterr().out == "Done: 0, failed: 0.\n"
    assert main(["tick", "--url", url, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["skipped"] is False


def test_the_command_tells_of_failures(functional_portal, administrator, job, capsys):
    def act(piece):
        raise ValueError("no")

    transaction.commit()
    job("test", ["a"], act)
    assert main(["tick", "--url", functional_portal.absolute_url()]) == 1
    assert "test a: ValueError: no" in capsys.readouterr().out


def test_the_command_without_the_right(planned, functional_portal, monkeypatch, capsys):
    monkeypatch.setenv("EQMS_USER", "author")
    monkeypatch.setenv("EQMS_PASSWORD", PASSWORD)
    assert main(["tick", "--url", functional_portal.absolute_url()]) == 3


def test_the_command_where_nothing_answers(administrator, capsys):
    assert main(["tick", "--url", "http://localhost:9/eqms"]) == 3
    assert "cannot be reached" in capsys.readouterr().err
