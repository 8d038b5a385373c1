"""Every way to write a revision over the wire, as functions of world, role and subject.

Each sends one attempt and gives the answer. ``DRAFTING`` are those that a writer of a draft may use
with success; what is ``FORBIDDEN`` nobody may.
"""

from eqms.domain.revisions import TRANSITIONS
from security.world import JSON
import base64


LOCKINFO = (
    '<?xml version="1.0"?><D:lockinfo xmlns:D="DAV:"><D:lockscope><D:exclusive/></D:lockscope>'
    "<D:locktype><D:write/></D:locktype></D:lockinfo>"
)
PROPERTIES = (
    '<?xml version="1.0"?><D:propertyupdate xmlns:D="DAV:"><D:set><D:prop>'
    '<title xmlns="http://www.zope.org/propsets/default">Sửa trộm</title>'
    "</D:prop></D:set></D:propertyupdate>"
)
STOCK_FAULTS = ("CopyError", "ValueError", "ArchivistRetrieveError", "conversation_view")
"""Where Plone answers 500 to what it refuses, for its own content too; nothing is written."""

UPLOAD = {"filename": "la.txt", "encoding": "utf8", "data": "lạ", "content-type": "text/plain"}


def rest(method, path, body=None):
    """A REST call; the body may be made for a subject."""

    def write(world, role, subject):
        data = body(world, subject) if callable(body) else body
        return world.call(role, method, path.format(s=subject), headers=JSON, json=data)

    return write


def dav(method, path, data="", **headers):
    """A WebDAV call."""

    def write(world, role, subject):
        sent = {
            name.replace("_", "-"): value.format(s=subject, site=world.portal.absolute_url())
            for name, value in headers.items()
        }
        return world.call(
            role, method, path.format(s=subject), headers=sent, data=data.encode() or None
        )

    return write


def rpc(method, *arguments):
    """A call by XML-RPC."""

    params = "".join(
        f"<param><value><string>{argument}</string></value></param>" for argument in arguments
    )
    body = (
        '<?xml version="1.0"?><methodCall>'
        f"<methodName>{method}</methodName><params>{params}</params></methodCall>"
    )

    def write(world, role, subject):
        headers = {"Content-Type": "text/xml", "X-CSRF-TOKEN": world.token(role)}
        return world.call(role, "POST", subject.path, headers=headers, data=body.encode())

    return write


def form(path, **fields):
    """A form of the site, sent with its token."""

    def write(world, role, subject):
        data = {name: value.format(s=subject) for name, value in fields.items()}
        data["_authenticator"] = world.token(role)
        return world.call(role, "POST", path.format(s=subject), data=data)

    return write


def tus(service, below="", **metadata):
    """A resumable upload."""

    def write(world, role, subject):
        told = {"filename": "la.txt", "content-type": "text/plain", **metadata}
        tus = {**JSON, "Tus-Resumable": "1.0.0"}
        start = {
            **tus,
            "Upload-Length": "4",
            "Upload-Metadata": ",".join(
                f"{name} {base64.b64encode(value.encode()).decode()}"
                for name, value in told.items()
            ),
        }
        # The upload is begun where it is allowed and finished where it is not.
        begun = world.call("author", "POST", f"{world.own.path}{below}/{service}", headers=start)
        upload = begun.headers["Location"].rpartition("/")[2]
        finish = {
            **tus,
            "Upload-Offset": "0",
            "Content-Type": "application/offset+octet-stream",
        }
        target = f"{subject.path}{below}/@tus-upload/{upload}"
        return world.call(role, "PATCH", target, headers=finish, data=b"abcd")

    return write


def _edit_form(world, role, subject):
    return form(
        "{s.path}/edit",
        **{
            "form.widgets.IRevision.title": "Sửa trộm",
            "form.widgets.IRevision.classification:list": "public",
            "form.widgets.IRevision.issue_no": "1",
            "form.widgets.IRevision.amendment_no": "1",
            "form.widgets.IRevision.change_class:list": "major",
            "form.widgets.IRevision.force_mode:list": "on_approval",
            "form.buttons.save": "Save",
        },
    )(world, role, subject)


def _source(path):
    return lambda world, subject: {"source": f"/{path.format(s=subject)}"}


def _undo(world, role, subject):
    """Take back what the site wrote last, as its page of undo would ask for it."""
    last = base64.b64encode(world.portal._p_jar.db().lastTransaction()).decode()
    return form("manage_undo_transactions", **{"transaction_info:list": f"{last} "})(
        world, role, subject
    )


DRAFTING = {
    "patch title": rest("PATCH", "{s.path}", {"title": "Sửa trộm"}),
    "patch text": rest("PATCH", "{s.path}", {"text": "<p>Sửa trộm</p>"}),
    "patch source": rest("PATCH", "{s.path}", {"source": UPLOAD}),
    "patch number": rest("PATCH", "{s.path}", {"issue_no": 9}),
    "patch classification": rest("PATCH", "{s.path}", {"classification": "internal"}),
    "patch layout": rest("PATCH", "{s.path}", {"layout": "view"}),
    "patch order": rest("PATCH", "{s.path}", {"ordering": {"obj_id": "kem", "delta": "top"}}),
    "put": rest("PUT", "{s.path}", {"title": "Sửa trộm"}),
    "put child": rest("PUT", "{s.path}/kem", {"title": "Sửa trộm"}),
    "tus child": tus("@tus-replace", "/kem", fieldname="file"),
    "patch child": rest("PATCH", "{s.path}/kem", {"title": "Sửa trộm"}),
    "post child": rest("POST", "{s.path}", {"@type": "File", "title": "lạ", "file": UPLOAD}),
    "delete child": rest("DELETE", "{s.path}/kem"),
    "delete": rest("DELETE", "{s.path}"),
    "copy into": rest("POST", "{s.path}/@copy", lambda world, subject: {"source": world.file}),
    "lock": rest("POST", "{s.path}/@lock"),
    "unlock": rest("DELETE", "{s.path}/@lock", {"force": True}),
    "tus new child": tus("@tus-upload", **{"@type": "File"}),
    "tus source": tus("@tus-replace", fieldname="source"),
    "edit form": _edit_form,
    "delete form": form("{s.path}/delete_confirmation", **{"form.buttons.Delete": "Delete"}),
    "contents delete": form("{s.path}/fc-delete", selection='["{s.revision.id}"]'),
    "dav put child": dav("PUT", "{s.path}/kem", "Sửa trộm", Content_Type="text/plain"),
    "dav lock": dav("LOCK", "{s.path}", LOCKINFO, Depth="0"),
    "dav delete child": dav("DELETE", "{s.path}/kem"),
    "dav delete": dav("DELETE", "{s.path}"),
    "contents tags": form("{s.document_path}/fc-tags", selection='["{s.uid}"]', add="trom"),
    "manage delete": form("{s.document_path}/manage_delObjects", **{"ids:list": "{s.id}"}),
    "rpc delete child": rpc("manage_delObjects", "kem"),
    "status form": form(
        "{s.path}/content_status_modify",
        workflow_action="make_in_force",
        comment="lý do",
        expiration_date="2001-01-01",
        effective_date="2001-01-01",
    ),
}
"""What a draft is written by; everywhere else nobody has success with any of it."""

FORBIDDEN = {
    "patch facts": rest(
        "PATCH",
        "{s.path}",
        {
            "seq": 99,
            "kind": "urgent",
            "based_on": "x",
            "content_hash": "0",
            "saved_by": [],
            "ever_submitted": False,
            "in_force_from": "2001-01-01T00:00:00",
            "review_state": "in_force",
            "creators": ["member"],
            "effective": "2040-01-01T00:00:00",
            "expires": "2001-01-01T00:00:00",
            "UID": "0" * 32,
            "id": "khac",
        },
    ),
    "move itself": rest("POST", "so-noi-vu/@move", _source("{s.path}")),
    "move within": rest("POST", "{s.document_path}/@move", _source("{s.path}")),
    "move child out": rest("POST", "so-noi-vu/@move", _source("{s.path}/kem")),
    "copy itself": rest("POST", "{s.document_path}/@copy", _source("{s.path}")),
    "copy itself elsewhere": rest("POST", "so-noi-vu/@copy", _source("{s.path}")),
    "post revision": rest(
        "POST", "{s.document_path}", {"@type": "DocumentRevision", "title": "Trộm"}
    ),
    "sharing": rest(
        "POST",
        "{s.path}/@sharing",
        {
            "entries": [{"id": "member", "type": "user", "roles": {"Editor": True}}],
            "inherit": False,
        },
    ),
    "relations": rest(
        "POST",
        "@relations",
        lambda world, subject: {
            "items": [
                {
                    "source": subject.revision.UID(),
                    "target": world.agency.UID(),
                    "relation": "isReferencing",
                }
            ]
        },
    ),
    "order of revisions": rest(
        "PATCH",
        "{s.document_path}",
        lambda world, subject: {"ordering": {"obj_id": subject.id, "delta": "top"}},
    ),
    "form order of revisions": form(
        "{s.document_path}/fc-rearrange", rearrange_on="modified", reversed="1"
    ),
    "put document": rest("PUT", "{s.document_path}", {"title": "Sửa trộm"}),
    "lock document": rest("POST", "{s.document_path}/@lock"),
    "revert": rest("PATCH", "{s.path}/@history", {"version": 0}),
    "working copy": rest("POST", "{s.path}/@workingcopy"),
    "comment": rest("POST", "{s.path}/@comments", {"text": "Sửa trộm"}),
    "form edit of child list": form("{s.path}/fc-rearrange", move='["kem"]', delta="top"),
    "form rename": form(
        "{s.path}/object_rename",
        **{"form.widgets.new_id": "khac", "form.buttons.Rename": "Rename"},
    ),
    "form sharing": form(
        "{s.path}/sharing",
        **{
            "form.submitted": "1",
            "form.button.Save": "Save",
            "entries.id:records": "member",
            "entries.type:records": "user",
            "entries.role_Editor:records": "True",
        },
    ),
    "form cut": form("{s.path}/object_cut"),
    "contents rename": form(
        "{s.document_path}/fc-rename",
        UID_1="{s.uid}",
        newid_1="khac",
        newtitle_1="Sửa trộm",
    ),
    "manage permission": form(
        "{s.path}/manage_permission", permission_to_manage="View", roles="Anonymous"
    ),
    "manage roles": form("{s.path}/manage_setLocalRoles", userid="member", roles="Manager"),
    "manage owner": form("{s.path}/manage_takeOwnership"),
    "manage properties": form("{s.path}/manage_changeProperties", title="Sửa trộm"),
    "manage rename": form(
        "{s.document_path}/manage_renameObjects",
        **{"ids:list": "{s.id}", "new_ids:list": "khac"},
    ),
    "manage cut": form("{s.document_path}/manage_cutObjects", **{"ids:list": "{s.id}"}),
    "manage add": form("{s.path}/manage_addFolder", id="trom"),
    "undo": form("{s.path}/manage_undo_transactions", transaction_info="x"),
    "undo the last": _undo,
    "dav put": dav("PUT", "{s.path}", "Sửa trộm", Content_Type="text/plain"),
    "dav put new child": dav("PUT", "{s.path}/moi.txt", "Sửa trộm", Content_Type="text/plain"),
    "dav properties": dav("PROPPATCH", "{s.path}", PROPERTIES),
    "dav find": dav("PROPFIND", "{s.path}", Depth="1"),
    "dav folder": dav("MKCOL", "{s.path}/moi"),
    "dav copy": dav("COPY", "{s.path}", Destination="{site}/{s.document_path}/khac"),
    "dav move": dav("MOVE", "{s.path}", Destination="{site}/{s.document_path}/khac"),
    "rpc title": rpc("setTitle", "Sửa trộm"),
    "rpc properties": rpc("manage_editProperties", "Sửa trộm"),
    **{
        f"transition {name}": rest("POST", f"{{s.path}}/@workflow/{name}", {"comment": "lý do"})
        for name, transition in TRANSITIONS.items()
        if transition.internal
    },
    **{
        f"transition of document {name}": rest("POST", f"{{s.document_path}}/@workflow/{name}", {})
        for name in ("hide", "restrict", "open_to_staff", "open_to_public")
    },
    "status form of document": form(
        "{s.document_path}/content_status_modify",
        workflow_action="hide",
        comment="lý do",
        expiration_date="2001-01-01",
    ),
    "patch document title": rest("PATCH", "{s.document_path}", {"title": "Sửa trộm"}),
    "patch document visibility": rest(
        "PATCH",
        "{s.document_path}",
        {"review_state": "hidden", "expires": "2001-01-01T00:00:00", "description": "Sửa trộm"},
    ),
    "sharing of document": rest(
        "POST",
        "{s.document_path}/@sharing",
        {"entries": [{"id": "member", "type": "user", "roles": {"Editor": True}}]},
    ),
    "delete document": rest("DELETE", "{s.document_path}"),
    "dav delete document": dav("DELETE", "{s.document_path}"),
    "rename document": form(
        "{s.document_path}/object_rename",
        **{"form.widgets.new_id": "khac", "form.buttons.Rename": "Rename"},
    ),
    "contents rename document": form(
        "so-tu-phap/fc-rename",
        UID_1="{s.document_uid}",
        newid_1="khac",
        newtitle_1="Sửa trộm",
    ),
    "move document": rest("POST", "so-noi-vu/@move", _source("{s.document_path}")),
    "copy document": rest("POST", "so-tu-phap/@copy", _source("{s.document_path}")),
    "delete agency": rest("DELETE", "so-tu-phap"),
    "rename agency": form(
        "so-tu-phap/object_rename",
        **{"form.widgets.new_id": "khac", "form.buttons.Rename": "Rename"},
    ),
    "move agency": rest("POST", "so-noi-vu/@move", _source("so-tu-phap")),
    "copy agency": rest("POST", "so-noi-vu/@copy", _source("so-tu-phap")),
    "manage delete agency": form("manage_delObjects", **{"ids:list": "so-tu-phap"}),
}
"""What nobody has success with, in no state; the document has a revision in force before."""
