"""``POST /@sign-set``."""

from eqms import _
from eqms.approval import actions
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.approval.services.post import answer
from eqms.approval.services.post import refused
from eqms.approval.signing import ToSign
from eqms.approval.signing_sets import chosen
from eqms.documents.errors import bad_request
from eqms.documents.services.body import body_of
from eqms.documents.services.body import text_of
from eqms.documents.services.csrf import refuse_forged_request
from plone.restapi.services import Service
from typing import Any


class SignSetPost(Service):
    """``{items: [{uid, meaning, capacity?}], password, comment, method, challenge}``."""

    def reply(self) -> dict[str, Any]:
        """Every revision as it is then; none is signed if one cannot be, and it says which."""
        refuse_forged_request(self.request)
        wanted = self._wanted()
        try:
            actions.sign_set(
                wanted,
                text_of(self.request, "password"),
                text_of(self.request, "comment"),
                challenge=text_of(self.request, "challenge") or None,
                method=text_of(self.request, "method") or None,
            )
        except ReauthenticationFailed as failure:
            return refused(self.request, failure)
        return {"items": [answer(one.revision) for one in wanted]}

    def _wanted(self) -> list[ToSign]:
        items = body_of(self.request).get("items")
        if not isinstance(items, list) or not all(_is_item(item) for item in items):
            raise bad_request(
                _(
                    "error_no_items",
                    default="items must be a list of objects with uid and meaning.",
                )
            )
        tasks = chosen([item["uid"] for item in items])
        return [
            ToSign(task.revision, item["meaning"], item.get("capacity", ""), task.on_behalf_of)
            for task, item in zip(tasks, items, strict=True)
        ]


def _is_item(item: object) -> bool:
    return isinstance(item, dict) and all(
        isinstance(item.get(name, default), str)
        for name, default in (("uid", None), ("meaning", None), ("capacity", ""))
    )
