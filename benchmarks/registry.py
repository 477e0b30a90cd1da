"""The controls of every page: how to move each, and where its answer shows. ``controls`` measures them."""

import io
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image
from playwright.sync_api import Page

Move = Callable[[Page, int], None]  # given the number of the step


def of(setting: str) -> str:
    """The selector of a setting's control, whose key is the setting's name and a number."""
    return f"[class*='st-key-{setting}-']"


# -- how a control is moved ----------------------------------------------------------------------------


def click(*names: str, within: str = "body") -> Move:
    """Click buttons or options with these names, one after the other."""

    def move(page: Page, number: int) -> None:
        inside, name = page.locator(within), names[number % len(names)]
        found = inside.get_by_role("radio", name=name, exact=True)
        found = found.or_(inside.get_by_role("button", name=name, exact=True))
        found.first.click()

    return move


def click_each(selector: str) -> Move:
    """Click these elements, one after the other."""
    return lambda page, number: page.locator(selector).nth(number + 1).click()


def each_option(within: str) -> Move:
    """Choose the options of a control, one after the other."""

    def move(page: Page, number: int) -> None:
        options = page.locator(within).get_by_role("radio")
        options.nth((number + 1) % options.count()).click()

    return move


def press(label: str, *keys: str, end: int = 0) -> Move:
    """Move a slider by keys. end: which thumb, if it has two."""

    def move(page: Page, number: int) -> None:
        page.get_by_role("slider", name=label).nth(end).press(keys[number % len(keys)])

    return move


def to_other_end(label: str) -> Move:
    """Move a slider to its farther end by a key."""

    def move(page: Page, number: int) -> None:
        slider = page.get_by_role("slider", name=label).first
        low = float(slider.input_value()) < float(slider.get_attribute("max")) / 2
        slider.press("End" if low else "Home")

    return move


def drag(label: str) -> Move:
    """Drag a slider a little at a time; the button stays down."""

    def move(page: Page, number: int) -> None:
        slider = page.get_by_role("slider", name=label).first
        if number == 0:
            slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        y = box["y"] + box["height"] / 2
        if number == 0:
            page.mouse.move(box["x"] + 0.3 * box["width"], y)
            page.mouse.down()
        page.mouse.move(box["x"] + (0.4 + 0.1 * number) * box["width"], y)

    return move


def pick(selector: str) -> Move:
    """Click a pixel of a picture."""

    def move(page: Page, number: int) -> None:
        frame = page.locator(selector).first
        side = frame.bounding_box()["width"] / 28
        frame.click(position={"x": (8.5 + number) * side, "y": 12.5 * side})

    return move


def write(label: str, *texts: str) -> Move:
    """Fill in a text field and press Enter."""

    def move(page: Page, number: int) -> None:
        field = page.get_by_label(label, exact=True)
        field.fill(texts[number % len(texts)])
        field.press("Enter")

    return move


def bring(name: str) -> Move:
    """Upload a file."""

    def move(page: Page, number: int) -> None:
        picture = Image.new("RGB", (40, 30 + number), (250, 20, 20))
        file = io.BytesIO()
        picture.save(file, "png")
        page.locator(f".st-key-{name} input[type=file]").set_input_files(
            {"name": f"{number}.png", "mimeType": "image/png", "buffer": file.getvalue()}
        )

    return move


def follow(title: str) -> Move:
    """Follow a link of the navigation."""
    return lambda page, number: page.locator(".st-key-contents").get_by_role("link", name=title).click()


def next_mistake(page: Page, number: int) -> None:
    page.get_by_role("button", name="Next mistake").click()


def another_line(page: Page, number: int) -> None:
    """Choose another line of the book, with its code unfolded."""
    if number == 0:
        unfold(page, 0)
        page.locator("[data-testid=stExpander] code").wait_for()
    box = page.get_by_role("combobox", name="The code behind a line")
    box.focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option").nth(number + 1).click()


def unfold(page: Page, number: int) -> None:
    """Unfold the code of one exhibit after the other, and fold it again when there is no other."""
    folds = page.get_by_text("The code that ran")
    folds.nth(number % folds.count()).click()


def step_up(page: Page, number: int) -> None:
    page.get_by_test_id("stNumberInputStepUp").click()


def cut(page: Page, number: int) -> None:
    """Draw a slice on the picture."""
    box = page.locator(".pictures .frame").first.bounding_box()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.3 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + (0.5 + 0.1 * number) * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.up()


def stroke(page: Page, number: int) -> None:
    page.locator("[data-part=surface]").scroll_into_view_if_needed()
    box = page.locator("[data-part=surface]").bounding_box()
    x, y = box["x"] + (0.3 + 0.05 * number) * box["width"], box["y"] + 0.3 * box["height"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 140, steps=3)
    page.mouse.up()


# -- the controls --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Control:
    """answer: selector of what must change, "" for any last change. having: words in it, if it needs some.

    since: the event from which time is measured. counts: whether it counts towards the summary.
    """

    name: str
    move: Move
    answer: str
    having: str = ""
    since: str = "pointerdown"
    counts: bool = True


TEN = "&".join(f"digits={digit}" for digit in range(10))
METRIC, WORDS = "[data-testid=stMetric]", "[data-testid=stMarkdownContainer]"
KEY, LET_GO, INPUT = ({"since": since} for since in ("keydown", "pointerup", "input"))


def picker(answer: str) -> list[Control]:
    return [
        Control("image from", click("Validation set", "Training set"), answer),
        Control("digit", click("5", "6", "8", "9", within=of("digit")), answer),
        Control("place", step_up, answer),
        Control("next", click("Next"), answer),
        Control("previous", click("Previous"), answer),
        Control("random", click("Random"), answer),
    ]


# Each page's query, and what is moved there, one after the other. A page that shows one of several exhibits
# at a time comes twice. On Stress the images are spoiled already, so that every step changes an answer.
PAGES: dict[str, tuple[str, list[Control]]] = {
    "draw": (
        "digits=3&digits=5&digits=7",
        [
            Control("a stroke", stroke, ".readout", **LET_GO),
            Control("edit 28 × 28", click("Edit these pixels", "Undo"), ".readout .note"),
            Control("a random digit", click("A random MNIST digit"), ".readout"),
            Control("possible answers", click("8", "9", "1", "2", within=of("digits")), ".readout"),
            Control("all ten, two", click("All ten", "3 and 7"), ".readout"),
            Control("undo", click("Undo"), ".readout"),
            Control("redo", click("Redo"), ".readout"),
            Control("clear", click("Clear", "Undo"), ".readout"),
        ],
    ),
    "photos": (
        "",
        [Control("a step", click_each("[role=switch][data-step]"), "")],
    ),
    "pixels": (
        "axes=colour",
        [
            *picker(".pixels"),
            Control("rows", press("Rows", "ArrowRight", end=1), ".pixels table", **KEY),
            Control("columns", press("Columns", "ArrowRight", end=1), ".pixels table", **KEY),
            Control("a slice", click("[4:15, 4:22]", "All 28 × 28", "[4:10, 4:10]"), ".pixels table"),
            Control("a slice, drawn", cut, ".pixels table", **LET_GO),
            Control("shades", click("By column, as in the book", "0 to 255"), ".pixels style"),
            Control("a colour picture", bring("colour-upload"), ".maps", since="change"),
        ],
    ),
    "stack": (
        "",
        [
            Control("digit", click("5", "6", "8", "9", within=of("ideal")), WORDS),
            Control("your list", write("Your list", "1, 2", "2, 3", "3, 4", "-1, 5"), ".elements", **INPUT),
            Control("the rule", each_option(of("rule")), ".elements"),
            Control("leave out", each_option(of("without")), WORDS),
        ],
    ),
    "ideal": (
        "",
        [
            Control("ideal", click("5", "6", "8", "9", within=of("ideal")), ".maps[data-size=large]"),
            Control("rival", click("1", "2", "4", "0", within=of("rival")), METRIC),
            Control("images, by key", press("images in train/", "ArrowLeft"), METRIC, **KEY),
            Control("images, dragged", drag("images in train/"), METRIC, **INPUT),
            Control("a pixel", pick(".maps[data-size=large] .frame"), WORDS, "Pixel ["),
            Control("view", click("Spread", "Median", "Mean − median", "Mean"), ".maps[data-size=ten]"),
        ],
    ),
    "distance": (
        "",
        [
            *picker(".maps .groups"),
            Control("ideal", click("5", "6", "8", "9", within=of("ideal")), ".maps .groups"),
            Control("rival", click("1", "2", "4", "0", within=of("rival")), WORDS, "how far from"),
            Control("signed mean wrong", click("Show one that the signed mean gets wrong"), ".maps .groups"),
            Control("a pixel", pick(".maps .frame:has(.picked)"), ".curves"),
            Control("its ink, by key", to_other_end("Ink of pixel"), METRIC, **KEY),
            Control("its ink, dragged", drag("Ink of pixel"), METRIC, **INPUT),
            Control("unfold the code", unfold, "[data-testid=stExpander] code"),
        ],
    ),
    "distance below": (
        "closer=confidence",
        [
            Control("sharpness, by key", press("Sharpness", "ArrowRight"), METRIC, **KEY),
            Control("sharpness, dragged", drag("Sharpness"), METRIC, **INPUT),
        ],
    ),
    "broadcasting": (
        "",
        [
            Control("ideal", click("5", "6", "8", "9", within=of("ideal")), WORDS),
            Control("shape a", write("Shape a", "7", "2, 1", "28", "5, 28"), ".shapes", **INPUT),
            Control("an example", click("A clash", "A column and a row", "A list and a number"), ".shapes"),
        ],
    ),
    "broadcasting below": (
        "fitting=libraries",
        [Control("time again", click("Time them again"), METRIC, "PyTorch", counts=False)],
    ),
    "accuracy": (
        TEN,
        [
            Control("images per ideal", press("Training images per ideal:", "ArrowLeft"), METRIC, **KEY),
            Control("possible answers", click("8", "7", "6", "5", within=of("digits")), METRIC),
            Control("mean or median", click("median", "mean", within=of("how")), METRIC),
        ],
    ),
    "mistakes": (
        TEN,
        [
            Control("norm", click("L2", "L1", within=of("norm")), WORDS, "mistake of"),
            Control("order", click("Worst first", "By digit", within=of("order")), "table"),
            Control("an image", click_each(".wall .tile"), ".readout .note"),
            Control("turn a wall", click("The next", "Those before", within=".wall"), ".wall"),
            Control("a cell", click_each(".confusion button.cell:not(.right)"), WORDS, "images of digit"),
            Control("next mistake", next_mistake, ".readout .note"),
        ],
    ),
    "magnet": (
        TEN,
        [
            Control("magnet's ideals", click("median", "mean", within=of("magnets")), WORDS, "of all images"),
            Control("ink, by key", press("Ink of ideal", "ArrowRight"), ".readout .note", **KEY),
            Control("faint ideal", click("3", "5", "9", "8", within=of("faint")), ".readout .note"),
        ],
    ),
    "stress": (
        f"{TEN}&dx=-2&turn=-15&size=0.9&pen=-1&blur=0.5",
        [
            Control("shift right", press("Shift right", "ArrowRight"), METRIC, **KEY),
            Control("turn", press("Turn clockwise", "ArrowRight"), METRIC, **KEY),
            Control("size", press("Size", "ArrowRight"), METRIC, **KEY),
            Control("pen", press("Pen, thinner or thicker", "ArrowRight"), METRIC, **KEY),
            Control("blur", press("Blur", "ArrowRight"), METRIC, **KEY),
            Control("Gaussian noise", press("Gaussian noise", "ArrowRight"), METRIC, **KEY),
            Control("salt and pepper", press("Salt and pepper", "ArrowRight"), METRIC, **KEY),
            Control("also", click("Paper and ink change places", within=of("also")), METRIC),
            Control("reset", click("Reset", "Paper and ink change places"), METRIC),
            Control("flip, by key", to_other_end("Pixels changed"), ".curves", **KEY),
        ],
    ),
    "line": (
        "",
        [
            Control("ideal", click("5", "6", "8", "9", within=of("ideal")), METRIC),
            Control("the line, by key", press("Call it", "ArrowRight"), METRIC, **KEY),
            Control("the diagonal", click("The best here", "The diagonal"), METRIC),
            Control("image by number", step_up, WORDS, "The sum is"),
            Control("next mistake", click("Next mistake"), WORDS, "The sum is"),
        ],
    ),
    "better": (
        "improved=gradient",
        [
            Control("step, by key", press("Step, in image", "ArrowRight"), ".maps .sum", "→", **KEY),
            Control("step, dragged", drag("Step, in image"), ".maps .sum", "→", **INPUT),
        ],
    ),
    "ladder": (
        TEN,
        [Control("ideals of each", press("Ideals of each digit", "ArrowRight"), ".ladder", **KEY)],
    ),
    "receipts": (
        "",
        [
            Control("compute again", click("Compute them again"), "", counts=False),
            Control("another line", another_line, "[data-testid=stExpander] code", **LET_GO),
        ],
    ),
}
