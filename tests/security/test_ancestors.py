"""Nothing that contains a signed revision goes away or moves, up to the folders of the site."""

from cast import add_document
from cast import issue
from cast import make_agency
from eqms.documents.content import register_of
from eqms.documents.snapshot import hash_of
from eqms.trail import storage as trail
from plone import api
from security.world import JSON
from security.world import path_of
from security.writing import dav
from security.writing import form
from security.writing import rest
import pytest
import transaction


DEEP = ("tinh", "tinh/so-ban-nganh", "tinh/so-ban-nganh/so-y-te")
"""From the folder at the root of the site down to the agency."""


@pytest.fixture(scope="class")
def signed(world):
    """A revision in force, two folders below the root of the site."""
    with api.env.adopt_roles(["Manager"]):
        top = api.content.create(world.portal, "Folder", id="tinh", title="Tỉnh")
        middle = api.content.create(top, "Folder", id="so-ban-nganh", title="Sở, ban, ngành")
    agency = make_agency(middle, "Sở Y tế", "SYT")
    revision = issue(add_document(agency)["rev-1"])
    transaction.commit()
    return revision


def attacks(path):
    """What takes a container away from where it is."""
    parent, _slash, name = path.rpartition("/")
    below = f"{parent}/" if parent else ""
    named = {"ids:list": name}
    return {
        "delete": rest("DELETE", path),
        "delete form": form(f"{path}/delete_confirmation", **{"form.buttons.Delete": "Delete"}),
        "contents delete": form(f"{below}fc-delete", selection=f'["{name}"]'),
        "manage delete": form(f"{below}manage_delObjects", **named),
        "dav delete": dav("DELETE", path),
        "rename": form(
            f"{path}/object_rename",
            **{"form.widgets.new_id": "khac", "form.buttons.Rename": "Rename"},
        ),
        "manage rename": form(f"{below}manage_renameObjects", **named, **{"new_ids:list": "khac"}),
        "move": rest("POST", "so-noi-vu/@move", {"source": f"/{path}"}),
        "dav move": dav("MOVE", path, Destination="{site}/khac"),
    }


@pytest.mark.parametrize("role", ["controller", "site_admin", "manager"])
@pytest.mark.parametrize("path", DEEP)
def test_a_container_stays(world, signed, path, role):
    document = signed.__parent__

    def facts():
        return (
            path_of(signed),
            hash_of(signed),
            register_of(document).entries,
            len(trail.rows(document.UID())),
            signed._p_serial,
        )

    before, through, errors = facts(), {}, {}
    for name, attack in attacks(path).items():
        answer = attack(world, role, world.own)
        if facts() != before:
            through[name] = answer.status_code
        elif answer.status_code >= 500 and "CopyError" not in answer.text:
            errors[name] = (answer.status_code, answer.text[:200])
    assert (through, errors) == ({}, {})
    assert world.call("manager", "GET", path_of(signed), headers=JSON).status_code == 200
