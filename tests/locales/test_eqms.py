"""The words of eqms: every message collected, in good English, and in the Vietnamese of the field.

When messages were added or changed: "make i18n", then translate what is new in eqms.po.
"""

from collections.abc import Iterator
from eqms.documents.labels import RETURNED
from eqms.documents.labels import STATES
from eqms.domain.revisions import State
from eqms.exchange import reading
from eqms.exchange.word import UnreadableFile
from eqms.exchange.word.findings import MESSAGES
from i18ndude.catalog import MessageCatalog
from i18ndude.catalog import MessageEntry
from lxml import etree
from pathlib import Path
from pythongettext.msgfmt import Msgfmt
import pytest
import re
import subprocess
import sys
import unicodedata


ROOT = Path(__file__).resolve().parents[2]
LOCALES = Path("src") / "eqms" / "locales"
POT = LOCALES / "eqms.pot"
BY_HAND = LOCALES / "manual.pot"
VIETNAMESE = LOCALES / "vi" / "LC_MESSAGES" / "eqms.po"
PROFILE = ROOT / "profiles" / "default"

VARIABLE = re.compile(r"\$\{[^}]+\}")

# Publication, edition, taking back, refusal and digital signature say something else to officials
# than what happens to a document here; only administrative procedures are announced (công bố).
MISPLACED = re.compile(r"\b(xuất bản|phiên bản|thu hồi|từ chối|ký số|công bố)\b", re.IGNORECASE)
IN_PLACE = {
    "help_password": "không phải là chữ ký số",
    "help_administrative_procedures": "quyết định công bố",
    "label_tthc_decision": "Quyết định công bố",
    # administrative procedures are announced by decision (công bố), which is the term of the law
    "An administrative procedure (TTHC) as it was announced": "quyết định công bố",
    "check_announced_differs": "thủ tục hành chính đã công bố",
    "finding_announced_differs": "thủ tục hành chính đã công bố",
    "label_tthc_decided_on": "quyết định công bố",
    "tthc_announced": "Đã công bố",
    # digital signatures proper, in signed files
    "error_pdf_encrypted": "chữ ký số",
    "error_pdf_unsigned": "chữ ký số",
    "help_kind_digital": "ký số",
    "help_setting_trusted_certificates": "chữ ký số",
    "help_signed_copies": "tệp ký số",
    "help_signing_code": "không phải là chữ ký số",
    "kind_digital": "Ký số",
    # copies of what is retired are taken back; certificates are revoked
    "mail_notice_retired": "thu hồi các bản đang dùng",
    "revocation_not_checked": "thu hồi",
}

ADMINISTRATIVE = re.compile(r"administrative procedures?|\bTTHC\b", re.IGNORECASE)
PROCEDURE = re.compile(r"\bprocedures?\b", re.IGNORECASE)

STATE_WORDS = {
    State.DRAFT: "Đang soạn thảo",
    State.IN_REVIEW: "Chờ xem xét",
    State.IN_APPROVAL: "Chờ phê duyệt",
    State.APPROVED: "Đã phê duyệt, chờ ban hành",
    State.IN_FORCE: "Đang có hiệu lực",
    State.SUPERSEDED: "Hết hiệu lực (được thay thế)",
    State.OBSOLETE: "Hết hiệu lực (bãi bỏ)",
    State.SUSPENDED: "Tạm ngừng áp dụng",
    State.WITHDRAWN: "Đã hủy, chưa ban hành",
    State.DISPOSED: "Đã tiêu hủy",
}

WORDS = {
    # what people press
    "action_submit": "Trình xem xét",
    "action_confirm_review": "Xác nhận đã xem xét",
    "action_approve": "Phê duyệt",
    "action_reject": "Trả lại",
    "action_recall": "Rút lại",
    "action_revise": "Sửa đổi / Ban hành lại",
    "action_withdraw": "Hủy dự thảo",
    # the same and others as titles of transitions
    "Submit for review": "Trình xem xét",
    "Confirm review": "Xác nhận đã xem xét",
    "Approve": "Phê duyệt",
    "Return": "Trả lại",
    "Recall": "Rút lại",
    "Discard draft": "Hủy dự thảo",
    "Retire": "Bãi bỏ",
    "Suspend": "Tạm ngừng áp dụng",
    "Resume": "Áp dụng trở lại",
    # the control block
    "label_code": "Mã hiệu",
    "label_issue_no": "Lần ban hành",
    "label_amendment_no": "Lần sửa đổi",
    "label_field": "Lĩnh vực",
    "label_level": "Cấp thực hiện",
    "fieldset_applicability": "Nơi áp dụng",
    # who may read
    "classification_public": "Công khai",
    "classification_internal": "Nội bộ",
    "classification_restricted": "Hạn chế",
    # what a password confirms
    "kind_software": "Xác nhận trên phần mềm",
    # what came in without approval here
    "mark_unconfirmed": "Dữ liệu nạp, chưa xác nhận",
    "label_import": "Đợt nạp",
    "action_undo_import": "Hoàn tác đợt nạp",
    "heading_window": "Giai đoạn nạp dữ liệu",
    # two things that are never one word
    "Procedure": "Quy trình",
    "fieldset_administrative": "Thủ tục hành chính",
}


def catalogue(path: Path) -> MessageCatalog:
    return MessageCatalog(filename=str(ROOT / path))


def english(entry: MessageEntry) -> str:
    return entry.getDefault() or entry.msgid


def texts(messages: MessageCatalog) -> dict[str, str]:
    return {entry.msgid: english(entry) for entry in messages.values()}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> MessageCatalog:
    """What the code, the templates and the profiles say now."""
    pot = tmp_path_factory.mktemp("locales") / "eqms.pot"
    command = [Path(sys.executable).with_name("i18ndude"), "rebuild-pot", "--no-line-numbers"]
    command += ["--create", "eqms", "--merge", BY_HAND, "--pot", pot, "src/eqms", "profiles"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return catalogue(pot)


@pytest.fixture(scope="module")
def vietnamese() -> MessageCatalog:
    return catalogue(VIETNAMESE)


def test_the_template_holds_what_the_code_says(collected: MessageCatalog) -> None:
    assert texts(catalogue(POT)) == texts(collected)


def test_the_translation_is_made_from_the_template(vietnamese: MessageCatalog) -> None:
    assert texts(vietnamese) == texts(catalogue(POT))


def unreadable(kind: type[UnreadableFile] = UnreadableFile) -> Iterator[type[UnreadableFile]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from unreadable(narrower)


def test_what_the_reader_of_files_says_is_listed_by_hand() -> None:
    assert reading.ReaderFailed in unreadable()
    said = MESSAGES | {kind.code: kind.template for kind in unreadable()}
    assert texts(catalogue(BY_HAND)) == {
        f"finding_{name}": re.sub(r"\{(\w+)\}", r"${\1}", text) for name, text in said.items()
    }


def test_a_message_has_one_english_wording(collected: MessageCatalog) -> None:
    for entry in collected.values():
        assert len(entry.getDefaults() or [entry.msgid]) == 1, entry.msgid
        assert " " in english(entry) or "_" not in english(entry), entry.msgid


def test_every_message_is_translated_and_compiles(vietnamese: MessageCatalog) -> None:
    compiled = Msgfmt(str(ROOT / VIETNAMESE), name="eqms")
    compiled.get()
    # Entries that are empty or fuzzy are left out.
    assert vietnamese.keys() - compiled.messages.keys() == set()


def test_variables_are_kept(vietnamese: MessageCatalog) -> None:
    for entry in vietnamese.values():
        expected = sorted(VARIABLE.findall(english(entry)))
        assert sorted(VARIABLE.findall(entry.msgstr)) == expected, entry.msgid


def test_parts_of_sentences_keep_the_space_before_them(vietnamese: MessageCatalog) -> None:
    for entry in vietnamese.values():
        assert entry.msgstr.startswith(" ") == english(entry).startswith(" "), entry.msgid
        assert entry.msgstr == entry.msgstr.rstrip(), entry.msgid


def test_texts_are_composed(vietnamese: MessageCatalog) -> None:
    for entry in vietnamese.values():
        assert unicodedata.is_normalized("NFC", entry.msgstr), entry.msgid


def test_misplaced_words_are_avoided(vietnamese: MessageCatalog) -> None:
    for entry in vietnamese.values():
        rest = entry.msgstr
        if allowed := IN_PLACE.get(entry.msgid):
            assert allowed in rest, entry.msgid
            rest = rest.replace(allowed, "")
        assert not MISPLACED.search(rest), entry.msgid


def test_procedures_and_administrative_procedures_are_never_one_word(
    vietnamese: MessageCatalog,
) -> None:
    for entry in vietnamese.values():
        administrative = ADMINISTRATIVE.search(english(entry)) is not None
        ours = PROCEDURE.search(ADMINISTRATIVE.sub("", english(entry))) is not None
        assert ("quy trình" in entry.msgstr.lower()) == ours, entry.msgid
        if administrative:
            assert re.search("thủ tục hành chính|TTHC", entry.msgstr, re.IGNORECASE), entry.msgid


@pytest.mark.parametrize("state", State)
def test_states_have_the_names_officials_know(vietnamese: MessageCatalog, state: State) -> None:
    assert vietnamese[STATES[state]].msgstr == STATE_WORDS[state]


def test_a_draft_that_came_back_says_so(vietnamese: MessageCatalog) -> None:
    assert vietnamese[RETURNED].msgstr == "Bị trả lại"


@pytest.mark.parametrize("msgid", WORDS)
def test_words_of_the_field_are_used_literally(vietnamese: MessageCatalog, msgid: str) -> None:
    assert vietnamese[msgid].msgstr == WORDS[msgid]


def titles_in_the_toolbar() -> Iterator[str]:
    for definition in PROFILE.glob("workflows/*/definition.xml"):
        workflow = etree.parse(definition)
        yield from (item.get("title") for item in workflow.iter("state", "transition"))
        yield from (action.text for action in workflow.iter("action") if action.text)
    for definition in PROFILE.glob("types/*.xml"):
        yield from (action.get("title") for action in etree.parse(definition).iter("action"))


def test_the_toolbar_says_the_same(vietnamese: MessageCatalog) -> None:
    """Plone translates titles of states, transitions and actions in its own domain."""
    shown = catalogue(VIETNAMESE.with_name("plone.po"))
    titles = set(titles_in_the_toolbar()) & vietnamese.keys()
    told = {title: shown[title].msgstr for title in titles if title in shown}
    assert told == {title: vietnamese[title].msgstr for title in titles}
