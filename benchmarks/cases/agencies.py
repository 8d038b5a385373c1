"""Requests to a site of a thousand agencies, beside one of ten.

Each agency has four groups. The documents are the same, and so are the people: somebody unknown, an
editor who is in the groups of one agency, an officer of the programme with a role in the whole
site. The figures are those of the request that suffers most; the notes have all of them.
"""

from benchmarks.compare import Bench
from benchmarks.compare import Case
from benchmarks.compare import Comparison
from benchmarks.compare import in_turns
from benchmarks.drafts import submit
from benchmarks.load import JSON
from benchmarks.load import PAGE
from benchmarks.load import Reader
from benchmarks.load import signed_in
from benchmarks.sites import add_ours
from benchmarks.sites import add_procedure
from benchmarks.sites import create
from benchmarks.sites import inside
from plone import api
from typing import Any
import transaction


MANY = "nhieu"
FEW = "it"
AGENCIES = {MANY: 1000, FEW: 10}

DOCUMENTS = 20
DRAFTS = 5
"""Submitted ones, so that the editor has tasks."""

TOGETHER = 50
"""Agencies added in one transaction."""

FIRST = "cq-0"

EDITOR = "bien-tap"
OFFICER = "can-bo"

ADDRESSES = {
    "page of a document": (PAGE, f"{FIRST}/qt-0"),
    "page of an agency": (PAGE, FIRST),
    "search page": (PAGE, "@@documents?q=cap+giay+phep"),
    "search by REST": (JSON, "@search?SearchableText=cap+giay+phep"),
    "document by REST": (JSON, f"{FIRST}/qt-0"),
    "my tasks": (JSON, "@my-tasks"),
}


def measure(bench: Bench) -> Comparison:
    """Read everything as everybody in turns."""
    for site, agencies in AGENCIES.items():
        bench.instance.inside(build, name=site, agencies=agencies, password=bench.password)
    people: dict[str, dict[str, str]] = {"anonymous": {}}
    people |= {person: signed_in(person, bench.password) for person in (EDITOR, OFFICER)}
    found = {
        f"{person}, {what}": compare(bench, accept, path, headers)
        for person, headers in people.items()
        for what, (accept, path) in ADDRESSES.items()
        if headers or path != "@my-tasks"
    }
    worst = max(found.values(), key=lambda comparison: comparison.summary()["ratio"])
    notes = [f"{name}: ratio {one.summary()['ratio']:.2f}" for name, one in found.items()]
    return Comparison(worst.ours, worst.beside, notes=notes)


def compare(bench: Bench, accept: str, path: str, headers: dict[str, str]) -> Comparison:
    """Milliseconds of one request in both sites."""
    readers = [Reader(accept, bench.instance.url(f"{site}/{path}"), **headers) for site in AGENCIES]
    rates = in_turns(*(reader.rate for reader in readers), bench.seconds / 5)
    return Comparison(*([1000 / rate for rate in side] for side in rates))


def build(app: Any, name: str, agencies: int, password: str) -> None:
    """A site with so many agencies; the first one has all the documents and the editor."""
    create(app, name)
    with inside(app, name) as portal:
        for number in range(agencies):
            api.content.create(
                portal, "Agency", id=f"cq-{number}", title=f"Cơ quan {number}", code=f"CQ {number}"
            )
            if number % TOGETHER == TOGETHER - 1:
                transaction.commit()
        add_people(portal, password)
        for number in range(DOCUMENTS):
            add_ours(portal, number)
        for number in range(DOCUMENTS, DOCUMENTS + DRAFTS):
            submit(add_procedure(portal[FIRST], number)["rev-1"])
        transaction.commit()


def add_people(portal: Any, password: str) -> None:
    """The editor, the officer, and an approver, without whom nothing is submitted."""
    for person in (EDITOR, OFFICER, "duyet"):
        api.user.create(username=person, email=f"{person}@example.vn", password=password)
    for person, group in ((EDITOR, "authors"), (EDITOR, "reviewers"), ("duyet", "approvers")):
        api.group.add_user(groupname=portal[FIRST].group_ids[group], username=person)
    api.user.grant_roles(username=OFFICER, roles=["Programme Officer"])


CASE = Case(
    "agencies",
    "a request with 1,000 agencies, beside 10 of them: the one that suffers most",
    "ms",
    1.5,
    measure,
    times=True,
)
