"""A server stalls, and another takes its place; the pad goes on, and what is shown is what is drawn."""

import os
import signal
import socket
from contextlib import contextmanager, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread
from urllib.parse import urlparse

from playwright.sync_api import expect

from tests.browser.conftest import WIDE
from tests.serving import free_port, until
from tests.strokes import SEVEN, THREE, press


@contextmanager
def leading(port, url):
    """Whoever comes to this port comes to the server at this address; at the end all connections break."""
    lines = []

    def copy(source, sink):
        with suppress(OSError):
            while data := source.recv(2**16):
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    class Line(BaseRequestHandler):
        def handle(self):
            with socket.create_connection(("localhost", urlparse(url).port)) as there:
                lines.append(self.request)
                back = Thread(target=copy, args=(there, self.request))
                back.start()
                copy(self.request, there)
                back.join()

    with ThreadingTCPServer(("localhost", port), Line, bind_and_activate=False) as switch:
        switch.allow_reuse_address = True
        switch.server_bind()
        switch.server_activate()
        Thread(target=switch.serve_forever, args=(0.05,)).start()
        try:
            yield f"http://localhost:{port}"
        finally:
            switch.shutdown()
            for line in lines:
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)


def test_a_server_that_goes_on_or_comes_back_answers_what_is_on_the_pad(tabs, served, truthful):
    port, page = free_port(), tabs.open(viewport=WIDE)

    def draw(corners):  # while nobody listens
        press(page, corners)
        page.mouse.up()

    def clear():
        page.get_by_role("button", name="Clear").click()

    headline = page.locator(".headline")
    with leading(port, served.url) as url:
        page.goto(url)
        expect(headline).to_have_text("Example: both norms say 3")
        expect(page.locator("[data-part=surface]")).to_be_visible()  # loaded on its own
        os.kill(served.pid, signal.SIGSTOP)
        try:
            draw(SEVEN)
            clear()
            draw(THREE)
        finally:
            os.kill(served.pid, signal.SIGCONT)
        expect(headline).to_have_text("Both norms say 3")
        pad, readout = page.locator("[data-part=surface]"), page.locator(".readout")
        until(page, lambda: readout.get_attribute("data-answers") == pad.get_attribute("data-sent"), True)
    clear()
    draw(SEVEN)
    with leading(port, truthful):  # which knows no more of this visit than one that was started again
        expect(headline).to_have_text("Both norms say 7", timeout=60_000)
        tabs.close()
