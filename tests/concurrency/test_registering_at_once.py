"""Two people bring in documents that cite the same new text at the same moment: it is one text."""

from eqms.references.folder import references_folder
from eqms.references.registering import Citation
from eqms.references.registering import register_cited
from rivals import at_once
from rivals import visiting


SITE = "plone"
ROUNDS = 5


def test_a_text_that_two_cite_at_once_is_registered_once(shared_db):
    for number in range(1, ROUNDS + 1):
        citation = Citation(f"Nghị định số {number}/2026/NĐ-CP của Chính phủ về hộ tịch")

        def cites(portal, citation=citation):
            return len(register_cited([citation]))

        outcomes = at_once(shared_db, SITE, ("author", cites), ("second_author", cites))
        assert any(outcome.conflicts for outcome in outcomes), "the two did not collide"
        assert sorted(outcome.value for outcome in outcomes) == [0, 1]
        with visiting(shared_db, SITE):
            labels = [text.label for text in references_folder().objectValues()]
            assert len(labels) == len(set(labels)) == number
