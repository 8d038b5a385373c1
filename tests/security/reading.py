"""Every address at which somebody could read a revision, as functions of world, role, subject."""

from security.world import JSON
import json


def _rest(path):
    def read(world, role, subject):
        return world.call(role, "GET", path.format(s=subject), headers=JSON)

    return read


def _page(path):
    def read(world, role, subject):
        return world.call(role, "GET", path.format(s=subject))

    return read


def by_uid(world, role, subject):
    """The permanent link, followed to where it leads."""
    answer = world.call(role, "GET", f"resolveuid/{subject.revision.UID()}")
    target = answer.headers.get("Location", "")
    return world.call(role, "GET", target) if target.endswith(subject.path) else answer


def by_query(world, role, subject):
    """The search of listing blocks."""
    return world.call(
        role,
        "POST",
        "@querystring-search",
        headers=JSON,
        json={
            "query": [
                {
                    "i": "path",
                    "o": "plone.app.querystring.operation.string.absolutePath",
                    "v": f"/{subject.document_path}",
                }
            ],
            "metadata_fields": "_all",
            "fullobjects": 1,
        },
    )


def by_contents_table(world, role, subject):
    """What the table of folder_contents asks for."""
    criteria = [
        {
            "i": "path",
            "o": "plone.app.querystring.operation.string.path",
            "v": f"/{subject.document_path}",
        }
    ]
    query = json.dumps({"criteria": criteria})
    return world.call(
        role,
        "GET",
        f"{subject.document_path}/@@getVocabulary",
        params={
            "name": "plone.app.vocabularies.Catalog",
            "query": query,
            "attributes": json.dumps(["Title", "Description", "path", "getURL", "id"]),
        },
    )


CONTENT = {
    "rest": _rest("{s.path}"),
    "page": _page("{s.path}"),
    "rest by number": _rest("{s.document_path}/@revisions/{s.revision.seq}"),
}
"""Those who may read get the content here."""

CHANNELS = {
    **CONTENT,
    "rest document": _rest(
        "{s.document_path}?expand=contextnavigation,navigation,breadcrumbs,types"
    ),
    "rest document, items": _rest("{s.document_path}?fullobjects=1&include_items=1"),
    "page document": _page("{s.document_path}"),
    "rest revisions": _rest("{s.document_path}/@revisions?b_size=100"),
    "rest expanded": _rest("{s.path}?expand=breadcrumbs,workflow,lock,actions,types,aliases"),
    "rest child": _rest("{s.path}/kem"),
    "download child": _page("{s.path}/kem/@@download/file"),
    "display child": _page("{s.path}/kem/@@display-file/file/kem.txt"),
    "page child": _page("{s.path}/kem/view"),
    "download source": _page("{s.path}/@@download/source"),
    "display source": _page("{s.path}/@@display-file/source"),
    "source by image view": _page("{s.path}/@@images/source"),
    "source in form": _page("{s.path}/edit/++widget++form.widgets.IRevision.source/@@download"),
    "edit form": _page("{s.path}/edit"),
    "revision body": _page("{s.path}/@@revision-body"),
    "comparison": _page("{s.path}/@@compare?all=1"),
    "comparison, rest": _rest("{s.path}/@compare?all=1"),
    "comparison with it": _rest("{s.document_path}/rev-1/@compare?all=1&with={s.revision.seq}"),
    "redline": _page("{s.path}/@@redline"),
    "rebase view": _page("{s.path}/@@rebase-view"),
    "attribute": _page("{s.path}/title"),
    "search title": _rest("@search?SearchableText={s.words[title]}&metadata_fields=_all"),
    "search text": _rest("@search?SearchableText={s.words[text]}&metadata_fields=_all"),
    "search child": _rest("@search?SearchableText={s.words[child]}&metadata_fields=_all"),
    "search child bytes": _rest(
        "@search?SearchableText={s.words[childbytes]}&metadata_fields=_all"
    ),
    "search path": _rest("@search?path=/plone/{s.document_path}&metadata_fields=_all&b_size=99"),
    "search whole": _rest("@search?path=/plone/{s.document_path}&fullobjects=1&b_size=99"),
    "search type": _rest("@search?portal_type=DocumentRevision&Title={s.words[title]}"),
    "search live": _page("@@ajax-search?SearchableText={s.words[title]}"),
    "search feed": _page("search_rss?SearchableText={s.words[title]}"),
    "listing query": by_query,
    "contents table": by_contents_table,
    "permanent link": by_uid,
    "contents": _page("{s.document_path}/folder_contents"),
    "contents of revision": _page("{s.path}/folder_contents"),
    "breadcrumbs": _rest("{s.path}/@breadcrumbs"),
    "navigation": _rest("{s.document_path}/@navigation?expand.navigation.depth=4"),
    "context navigation": _rest(
        "{s.document_path}/@contextnavigation?expand.contextnavigation.topLevel=0"
        "&expand.contextnavigation.bottomLevel=9"
    ),
    "site map": _page("sitemap"),
    "feed of document": _page("{s.document_path}/RSS"),
    "history view": _page("{s.path}/@@historyview"),
    "history": _rest("{s.path}/@history"),
    "history of document": _rest("{s.document_path}/@history"),
    "workflow": _rest("{s.path}/@workflow"),
    "workflow page": _page("{s.path}/content_status_history"),
    "sharing": _rest("{s.path}/@sharing"),
    "lock": _rest("{s.path}/@lock"),
    "actions": _rest("{s.path}/@actions"),
    "relations": _rest("{s.path}/@linkintegrity"),
    "delete form": _page("{s.path}/delete_confirmation"),
    "administration": _page("{s.path}/manage_main"),
    "export": _page("{s.document_path}/manage_exportObject?id={s.revision.id}&download:int=1"),
    "feed of agency": _page("so-tu-phap/RSS"),
    "feed, atom": _page("{s.document_path}/atom.xml"),
    "feed, syndication": _page("{s.document_path}/rss.xml"),
    "site map, xml": _page("sitemap.xml.gz"),
    "in force": _rest("{s.document_path}/@in-force"),
    "in force, with the past": _rest("{s.document_path}/@in-force?on={s.today}"),
    "in force, page": _page("{s.document_path}/@@in-force?on={s.today}"),
    "master list": _rest("so-tu-phap/@master-list?b_size=1000"),
    "master list of today": _rest("so-tu-phap/@master-list?on={s.today}&b_size=1000"),
    "master list of the site": _rest("@master-list?b_size=1000"),
    "master list, page": _page("so-tu-phap/@@master-list"),
    "master list, table": _page("so-tu-phap/@@master-list.csv"),
    "documents, page": _page("so-tu-phap/@@documents"),
    "desk": _page("so-tu-phap/@@desk"),
    "desk, rest": _rest("so-tu-phap/@desk"),
    "trail": _rest("{s.path}/@trail"),
    "trail, page": _page("{s.path}/@@trail"),
    "trail of document": _rest("{s.document_path}/@trail"),
    "trail of document, page": _page("{s.document_path}/@@trail"),
    "trail of agency": _rest("so-tu-phap/@trail"),
    "trail, export": _rest("{s.document_path}/@trail-export"),
    "trail, check": _rest("{s.document_path}/@trail-verify"),
    "route": _rest("{s.path}/@route"),
    "route of document": _rest("{s.document_path}/@route"),
    "proposals": _rest("{s.document_path}/@requests"),
    "proposals, page": _page("{s.document_path}/@@requests"),
    "signing": _rest("{s.path}/@sign"),
    "signing, page": _page("{s.path}/@@sign"),
    "returning, page": _page("{s.path}/@@reject"),
    "submitting, page": _page("{s.path}/@@submit"),
    "rebase, page": _page("{s.path}/@@rebase"),
    "signed copies": _rest("{s.path}/@signed-copies"),
    "signed copies, page": _page("{s.path}/@@signed-copies"),
    "my tasks": _rest("@my-tasks"),
    "my tasks, page": _page("@@my-tasks"),
    "set to sign": _rest("@sign-set"),
    "set to sign, page": _page("@@signing-set?uids={s.uid}"),
}
"""All of them. Only those who may read find a secret word in an answer."""
