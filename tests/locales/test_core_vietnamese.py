"""Plone's own screens in Vietnamese: our catalogues laid over those of Plone."""

from i18ndude.catalog import MessageCatalog
from importlib.resources import files
from pathlib import Path
from pythongettext.msgfmt import Msgfmt
import pytest
import re
import unicodedata


OURS = Path(__file__).parents[2] / "src" / "eqms" / "locales" / "vi" / "LC_MESSAGES"
PLONES = Path(str(files("plone.app.locales"))) / "locales" / "vi" / "LC_MESSAGES"
DOMAINS = sorted(path.stem for path in OURS.glob("*.po") if path.stem != "eqms")

PLACEHOLDER = re.compile(r"\$\{[^}]+\}|\$\w+|\{\w+\}")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
# Words that belong to administrative procedures, declarations and the QMS alone.
RESERVED = re.compile(r"xuất bản|công bố|quy trình", re.IGNORECASE)

# What everybody meets, by the id of the message.
EVERYDAY = {
    "plone": [
        # log in, log out, passwords
        "label_log_in",
        "label_login_name",
        "label_password",
        "trouble_logging_in",
        "footer_login_link_get_help",
        "heading_login_form_help",
        "button_pwreset_reset_password",
        "help_pwreset_username",
        "statusmessage_pwreset_password_mail_sent",
        "heading_reset_password",
        "you_are_now_logged_in",
        "statusmessage_logged_out",
        "description_forced_password_change",
        "Password changed",
        # toolbar and menus
        "Contents",
        "Edit",
        "View",
        "History",
        "Sharing",
        "Site Setup",
        "label_add_new_item",
        "label_actions_menu",
        "label_choose_template",
        "label_state",
        "folder_add_more",
        "Rename",
        "Delete",
        # adding and editing
        "Add ${name}",
        "Edit ${name}",
        "Save",
        "Cancel",
        "label_title",
        "label_description",
        "label_tags",
        "label_effective_date",
        "label_expiration_date",
        "label_related_items",
        "label_change_note",
        "file_keep",
        "file_remove",
        "file_replace",
        "msg_text_too_long",
        "No file provided.",
        # folder contents
        "Last modified",
        "Review state",
        "Properties",
        "Items renamed",
        "Successfully copied items",
        "Successfully cut items",
        "Successfully pasted items",
        "Successfully delete items",
        "confirm_delete_items",
        # history, sharing
        "Revert",
        "Compare",
        "initial_version_changeNote",
        "description_sharing_control",
        "help_inherit_local_roles",
        "title_can_edit",
        # search
        "Search results",
        "narrow_search_options",
        "sort_by",
        "relevance",
        "date (newest first)",
        "batch_next_x_items",
        # users and groups
        "Users",
        "Groups",
        "User and Group Settings",
        "label_apply_changes",
        "listingheader_group_name",
        "Site Administrator",
        "title_personal_information_form",
        # messages, errors
        "Item created",
        "Changes saved",
        "Changes saved.",
        "Add New Item operation cancelled",
        "Edit cancelled",
        "description_webdav_locked_by_author_on_time",
        "heading_site_there_seems_to_be_an_error",
        "description_site_error",
        "heading_no_privileges",
        "deleting_overview",
        "statusmessage_mtype_error",
        # the workflow of news and pages
        "Publish",
        "Published",
        "Private",
        "Send back",
        "Retract",
    ],
    "widgets": ["Select", "Browse", "Choose File", "Insert link", "searching…", "Upload files"],
    "cmfeditions": ["Current revision", "Reverted to revision ${version}"],
    "collective.z3cform.datagridfield": ["label_datagridwidget_manipulators_addrow"],
    "z3c.form": ["There were some errors.", "No changes were applied."],
    "zope": ["Required input is missing."],
}


def catalogue(path: Path) -> MessageCatalog:
    return MessageCatalog(filename=str(path))


def entries(domain: str):
    return catalogue(OURS / f"{domain}.po").values()


def english(entry) -> str:
    return entry.getDefault() or entry.msgid


def translations(path: Path) -> set[str]:
    if not path.is_file():
        return set()
    return {e.msgid for e in catalogue(path).values() if e.msgstr and ", fuzzy" not in e.comments}


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_entry_compiles_none_is_fuzzy(domain: str) -> None:
    compiled = Msgfmt(str(OURS / f"{domain}.po"), name=domain)
    compiled.get()
    assert len(compiled.messages.keys() - {""}) == len(entries(domain)) > 0


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("part", [PLACEHOLDER, TAG], ids=["placeholders", "tags"])
def test_placeholders_and_tags_are_kept(domain: str, part: re.Pattern[str]) -> None:
    for entry in entries(domain):
        expected = sorted(part.findall(english(entry)))
        assert sorted(part.findall(entry.msgstr)) == expected, entry.msgid


@pytest.mark.parametrize("domain", DOMAINS)
def test_texts_are_composed_and_leave_reserved_words_alone(domain: str) -> None:
    for entry in entries(domain):
        assert unicodedata.is_normalized("NFC", entry.msgstr), entry.msgid
        assert not RESERVED.search(entry.msgstr), entry.msgid


@pytest.mark.parametrize("domain", DOMAINS)
def test_what_overrides_plones_own_wording_says_so(domain: str) -> None:
    marked = {e.msgid for e in entries(domain) if any("Overrides" in c for c in e.comments)}
    assert translations(OURS / f"{domain}.po") & translations(PLONES / f"{domain}.po") == marked


@pytest.mark.parametrize("domain", EVERYDAY)
def test_everyday_messages_are_in_vietnamese(domain: str) -> None:
    known = translations(OURS / f"{domain}.po") | translations(PLONES / f"{domain}.po")
    assert set(EVERYDAY[domain]) <= known
