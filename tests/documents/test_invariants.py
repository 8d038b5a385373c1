"""What readers get as in force changes by the switch alone (invariant 2)."""

from cast import acting
from cast import issue
from eqms.approval import actions
from eqms.documents.drafting import revise
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import transaction


def test_drafting_changes_no_byte_of_what_readers_get(
    live_document, functional_portal, request_factory
):
    issue(live_document["rev-1"])
    transaction.commit()
    anonymous = request_factory()
    address = live_document.absolute_url()
    path = "/".join(live_document.getPhysicalPath()[2:])
    page = request_factory(api=False)

    def read():
        rest = anonymous.get(path)
        html = page.get(address)
        assert (rest.status_code, html.status_code) == (200, 200)
        return rest.content, html.content

    before = read()
    with acting("author"):
        draft = revise(live_document)
    transaction.commit()
    assert read() == before, "opening a draft"
    with acting("author"):
        draft.title = "Bí mật của bản dự thảo"
        draft.amendments = [{"number": "01/01", "summary": "Sửa", "ground": "Luật"}]
        notify(ObjectModifiedEvent(draft))
    transaction.commit()
    assert read() == before, "saving the draft"
    with acting("author"):
        actions.transition(draft, "submit")
    transaction.commit()
    assert read() == before, "submitting"
    with acting("reviewer"):
        actions.transition(draft, "reject", "chưa đủ")
    transaction.commit()
    assert read() == before, "returning"
    with acting("author"):
        actions.transition(draft, "withdraw", "bỏ")
    transaction.commit()
    assert read() == before, "discarding"
