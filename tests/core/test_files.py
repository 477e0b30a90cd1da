"""What people send: good files of every kind, and bad ones, which get one plain sentence."""

import gzip
import io
import struct
import subprocess
import sys
import warnings
import zlib

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from mnist_dash.core.handwriting import HandwritingError, open_picture, read_all, to_mnist
from tests.properties import examples

MODES = ["1", "L", "P", "RGB", "RGBA", "CMYK", "YCbCr", "LAB", "HSV", "I", "F", "LA", "PA", "RGBX", "RGBa"]
MODES += ["La", "I;16", "I;16L", "I;16B"]


def written(mode="L"):
    """A 7 in black on white, 120 x 100, whose centre of mass is not halfway between two pixels."""
    picture = Image.new("L", (120, 100), 255)
    ImageDraw.Draw(picture).line(((30, 20), (80, 20), (44, 85)), fill=0, width=10)
    return picture.convert(mode)


def file_of(picture, kind="PNG", **options):
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


SEEN = to_mnist(written())


def apart(data):
    image, _ = open_picture(data)
    return float((to_mnist(image).int() - SEEN.int()).abs().float().mean())


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF"])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_every_kind_of_file_is_read(kind, mode):
    assert apart(file_of(written(mode), kind)) < 3


def deep(picture):
    return Image.fromarray(np.asarray(picture).astype(np.uint16) * 257)


def seen_through(picture):
    """Black ink on nothing at all: what is transparent is paper."""
    clear = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), mask=picture.point(lambda grey: 255 - grey))
    return clear


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("16 bits", file_of(deep(written()))),
        ("palette", file_of(written("RGB").quantize(16))),
        ("one bit", file_of(written("1"))),
        ("CMYK", file_of(written("RGB").convert("CMYK"), "JPEG")),
        ("transparent", file_of(seen_through(written()))),
        ("transparent palette", file_of(seen_through(written()).quantize(8))),
        ("float", file_of(written("F"), "TIFF")),
        ("32 bits", file_of(written("I"), "TIFF")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_unusual_pixels_are_read(name, data):
    assert apart(data) < 4


def test_the_first_frame_of_a_moving_picture_is_read_and_that_is_said():
    frames = [Image.new("L", (120, 100), grey) for grey in (200, 90)]
    for kind, word in {
        "GIF": "first frame",
        "WEBP": "first frame",
        "PNG": "first frame",
        "TIFF": "first",
    }.items():
        data = file_of(written(), kind, save_all=True, append_images=frames)
        _, note = open_picture(data)
        assert word in note, kind
        assert apart(data) < 3
    assert open_picture(file_of(written(), "GIF"))[1] == ""


def test_how_the_camera_was_held_survives_the_opening():
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = written().transpose(Image.Transpose.ROTATE_90)
    for kind in ("JPEG", "PNG", "WEBP", "TIFF"):
        assert apart(file_of(lying, kind, exif=exif)) < 3, kind


# -- what is refused ---------------------------------------------------------------------------------


def png_of_size(width, height):
    """A PNG that says it is this large and holds next to nothing."""

    def chunk(kind, content):
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


REFUSED = {
    "zero bytes": (b"", "empty"),
    "a text": (b"seven", "not a PNG"),
    "a zip": (gzip.compress(b"seven"), "not a PNG"),
    "an SVG": (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
    "an icon": (file_of(written("RGB"), "ICO"), "not a PNG"),
    "cut off": (file_of(written())[:200], "damaged"),
    "a head alone": (b"\x89PNG\r\n\x1a\n", "not a PNG|damaged"),
    "20,000 x 20,000": (png_of_size(20_000, 20_000), "megapixels"),
    "9,000 x 9,000": (png_of_size(9_000, 9_000), "9,000 × 9,000 pixels are over 40 megapixels"),
    "10,000 x 10,000": (png_of_size(10_000, 10_000), "megapixels"),
    "a large WebP": (file_of(Image.new("L", (6000, 5000)), "WEBP"), "over 25 megapixels"),
    "a bomb": (png_of_size(2**31 - 1, 2**31 - 1), "megapixels|damaged|not a PNG"),
    "empty after its head": (png_of_size(100, 100), "damaged"),
    "over 10 MB": (b"\x89PNG" + bytes(11 * 2**20), "over 10 MB"),
    "blank": (file_of(Image.new("L", (100, 100), 255)), "no ink found"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_gets_one_plain_sentence(name):
    data, sentence = REFUSED[name]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(HandwritingError, match=sentence) as caught:
            read_all(open_picture(data)[0])
    assert str(caught.value)[0] not in " ."
    assert "\n" not in str(caught.value)


def test_the_largest_pictures_take_less_than_500_mb(tmp_path):
    """In a process of their own: what they take at most, less what it had before."""
    for kind, mode, size, options in [
        ("PNG", "RGB", (8000, 5000), {"compress_level": 1}),
        ("PNG", "P", (8000, 5000), {"compress_level": 1, "transparency": 0}),
        ("WEBP", "RGB", (6250, 4000), {"method": 0}),
    ]:
        written().resize(size).convert(mode).save(tmp_path / f"{mode}.{kind}", kind, **options)
    code = """
import pathlib, sys
from mnist_dash.core.handwriting import open_picture, read_all
def megabytes(field):
    status = pathlib.Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in status if line.startswith(field)).split()[1]) / 1024
before = megabytes("VmRSS")
for file in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    assert len(read_all(open_picture(file.read_bytes())[0]).digits) == 1
    print(file.name, round(megabytes("VmHWM") - before))
"""
    run = [sys.executable, "-c", code, str(tmp_path)]
    said = subprocess.run(run, check=True, capture_output=True, text=True).stdout
    assert len(said.splitlines()) == 3
    assert all(int(line.split()[1]) < 500 for line in said.splitlines()), said


def test_a_truncated_picture_given_to_to_mnist_is_refused_too():
    whole = file_of(Image.effect_noise((200, 200), 80))
    with pytest.raises(HandwritingError, match="damaged"):
        to_mnist(Image.open(io.BytesIO(whole[: len(whole) // 2])))


# -- whatever comes --------------------------------------------------------------------------------


def only_its_own_error(read):
    """Whatever is thrown at it, it answers with 28 x 28 or with its own error."""
    try:
        pixels = read()
    except HandwritingError:
        return
    assert (pixels.shape, pixels.dtype) == ((28, 28), torch.uint8)


@examples(2)
@given(st.sampled_from(MODES), st.integers(1, 70), st.integers(1, 70), st.data())
def test_pictures_of_every_mode_and_odd_size(mode, width, height, data):
    blank = Image.new(mode, (width, height))
    size = len(blank.tobytes())
    seed = data.draw(st.integers(0, 2**32 - 1))
    bits = np.random.default_rng(seed).integers(0, 256, size, np.uint8)
    if data.draw(st.booleans()):
        bits[bits < 128] = 0
    picture = Image.frombytes(mode, (width, height), bits.tobytes())
    without = data.draw(st.sets(st.sampled_from(["light", "ink", "specks", "pen", "box", "centre", "grey"])))
    only_its_own_error(lambda: to_mnist(picture, without=without))
    only_its_own_error(lambda: read_all(picture).digits[0].pixels)


@pytest.mark.parametrize("size", [(1, 3000), (3000, 1), (1, 1), (2, 5000), (1601, 7)])
def test_long_and_tiny_pictures(size):
    picture = Image.new("L", size, 255)
    only_its_own_error(lambda: to_mnist(picture))
    picture.putpixel((0, size[1] // 2), 0)
    only_its_own_error(lambda: to_mnist(picture))


FILES = [
    file_of(written("RGB"), kind, **options)
    for kind, options in {
        "PNG": {},
        "JPEG": {},
        "WEBP": {},
        "BMP": {},
        "GIF": {"save_all": True, "append_images": [written("RGB").rotate(5)]},
        "TIFF": {"compression": "tiff_lzw"},
    }.items()
]


@examples(3)
@given(st.sampled_from(FILES), st.data())
@pytest.mark.filterwarnings("ignore")  # Pillow warns of what it finds, and goes on
def test_real_files_with_some_bytes_changed_or_cut(file, data):
    mutated = bytearray(file)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, min(len(mutated) - 1, data.draw(st.sampled_from([60, 10**6])))))
        mutated[place] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del mutated[data.draw(st.integers(0, len(mutated))) :]
    only_its_own_error(lambda: read_all(open_picture(bytes(mutated))[0]).digits[0].pixels)
