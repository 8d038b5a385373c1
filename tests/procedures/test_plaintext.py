"""Plain text becomes paragraphs and nested lists, and never anything that runs."""

from eqms.procedures.plaintext import as_html
from eqms.procedures.plaintext import as_item
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Một dòng", "<p>Một dòng</p>"),
        ("Một\n\nhai", "<p>Một</p><p>hai</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("-Nộp", "<ul><li>Nộp</li></ul>"),
        ("- a\n+ b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        (
            "* Phải nộp:\n- a\n+ b\n* Xuất trình:",
            "<ul><li>Phải nộp:<ul><li>a<ul><li>b</li></ul></li></ul></li><li>Xuất trình:</li></ul>",
        ),
        ("+ a\n- b", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("Gồm:\n- a\nHết", "<p>Gồm:</p><ul><li>a</li></ul><p>Hết</p>"),
        ("-5 độ", "<p>-5 độ</p>"),
        ("<b>x</b> & y", "<p>&lt;b&gt;x&lt;/b&gt; &amp; y</p>"),
        ("---", "<p>---</p>"),
    ],
)
def test_text_becomes(text, expected):
    assert as_html(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a", "a"), ("- a", "a"), ("a\nb", "<p>a</p><p>b</p>"), ("<i>", "&lt;i&gt;"), ("", "")],
)
def test_an_item_of_one_line_stands_without_paragraph(text, expected):
    assert as_item(text) == expected


@given(st.text(alphabet="ab<>&\"'*-+•– \n", max_size=40))
def test_what_comes_out_is_well_formed_and_says_the_same(text):
    made = as_html(text)
    fragment = html.fromstring(f"<div>{made}</div>")
    assert {element.tag for element in fragment.iter()} <= {"div", "p", "ul", "li"}
    assert made.count("<ul>") == made.count("</ul>")
    assert made.count("<li>") == made.count("</li>")
    signs = str.maketrans("", "", "*-+•– \n")
    assert fragment.text_content().translate(signs) == text.translate(signs)
