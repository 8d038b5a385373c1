"""A page that wants to read the disk of the server, or the network it stands in."""

from eqms.printing.fetching import DataOnly
from eqms.printing.rendering import pdf_of
from eqms.printing.texts import printed_text
from http.server import BaseHTTPRequestHandler
from http.server import HTTPServer
from plone.app.textfield.value import RichTextValue
from plone.namedfile.file import NamedBlobImage
from pypdf import PdfReader
from threading import Thread
import base64
import io
import plone.api as api
import pytest


PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SECRET = "BI-MAT-4711"


@pytest.fixture
def secret(tmp_path):
    """A file on the disk of the server."""
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    (tmp_path / "secret.css").write_text(f'body::before {{ content: "{SECRET}" }}')
    (tmp_path / "secret.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20">'
        f'<text y="15">{SECRET}</text></svg>'
    )
    return path


@pytest.fixture
def server():
    """A service inside the network; it remembers who asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        def log_message(self, *args):
            pass

    service = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=service.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{service.server_port}", asked
    service.shutdown()
    service.server_close()


PAGES = (
    '<link rel="attachment" href="{url}">',
    '<link rel="stylesheet" href="{url}">',
    '<a rel="attachment" href="{url}">x</a>',
    '<img src="{url}">',
    '<object data="{url}">x</object>',
    '<embed src="{url}">',
    '<style>@import "{url}";</style>',
    "<style>@import url({url});</style>",
    '<p style="background: url({url})">x</p>',
    '<p style="content: url({url})">x</p>',
    "<style>@font-face {{ font-family: x; src: url({url}) }} p {{ font: 9pt x }}</style><p>x",
    "<style>@page {{ background: url({url}) }}</style>",
    '<base href="{folder}/"><img src="{name}">',
    '<svg width="9" height="9"><image href="{url}" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><use href="{url}#a"/></svg>',
    '<svg width="9" height="9"><style>@import url({url});</style></svg>',
    '<img src="{nested}">',
)


def page(markup, url):
    folder, _slash, name = url.rpartition("/")
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}"/></svg>'
    nested = f"data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode()}"
    return f"<html><body>{markup.format(url=url, folder=folder, name=name, nested=nested)}"


def attachments_and_text(data):
    reader = PdfReader(io.BytesIO(data))
    return repr(list(reader.attachments)) + "".join(item.extract_text() for item in reader.pages)


class TestPrinter:
    @pytest.mark.parametrize("markup", PAGES)
    @pytest.mark.parametrize("suffix", ["txt", "css", "svg"])
    def test_no_file_of_the_server_is_read(self, secret, markup, suffix):
        url = secret.with_suffix(f".{suffix}").as_uri()
        assert SECRET.encode() not in (data := pdf_of(page(markup, url)))
        assert SECRET not in attachments_and_text(data)
        assert "secret" not in attachments_and_text(data)

    @pytest.mark.parametrize("markup", PAGES)
    def test_nothing_is_asked_of_the_network(self, server, markup):
        address, asked = server
        pdf_of(page(markup, f"{address}/in/side"))
        assert asked == []

    @pytest.mark.parametrize(
        "url",
        [
            "file:///etc/hostname",
            "FILE:///etc/hostname",
            " file:///etc/hostname",
            "http://127.0.0.1/",
            "https://example.vn/",
            "ftp://example.vn/",
            "//example.vn/x.png",
            "/etc/hostname",
            "etc/hostname",
            "jar:file:///etc/hostname",
            "",
        ],
    )
    def test_the_fetcher_refuses_every_other_address(self, url):
        with pytest.raises(ValueError, match="data:"):
            DataOnly().fetch(url)

    @pytest.mark.parametrize("url", ["data:text/plain,abc", "DATA:text/plain,abc"])
    def test_it_opens_what_carries_its_content(self, url):
        assert DataOnly().fetch(url).read() == b"abc"


class TestText:
    @pytest.fixture
    def revision(self, document):
        revision = document["rev-1"]
        with api.env.adopt_roles(["Manager"]):
            api.content.create(
                revision,
                "Image",
                "anh.png",
                image=NamedBlobImage(PIXEL, contentType="image/png", filename="anh.png"),
            )
            api.content.create(
                revision,
                "Image",
                "hinh.svg",
                image=NamedBlobImage(b"<svg/>", contentType="image/svg+xml", filename="hinh.svg"),
            )
        return revision

    def printed(self, revision, html):
        # As if the filter of Plone were not there.
        revision.text = RichTextValue(html, "text/html", "text/html")
        return printed_text(revision)

    def test_a_picture_of_the_revision_is_put_in(self, revision):
        text = self.printed(revision, '<p><img src="anh.png/@@images/image" alt="Sơ đồ" /></p>')
        assert f'src="data:image/png;base64,{base64.b64encode(PIXEL).decode()}"' in text.html
        assert 'alt="Sơ đồ"' in text.html

    @pytest.mark.parametrize(
        "src",
        ["hinh.svg/@@images/image", "file:///etc/hostname", "http://x/a.png", "../../logo.png"],
    )
    def test_no_other_picture_is(self, revision, src):
        assert "src=" not in self.printed(revision, f'<p>a <img src="{src}"/></p>').html

    @pytest.mark.parametrize(
        "html",
        [
            '<p style="background:url(file:///etc/hostname)">a</p>',
            "<style>p{}</style><p>a</p>",
            '<p>a</p><link rel="attachment" href="file:///etc/hostname"/>',
            '<p onclick="x()">a</p>',
            '<p>a<svg><image href="file:///etc/hostname"/></svg></p>',
            '<p><a href="javascript:x()">a</a></p>',
            '<p><a href="file:///etc/hostname" rel="attachment">a</a></p>',
            "<p>a<!-- [if] --></p>",
            "<form><p>a</p></form>",
        ],
    )
    def test_nothing_that_loads_or_runs_is_left(self, revision, html):
        left = self.printed(revision, html).html
        assert "a" in left
        for trace in ("style", "link", "svg", "file:", "javascript", "onclick", "<!--", "form"):
            assert trace not in left

    def test_lists_tables_and_headings_stay(self, revision):
        html = (
            "<h2>1. Phạm vi</h2><ul><li><strong>a</strong></li></ul>"
            '<table><tbody><tr><td colspan="2">b</td></tr></tbody></table><h3>Nhỏ</h3>'
        )
        text = self.printed(revision, html)
        assert "<li><strong>a</strong></li>" in text.html
        assert '<td colspan="2">b</td>' in text.html
        assert [(heading.text, heading.level) for heading in text.headings] == [
            ("1. Phạm vi", 1),
            ("Nhỏ", 2),
        ]
