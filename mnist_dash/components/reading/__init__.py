"""What was read from pictures (Streamlit components, v2).

``step_strip`` shows the steps from a picture to an image like those of the set, each with its switch;
``found_digits`` the pictures with every digit boxed and called; ``catch_pictures`` passes on what is pasted
or dropped anywhere on the page. Nothing is computed here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image

from mnist_dash.components.shared.mount import Heard, Values, base64_of, component, picture_url
from mnist_dash.compute import FoundDigit
from mnist_dash.core.baseline import NORMS
from mnist_dash.core.handwriting import Stage, Step

THUMBNAIL = 280  # longer side of a step's picture, in pixels: what the pad's has
PREVIEW = 1000  # longer side of a picture with its boxes, in pixels
FOLDER = "reading"


@dataclass(frozen=True)
class FoundPicture:
    """A picture that was read. url: of its preview. size: width, height, in the pixels of the boxes."""

    name: str
    note: str
    url: str
    size: tuple[int, int]
    digits: tuple[FoundDigit, ...]


def step_strip(
    key: str,
    steps: Mapping[str, Step],
    *,
    stages: Sequence[Stage] | None,
    off: frozenset[str],
    on_switch: Callable[[str], Values],
) -> Heard:
    """The picture after every step, its shape, and a switch for each.

    steps: in the words for the set. stages: None when there is no picture to show. on_switch: what is chosen
    when the switch of a step is clicked.
    """
    by_step = {stage.step: stage for stage in stages or ()}
    if by_step:
        by_step["scale"] = by_step["centre"]  # other numbers, the same picture
    types = dict.fromkeys(steps, "uint8") | ({} if "scale" in off else {"scale": "float32"})
    urls: list[str] = []  # of what is the same after several steps, one
    places: dict[bytes, int] = {}

    def place_of(picture: Image.Image) -> int:
        pixels = picture.tobytes()
        if pixels not in places:
            places[pixels] = len(urls)
            urls.append(picture_url(picture, THUMBNAIL))
        return places[pixels]

    def data_of(name: str, step: Step) -> dict[str, Any]:
        data = {"name": name, "title": step.title, "does": step.does, "off": step.off}
        if stage := by_step.get(name):
            data |= {"shape": stage.shape, "type": types[name], "picture": place_of(stage.picture)}
        return data

    def heard(news: Any) -> Values:
        match news:
            case {"switch": {"at": str(name)}} if name in steps:
                return on_switch(name)
        return {}

    told = [data_of(name, step) for name, step in steps.items()]
    component("step_strip", FOLDER)(
        key=key, data={"steps": told, "pictures": urls, "off": sorted(off)}, says=["switch"]
    )
    return heard


def found_digits(
    key: str,
    *,
    pictures: Sequence[FoundPicture],
    names: Mapping[int, str],
    word: str,
    chosen: tuple[int, int] | None,
    on_choose: Callable[[int, int], Values],
) -> Heard:
    """Every picture with its digits boxed, and what each norm calls them.

    names: of the possible answers. word: for what is boxed, "digit" or another. chosen: which picture, and
    which of its digits. on_choose: what is chosen by a click on one.
    """

    def heard(news: Any) -> Values:
        match news:
            case {"chosen": {"at": [int(picture), int(digit)]}} if 0 <= picture < len(pictures):
                if 0 <= digit < len(pictures[picture].digits):
                    return on_choose(picture, digit)
        return {}

    component("found_digits", FOLDER)(
        key=key,
        data={
            "chosen": chosen,
            "norms": list(NORMS),
            "names": names,
            "word": word,
            "pictures": [
                {
                    "name": picture.name,
                    "note": picture.note,
                    "url": picture.url,
                    "size": picture.size,
                    "digits": [
                        {
                            "box": digit.box,
                            "pixels": base64_of(digit.pixels),
                            "shape": list(digit.pixels.shape),
                            "verdicts": {
                                norm: [verdict.nearest, verdict.margin]
                                for norm, verdict in digit.verdicts.items()
                            },
                        }
                        for digit in picture.digits
                    ],
                }
                for picture in pictures
            ],
        },
        says=["chosen"],
    )
    return heard


def catch_pictures(key: str, *, uploader: str = "", on_catch: Values | None = None) -> Heard:
    """Pictures pasted or dropped anywhere on the page go to the file uploader with the key ``uploader``.

    A page that has none keeps them until one has. on_catch: what is chosen when that happens.
    """

    def heard(news: Any) -> Values:
        return on_catch or {} if "caught" in news else {}

    component("catch_pictures", FOLDER)(key=key, data={"uploader": uploader}, says=["caught"])
    return heard
