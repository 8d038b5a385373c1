"""Take the pictures of README and docs from a running demo: ``make screenshots``.

The demo must be running (``make run``); its accounts are read from var/accounts.json.
"""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from playwright.sync_api import Browser
from playwright.sync_api import Page
from playwright.sync_api import sync_playwright
import json
import shutil


ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
DESKTOP = {"width": 1280, "height": 900}
TALL = {"width": 1280, "height": 1500}
PHONE = {"width": 390, "height": 844}
AGENCY = "co-quan/so-tu-phap"


def main() -> None:
    """Visit the pages of the demo as the people who use them, and keep a picture of each."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://localhost:8080/eqms")
    parser.add_argument("--accounts", type=Path, default=ROOT / "var" / "accounts.json")
    options = parser.parse_args()
    passwords = {row["login"]: row["password"] for row in json.loads(options.accounts.read_text())}
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, (login, size, visit) in PICTURES.items():
            page = window(browser, options.url, size, login, passwords)
            visit(page, options.url)
            page.screenshot(path=IMAGES / f"{name}.png")
            page.context.close()
            print(IMAGES / f"{name}.png")


def window(
    browser: Browser, url: str, size: dict[str, int], login: str | None, passwords: dict[str, str]
) -> Page:
    """A browser window of its own, logged in as one of the demo's people or as nobody."""
    page = browser.new_context(viewport=size, locale="vi-VN").new_page()
    if login is not None:
        page.goto(f"{url}/login")
        page.fill("#__ac_name", login)
        page.fill("#__ac_password", passwords[login])
        page.click("#buttons-login")
        page.wait_for_selector("body.userrole-authenticated")
    return page


def search(page: Page, url: str) -> None:
    """The citizen's search, typed without diacritics."""
    page.goto(f"{url}/@@documents?q=khai+sinh")


def procedure(page: Page, url: str) -> None:
    """The first procedure that the search finds."""
    search(page, url)
    page.locator("main .eqms-result a").first.click()
    page.wait_for_load_state("networkidle")


def draft(page: Page, url: str) -> None:
    """A procedure that somebody is working on, with the panel of its editors."""
    revision_in(page, url, "in_approval", "in_review")
    page.wait_for_load_state("networkidle")


def steps(page: Page, url: str) -> None:
    """The form in which the steps of a draft are written."""
    revision_in(page, url, "draft")
    page.goto(f"{page.url}/edit")
    page.locator(".autotoc-nav a").nth(6).click()
    page.wait_for_load_state("networkidle")


def tasks(page: Page, url: str) -> None:
    """What waits for an approver, also in the place of somebody who is absent."""
    page.goto(f"{url}/@@my-tasks")


def sign(page: Page, url: str) -> None:
    """The page on which the urgent revision is signed, with what it changes."""
    tasks(page, url)
    page.locator(".eqms-tasks tr:has(.badge) a.btn").first.click()
    page.wait_for_load_state("networkidle")


def desk(page: Page, url: str) -> None:
    """The desk of the secretary."""
    page.goto(f"{url}/{AGENCY}/@@desk")


def decision(page: Page, url: str) -> None:
    """The decision that was entered."""
    page.goto(found(page, url, "portal_type=IssueDecision&review_state=issued"))


def trail(page: Page, url: str) -> None:
    """The audit trail of the document with an urgent revision."""
    page.goto(f"{url}/{AGENCY}/qt-11-cx-hctp/@@trail")


def revision_in(page: Page, url: str, *states: str) -> None:
    """Open the first revision of a procedure that is in one of the states."""
    query = "&".join(f"review_state={state}" for state in states)
    page.goto(found(page, url, f"portal_type=ProcedureRevision&{query}&sort_on=created"))


def found(page: Page, url: str, query: str) -> str:
    """Address of the first item that a query finds."""
    answer = page.request.get(
        f"{url}/++api++/@search?{query}", headers={"Accept": "application/json"}
    )
    return str(answer.json()["items"][0]["@id"]).replace("/++api++", "")


PICTURES: dict[str, tuple[str | None, dict[str, int], Callable[[Page, str], None]]] = {
    "search": (None, DESKTOP, search),
    "procedure": (None, DESKTOP, procedure),
    "procedure-phone": (None, PHONE, procedure),
    "editor": ("soanthao", DESKTOP, draft),
    "approver": ("pheduyet", DESKTOP, draft),
    "form": ("soanthao", DESKTOP, steps),
    "tasks": ("pheduyet", DESKTOP, tasks),
    "sign": ("pheduyet", TALL, sign),
    "desk": ("thukyiso", DESKTOP, desk),
    "decision": ("thukyiso", DESKTOP, decision),
    "trail": ("danhgia", DESKTOP, trail),
}


if __name__ == "__main__":
    main()
