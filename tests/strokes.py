"""Digits as a hand draws them: corners of the strokes in shares of the pad, and the hand itself."""

from tests.serving import box_at_rest

THREE = [
    (0.30, 0.20), (0.42, 0.13), (0.58, 0.14), (0.68, 0.22), (0.68, 0.33), (0.58, 0.43), (0.47, 0.47),
    (0.60, 0.50), (0.70, 0.58), (0.72, 0.70), (0.63, 0.82), (0.48, 0.87), (0.34, 0.84), (0.26, 0.76),
]  # fmt: skip
SEVEN = [(0.25, 0.18), (0.50, 0.18), (0.75, 0.18), (0.65, 0.40), (0.55, 0.60), (0.45, 0.85)]

# The pad owes the server nothing, and the readout answers what was sent last.
ANSWERED = """() => {
  const below = (within) => [...within.querySelectorAll("*")].map((each) => each.shadowRoot).filter(Boolean);
  const find = (within, css) => within.querySelector(css) ??
    below(within).map((root) => find(root, css)).find(Boolean);
  const pad = find(document, "[data-part=surface]")?.dataset;
  const answers = find(document, ".readout")?.dataset.answers;
  return pad && !("owes" in pad) && (!pad.sent || pad.sent === answers);
}"""


def on_pad(page, corners):
    """The corners in the page's pixels, once the pad lies still: what loads above it still moves it."""
    box = box_at_rest(page.locator("[data-part=surface]"))
    return [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in corners]


def press(page, corners):
    """Draw with the mouse, leaving its button down."""
    first, *rest = on_pad(page, corners)
    page.mouse.move(*first)
    page.mouse.down()
    for corner in rest:
        page.mouse.move(*corner, steps=2)
        frame(page)


def draw(page, corners):
    press(page, corners)
    page.mouse.up()
    settle(page)


def frame(page):
    """Wait until what was done is drawn."""
    page.evaluate("() => new Promise(requestAnimationFrame)")


def settle(page):
    """Wait until the newest state of the pad is answered, and nothing follows."""
    page.wait_for_function(ANSWERED, timeout=60_000, polling=50)


def touch(page, corners):
    """Draw with a finger, by real touch events."""
    cdp = page.context.new_cdp_session(page)
    first, *rest = on_pad(page, corners)

    def send(kind, points):
        cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", [{"x": first[0], "y": first[1]}])
    x, y = first
    for to_x, to_y in rest:
        for share in (0.5, 1):
            send("touchMove", [{"x": x + (to_x - x) * share, "y": y + (to_y - y) * share}])
        x, y = to_x, to_y
        frame(page)
    send("touchEnd", [])
    settle(page)
