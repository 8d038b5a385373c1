"""A real Chromium, driven against the live site of the functional layer."""

from cast import PASSWORD
from pathlib import Path
from playwright.sync_api import sync_playwright
import os
import pytest
import shutil


CHROMIUM = os.environ.get("EQMS_CHROMIUM") or shutil.which("chromium")

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

ARTIFACTS = Path(__file__).parents[2] / "test-artifacts"

TIMEOUT = 20_000
"""Milliseconds that a page may take; the machine may have two busy cores."""


@pytest.fixture(scope="module")
def chromium():
    """The browser. That it is missing is a failure, never a reason to skip.

    Closed after each module: as long as Playwright is open, an event loop runs in this thread, and
    no other one can.
    """
    if CHROMIUM is None:
        pytest.fail("Chromium is missing. Get it with: apt-get install chromium", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    if call.when == "call":
        item.failed_in_call = outcome.get_result().failed


@pytest.fixture
def visitors(chromium, functional_portal, request):
    """Opens browser windows: one for each person, with a session of its own."""
    contexts = []

    def visit(name=None, **options):
        context = chromium.new_context(locale="vi-VN", **options)
        context.set_default_timeout(TIMEOUT)
        contexts.append((name or "anonymous", context))
        page = context.new_page()
        if name is not None:
            log_in(page, functional_portal.absolute_url(), name)
        return page

    yield visit
    for name, context in contexts:
        if getattr(request.node, "failed_in_call", False):
            ARTIFACTS.mkdir(exist_ok=True)
            for number, page in enumerate(context.pages):
                target = ARTIFACTS / f"{request.node.name}-{name}-{number}.png"
                page.screenshot(path=target, full_page=True)
        context.close()


def log_in(page, site_url, name, password=PASSWORD):
    """Log in through the form, as a person does."""
    page.goto(f"{site_url}/login")
    page.fill("#__ac_name", name)
    page.fill("#__ac_password", password)
    page.click("#buttons-login")
    page.wait_for_selector("body.userrole-authenticated")
