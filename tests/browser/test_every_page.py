"""On every page: nothing is wider than a phone, and nothing taller than three windows of a laptop."""

from playwright.sync_api import expect

from mnist_dash.pages.shared.contents import CONTENTS, PAGES
from tests.browser.conftest import PHONE, WIDE
from tests.serving import fits, settled

# Choices that make pages wide or tall.
MUCH = "/?" + "&".join(
    [
        *(f"digits={digit}" for digit in range(10)),
        "a=1000000000,1000000000,1,28,28,28",
        "b=28,1,28",
        "rows=0:28",
        "columns=0:28",
        "without=stack",
        "value=0.5",
        "view=difference",
        "t=0.0123",
    ]
)


def walk(page):
    """Through all pages by their links. Yields the name of the page that stands."""
    for group, pages in CONTENTS.items():
        page.locator(".st-key-groups").get_by_role("link", name=group, exact=True).click()
        for one in pages:
            page.locator(".st-key-contents").get_by_role("link", name=f"{one.number} {one.title}").click()
            expect(page.get_by_role("heading", level=1)).to_have_text(one.heading)
            settled(page)
            yield one.name


def test_nothing_is_wider_than_a_phone_or_taller_than_three_windows_of_a_laptop(visit):
    page = visit(MUCH, anew=True)
    seen = []
    for name in walk(page):
        seen.append(name)  # the last is the one that does not fit
        page.wait_for_function(  # what is still to come may take more room than it needs
            "most => document.querySelector('[data-testid=stMain]').scrollHeight <= most",
            arg=3 * WIDE["height"],
        )
        page.set_viewport_size(PHONE["viewport"])
        fits(page)
        page.set_viewport_size(WIDE)
    assert seen == [*PAGES]
