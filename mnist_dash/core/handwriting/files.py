"""From the bytes of a file to a picture: its size is checked before it is decoded, its contents after."""

import io

import numpy as np
from PIL import Image, UnidentifiedImageError

from mnist_dash.core.handwriting.errors import HandwritingError

FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF")
SUFFIXES = ("png", "jpg", "jpeg", "webp", "bmp", "gif", "tif", "tiff")  # of the names of such files
MOST_MEGABYTES = 10
MOST_MEGAPIXELS = 40
MOST_MEGAPIXELS_OF = {"WEBP": 25}  # its decoder needs three times as much memory as any other
WORKING = 1600  # longer side, in pixels, of the picture that is read
ORIENTATION = 0x0112  # the EXIF tag that says how the camera was held


def open_picture(data: bytes) -> tuple[Image.Image, str]:
    """The bytes of a PNG, JPEG, WebP, BMP, GIF or TIFF file -> the picture, and a note on what was left out.

    The picture is L or RGB, at most 1,600 pixels on its longer side, with its EXIF orientation.
    Raises HandwritingError, one plain sentence, when the file is none of these, is damaged, or is over 10 MB
    or 40 megapixels (25 for WebP), both of which are checked before anything is decoded.
    """
    if not data:
        raise HandwritingError("the file is empty: zero bytes")
    if len(data) > MOST_MEGABYTES * 2**20:
        raise HandwritingError(f"the file is over {MOST_MEGABYTES} MB: send a smaller picture")
    image = _opened(data)
    width, height = image.size
    most = MOST_MEGAPIXELS_OF.get(image.format, MOST_MEGAPIXELS)
    if width * height > most * 1_000_000:
        raise HandwritingError(
            f"{width:,} × {height:,} pixels are over {most} megapixels: send a smaller picture"
        )
    note = ""
    if _has_more(_opened(data)):
        note = (
            "several pages: the first is read"
            if image.format == "TIFF"
            else "moving: its first frame is read"
        )
    if image.format == "JPEG":
        image.draft(None, (WORKING, WORKING))  # decodes at a half, quarter or eighth where that is enough
    return plain(image), note


def _opened(data: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError:
        if b"<svg" in data[:2000].lower():
            raise HandwritingError("an SVG describes a drawing in text, not pixels: save it as PNG") from None
        if data[4:8] == b"ftyp":
            raise HandwritingError(
                "this looks like a HEIC photo from a phone: save it as JPEG, or share it as “most compatible”"
            ) from None
        raise HandwritingError("this is not a PNG, JPEG, WebP, BMP, GIF or TIFF picture") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise HandwritingError(
            f"the picture has over {MOST_MEGAPIXELS} megapixels: send a smaller one"
        ) from None
    except Exception as error:
        raise _damaged() from error


def _has_more(image: Image.Image) -> bool:
    try:
        image.seek(1)
    except Exception:  # EOFError means no; a damaged second frame doesn't count
        return False
    return True


def _damaged() -> HandwritingError:
    return HandwritingError("the picture is damaged or cut off: it can't be decoded")


def plain(image: Image.Image) -> Image.Image:
    """Decode any picture: L or RGB, reduced by a whole factor to at most 1,600 pixels, orientation kept.

    What is transparent becomes paper; greys of more than 8 bits are scaled to 0 to 255.
    Raises HandwritingError when it can't be decoded.
    """
    if not all(image.size):
        raise HandwritingError("the picture has no pixels")
    try:
        image.load()
        orientation = image.getexif().get(ORIENTATION, 1)
        small = _flat(_reduced(image, -(-max(image.size) // WORKING)))
    except Exception as error:  # a decoder may raise anything on a damaged file
        raise _damaged() from error
    small = small.copy()  # independent of the file and of the caller's picture
    small.getexif()[ORIENTATION] = orientation
    return small


def _reduced(image: Image.Image, step: int) -> Image.Image:
    """In a mode that can be averaged, and reduced by this factor."""
    if image.mode.startswith("I;16"):
        values = np.asarray(image)
        bits = max(int(values.max()).bit_length(), 8)  # of 16, some files use 8, cameras 10 to 14
        image = Image.fromarray((values >> (bits - 8)).astype(np.uint8))
    elif image.mode == "1":
        image = image.convert("L")
    elif image.mode in ("P", "PA"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image.reduce(step) if step > 1 else image


def _flat(image: Image.Image) -> Image.Image:
    """One or three channels of 8 bits, without transparency."""
    if image.mode in ("I", "F"):
        values = np.nan_to_num(np.asarray(image, np.float64), posinf=0, neginf=0)
        span = np.ptp(values)
        return Image.fromarray((255 * (values - values.min()) / (span or 1)).astype(np.uint8))
    if image.mode == "La":
        image = image.convert("LA")
    if not image.has_transparency_data:
        return image if image.mode in ("L", "RGB") else image.convert("RGB")
    visible = image.convert("RGBA")
    paper = Image.new("RGBA", image.size, _ground(visible))
    return Image.alpha_composite(paper, visible).convert("RGB")


def _ground(image: Image.Image) -> tuple[int, int, int]:
    """The colour to put behind a picture, RGBA: its own paper or, behind ink alone, white or black."""
    pixels = np.asarray(image.reduce(-(-max(image.size) // 400)))
    seen = pixels[pixels[..., 3] >= 128]
    if len(seen) > pixels[..., 3].size / 2:
        return tuple(int(value) for value in np.median(seen[:, :3], axis=0))
    tones = seen[:, :3] @ (0.299, 0.587, 0.114) if len(seen) else np.zeros(1)
    darkest, lightest = np.quantile(tones, (0.05, 0.95))
    return (0, 0, 0) if darkest > 255 - lightest else (255, 255, 255)
