"""Servers stop and stall; the pad goes on, and what is shown belongs to what is drawn."""

import os
import signal

import pytest
from playwright.sync_api import expect

from tests.serving import free_port, serving
from tests.strokes import SEVEN, THREE, draw, press


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    yield context.new_page()
    context.close()


def test_a_restarted_server_is_told_what_is_on_the_pad(page, tmp_path):
    port = free_port()
    with serving(tmp_path / "log", port=port) as server:
        page.goto(server.url)
        expect(page.locator(".headline")).to_have_text("Example: both norms say 3", timeout=20_000)
        draw(page, THREE)
        expect(page.locator(".headline")).to_have_text("Both norms say 3")
    page.get_by_role("button", name="Clear").click()
    press(page, SEVEN)  # while nobody listens
    page.mouse.up()
    with serving(tmp_path / "log", port=port):
        expect(page.locator(".headline")).to_have_text("Both norms say 7", timeout=60_000)


def test_a_stalled_server_answers_the_newest_drawing_once_it_goes_on(page, tmp_path):
    with serving(tmp_path / "log") as server:
        page.goto(server.url)
        expect(page.locator(".headline")).to_have_text("Example: both norms say 3", timeout=20_000)
        expect(page.locator("[data-part=surface]")).to_be_visible(timeout=20_000)  # loaded on its own
        os.kill(server.pid, signal.SIGSTOP)
        press(page, THREE)
        page.mouse.up()
        page.get_by_role("button", name="Clear").click()
        press(page, SEVEN)
        page.mouse.up()
        os.kill(server.pid, signal.SIGCONT)
        expect(page.locator(".headline")).to_have_text("Both norms say 7", timeout=20_000)
        sent = page.locator("[data-part=surface]").get_attribute("data-sent")
        expect(page.locator(".readout")).to_have_attribute("data-answers", sent)
