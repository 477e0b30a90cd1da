"""A server stalls and stops; the pad goes on, and what is shown belongs to what is drawn."""

import os
import signal

from playwright.sync_api import expect

from tests.browser.conftest import WIDE
from tests.serving import free_port, serving
from tests.strokes import SEVEN, THREE, press


def test_a_server_that_goes_on_or_comes_back_answers_what_is_on_the_pad(tabs, tmp_path):
    port, page = free_port(), tabs.open(viewport=WIDE)

    def draw(corners):  # while nobody listens
        press(page, corners)
        page.mouse.up()

    def clear():
        page.get_by_role("button", name="Clear").click()

    headline = page.locator(".headline")
    with serving(tmp_path / "log", port=port) as server:
        page.goto(server.url)
        expect(headline).to_have_text("Example: both norms say 3")
        expect(page.locator("[data-part=surface]")).to_be_visible()  # loaded on its own
        os.kill(server.pid, signal.SIGSTOP)
        draw(SEVEN)
        clear()
        draw(THREE)
        os.kill(server.pid, signal.SIGCONT)
        expect(headline).to_have_text("Both norms say 3")
        sent = page.locator("[data-part=surface]").get_attribute("data-sent")
        expect(page.locator(".readout")).to_have_attribute("data-answers", sent)
    clear()
    draw(SEVEN)
    with serving(tmp_path / "log again", port=port):
        expect(headline).to_have_text("Both norms say 7", timeout=60_000)
    tabs.close()
