"""Every role at every address, in every state of a revision: who reads, and that nobody writes.

What is expected stands in the tables of this file; it comes from the rules of document control,
not from the role maps that are tested.
"""

from itertools import product
from security.reading import CHANNELS as READING
from security.reading import CONTENT
from security.world import DRAFTERS
from security.world import OVERSIGHT
from security.world import PROGRAMME
from security.world import ROLES
from security.world import ROUTE_MEMBER
from security.world import STAFF
from security.world import STATES
from security.world import STRONGEST
from security.writing import DRAFTING
from security.writing import FORBIDDEN
from security.writing import STOCK_FAULTS
import pytest
import re


ASKED = frozenset({ROUTE_MEMBER})

READERS = {
    "draft": DRAFTERS | OVERSIGHT,
    "in_review": STAFF | OVERSIGHT | ASKED,
    "in_approval": STAFF | OVERSIGHT | ASKED,
    "approved": PROGRAMME | ASKED,
    "planned": PROGRAMME | ASKED,
    "in_force": frozenset(ROLES),
    "superseded": PROGRAMME,
    "suspended": PROGRAMME,
    "obsolete": PROGRAMME,
    "withdrawn": DRAFTERS | OVERSIGHT,
}
"""Who reads a revision of a public document; nobody else gets a word of it."""

SOURCE_READERS = PROGRAMME
"""Who gets the Word file, if they may read the revision; it is never published."""

ON_ROUTE = ("in_review", "in_approval", "approved", "planned")
"""Where also those get it whom the route asks."""

OUT_OF_USE = ("suspended", "obsolete")
"""The document stays, with its code and title, and says that it is not in force."""

TRAIL_READERS = PROGRAMME
"""Who audits a document reads why anything was done to it: rows left out would break the chain."""

FIRST_TITLE = PROGRAMME
"""Before the first issue the document bears the title of its draft, for those who may see it."""

FIRST_STATES = ("draft", "in_review", "in_approval", "approved", "planned", "withdrawn")

EVERYBODY = [
    role if role in STRONGEST else pytest.param(role, marks=pytest.mark.matrix) for role in ROLES
]


@pytest.fixture(scope="class")
def subjects(world):
    """Revisions in each state, of documents in force and of documents that never were."""
    made = {(state, "revised"): world.subject(state) for state in STATES}
    return made | {(state, "first"): world.subject(state, False) for state in FIRST_STATES}


def known_words(role, state, line, words):
    """The secret words of a revision that a role may meet somewhere."""
    if role not in READERS[state]:
        shown = (line == "first" and role in FIRST_TITLE) or state in OUT_OF_USE
        return {words["title"]} if shown else set()
    known = set(words.values())
    if role not in SOURCE_READERS and not (role in ASKED and state in ON_ROUTE):
        known -= {words["bytes"], words["name"], words["reason"]}
    return known


DOORS = [
    *product(
        ("GET", "POST", "PATCH", "DELETE"),
        ("", "/kem", "/@@download/source", "/edit", "/@history", "/@sign"),
        ("application/json",),
    ),
    ("GET", "", "text/html"),
    ("GET", "/kem", "text/html"),
    ("POST", "/edit", "text/html"),
    ("GET", "/@trail", "application/json"),
    ("GET", "/@compare", "application/json"),
    ("GET", "/@@redline", "text/html"),
    ("GET", "/@@trail", "text/html"),
]
"""Method, what is asked of the revision, and in which form the answer is wanted."""

CASES = [(state, "revised") for state in STATES] + [(state, "first") for state in FIRST_STATES]


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize(("state", "line"), CASES, ids=lambda value: str(value))
class TestReading:
    def test_only_readers_meet_a_word_of_it(self, world, subjects, state, line, role):
        subject = subjects[state, line]
        secret = set(subject.words.values()) - known_words(role, state, line, subject.words)
        if not secret:
            return
        leaks, errors = {}, {}
        for name, read in READING.items():
            answer = read(world, role, subject)
            told = answer.text + str(answer.headers)
            found = {word for word in secret if word in told and word not in answer.request.url}
            if name.startswith("trail") and role in TRAIL_READERS:
                found.discard(subject.words["reason"])
            if found:
                leaks[name] = found
            if answer.status_code >= 500:
                errors[name] = answer.status_code
        assert (leaks, errors) == ({}, {})

    def test_readers_get_it(self, world, subjects, state, line, role):
        subject = subjects[state, line]
        answers = {name: read(world, role, subject) for name, read in CONTENT.items()}
        if role in ASKED and line == "first":
            # A document that was never in force is hidden; the route opens its revision alone.
            assert answers.pop("rest by number").status_code in (401, 404)
        if role in READERS[state]:
            assert {answer.status_code for answer in answers.values()} == {200}
            assert all(subject.words["title"] in answer.text for answer in answers.values())
        else:
            assert all(answer.status_code in (401, 404) for answer in answers.values())

    def test_to_others_it_does_not_exist(self, world, subjects, state, line, role):
        subject = subjects[state, line]
        if role in READERS[state]:
            return
        for method, below, accepted in DOORS:
            there, nowhere = (
                world.call(role, method, path + below, headers={"Accept": accepted})
                for path in (subject.path, f"{subject.document_path}/rev-99")
            )
            assert there.status_code == nowhere.status_code == 404, (method, below, accepted)
            assert _nameless(there) == _nameless(nowhere), (method, below, accepted)


def _nameless(answer):
    return re.sub(r"rev-\d+", "rev", answer.text)


WRITERS = {state: frozenset() for state in STATES} | {"draft": DRAFTERS | {"manager"}}
"""Who writes content of a revision; every other attempt leaves all as it was."""

DELETING = {"delete", "delete form", "dav delete", "manage delete"}

MUST_SUCCEED = {
    "patch title",
    "patch text",
    "patch source",
    "patch number",
    "patch classification",
    "patch child",
    "post child",
    "delete child",
    "copy into",
    "tus new child",
    "tus source",
    "edit form",
    "dav put child",
}
"""What writes a draft, when it is asked by a person who may."""

NO_EFFECT = {
    "patch facts",  # members that are no fields, or read-only, are passed over
    "patch document visibility",
    "relations",  # a link in the catalog of relations; nothing of it is content
    "dav delete document",  # a multi-status of refusals
    "lock",
    "unlock",
    "lock document",
    "order of revisions",  # in the folder; who lists revisions goes by their numbers
}
"""Answered without an error although nothing happens to the revision."""


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("state", STATES)
class TestWriting:
    def test_nobody_does_what_is_forbidden(self, world, subjects, state, role):
        assert attack(world, subjects, (state, "revised"), role, FORBIDDEN) == {}

    def test_nobody_else_writes_content(self, world, subjects, state, role):
        if role not in WRITERS[state]:
            assert attack(world, subjects, (state, "revised"), role, DRAFTING) == {}


@pytest.mark.parametrize("role", sorted(WRITERS["draft"]))
@pytest.mark.parametrize("channel", DRAFTING)
class TestDrafting:
    def test_who_writes_is_remembered(self, world, role, channel):
        subject = world.subject("draft", revised=False)
        before = subject.facts()
        answer = DRAFTING[channel](world, role, subject)
        assert answer.status_code < 500
        if subject.id not in subject.document:
            assert channel in DELETING
            return
        after = subject.facts()
        assert after["state"] == "draft"
        assert after["audit rows"] == before["audit rows"]
        if after["hash"] != before["hash"]:
            assert role in after["authors"]
        else:
            assert channel not in MUST_SUCCEED


def attack(world, subjects, key, role, channels):
    """Try the channels; tells what went through, or was refused without a clear answer."""
    strange = {}
    before = subjects[key].facts()
    for name, write in channels.items():
        answer = write(world, role, subjects[key])
        after = subjects[key].facts()
        if after != before:
            strange[name] = {fact for fact in before if before[fact] != after[fact]}
            subjects[key] = world.subject(key[0], key[1] == "revised")
            before = subjects[key].facts()
        elif not _is_clear(name, answer):
            strange[name] = (answer.status_code, answer.text[:200])
    return strange


def _is_clear(name, answer):
    """Whether the answer says that nothing was done."""
    if answer.status_code >= 500:
        return any(fault in answer.text for fault in STOCK_FAULTS)
    if "json" in answer.request.headers.get("Accept", "") and answer.status_code < 400:
        return name in NO_EFFECT or answer.json() == []
    return True
