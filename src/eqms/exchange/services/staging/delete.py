"""``DELETE /{agency}/@staging/{id}`` and ``…/{id}/{file}``."""

from eqms.documents.services.csrf import refuse_forged_request
from eqms.exchange.services.staging.path import StagingService
from eqms.exchange.staging.storage import drop
from zExceptions import NotFound


class StagingDelete(StagingService):
    """Drops a staging, or one file of it; no document is touched."""

    def reply(self) -> None:
        """204."""
        refuse_forged_request(self.request)
        match self.asked:
            case [_staging]:
                drop(self.context, self.staging())
            case [_staging, _file]:
                self.staging().remove(self.file())
            case _:
                raise NotFound("/".join(self.asked))
        return self.reply_no_content()
