"""Files that a form shows go only to who may read their field."""

from AccessControl.ZopeGuards import guarded_getattr
from plone.formwidget.namedfile.widget import Download
from typing import Any


class WidgetDownload(Download):
    """``{form}/++widget++{field}/@@download``, which is reached without asking for the form.

    Publishing asks for the permission of what it ends at, not of the form on the way; so whoever
    may view the content could read a field that only the people of the agency may.
    """

    def __call__(self) -> Any:
        """The file.

        :raises Unauthorized: as ``{content}/@@download/{field}`` would
        """
        if not self.context.ignoreContext:
            content = self.context.form.getContent()
            guarded_getattr(content, self.context.field.__name__)
        return super().__call__()
