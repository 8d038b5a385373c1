"""An agency's code is its own, whichever way it is written and whichever channel asks."""

from plone import api
from zExceptions import BadRequest
from zope.event import notify
from zope.lifecycleevent import Attributes
from zope.lifecycleevent import ObjectModifiedEvent
import pytest


def add(portal, code):
    with api.env.adopt_roles(["Manager"]):
        return api.content.create(portal, "Agency", title=f"Cơ quan {code}", code=code)


@pytest.mark.parametrize("code", ["STP", "stp", " STP "])
def test_it_is_given_once(agency, portal, code):
    with pytest.raises(BadRequest, match=r"STP|stp"):
        add(portal, code)


def test_it_is_free_again_when_its_agency_is_gone(agency, portal):
    other = add(portal, "SNV")
    with api.env.adopt_roles(["Manager"]):
        api.content.delete(other)
    assert add(portal, "SNV").code == "SNV"


def test_a_changed_code_frees_the_old_one_and_takes_no_other(agency, portal):
    other = add(portal, "SNV")
    other.code = "STP"
    with pytest.raises(BadRequest):
        notify(ObjectModifiedEvent(other, Attributes(None, "code")))
    other.code = "SNV-2"
    notify(ObjectModifiedEvent(other, Attributes(None, "code")))
    assert add(portal, "SNV").code == "SNV"


def test_saving_without_a_change_is_no_collision(agency):
    notify(ObjectModifiedEvent(agency, Attributes(None, "title")))
    assert agency.code == "STP"


def test_a_copy_gets_a_code_of_its_own(agency, portal):
    with api.env.adopt_roles(["Manager"]):
        copies = [api.content.copy(agency, portal, id=f"ban-sao-{number}") for number in (1, 2)]
    assert [copy.code for copy in copies] == ["STP-2", "STP-3"]
    assert agency.code == "STP"
    assert not set(copies[0].group_ids.values()) & set(agency.group_ids.values())
