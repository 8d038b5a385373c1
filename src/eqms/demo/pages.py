"""The pages around the documents: where agencies stand, the search in the navigation, welcome."""

from collections.abc import Mapping
from eqms.demo.facts import DATA
from plone import api
from plone.app.textfield import RichTextValue
from plone.dexterity.utils import createContentInContainer
from string import Template
from typing import Any


def add_folder(site: Any, officer: str) -> Any:
    """The folder of the agencies, in which the programme officer may add them."""
    folder = createContentInContainer(
        site,
        "Folder",
        id="co-quan",
        title="Cơ quan",
        description="Các cơ quan áp dụng hệ thống quản lý chất lượng.",
    )
    api.user.grant_roles(username=officer, roles=["Contributor"], obj=folder)
    _publish(folder)
    return folder


def add_search(site: Any) -> Any:
    """The search for documents as an entry of the navigation."""
    link = createContentInContainer(
        site,
        "Link",
        id="tra-cuu",
        title="Tra cứu quy trình",
        remoteUrl="${portal_url}/documents",
    )
    _publish(link)
    return link


def add_front_page(site: Any, targets: Mapping[str, Any]) -> None:
    """Welcome on the front page, with links to the targets that it names."""
    uids = {name: api.content.get_uuid(target) for name, target in targets.items()}
    html = Template((DATA / "front_page.template").read_text("utf-8")).substitute(uids)
    page = createContentInContainer(
        site,
        "Document",
        id="trang-chu",
        title="ISO điện tử",
        text=RichTextValue(html, "text/html", "text/x-html-safe"),
    )
    _publish(page)
    site.setDefaultPage(page.getId())
    # Agencies have a page of their own; dozens of them do not belong in a menu.
    api.portal.set_registry_record("plone.navigation_depth", 1)


def _publish(item: Any) -> None:
    """Open a page to the public, where the site has a workflow that asks for it."""
    if api.content.get_state(item, default=None) == "private":
        api.content.transition(item, "publish")
