"""The members of a ZIP, after a look at whether it is safe to unpack any."""

import re
import stat
from zipfile import ZipFile, ZipInfo

from mnist_dash.core.datasets.errors import DatasetError, short
from mnist_dash.core.datasets.limits import MOST_FILES, MOST_RATIO, MOST_STREAMED

SMALL = 16 * 2**20  # bytes that are unpacked whatever the ratio


def members(archive: ZipFile, name: str) -> list[ZipInfo]:
    """All of them, folders too. Raises DatasetError; nothing has been unpacked by then."""
    found = archive.infolist()
    if len(found) > MOST_FILES:
        raise DatasetError(f"{name} holds {len(found):,} files, over {MOST_FILES:,}: pack fewer of them")
    for info in found:
        path = info.filename.replace("\\", "/")
        if path.startswith("/") or re.match("[A-Za-z]:/", path) or ".." in path.split("/"):
            raise DatasetError(f"{name} holds {short(path)}, which leads out of it: pack the folder again")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise DatasetError(f"{name} holds {short(path)}, a link: pack what it leads to instead")
        if info.flag_bits & 1:
            raise DatasetError(f"{name} is locked by a password: pack it again without one")
    unpacked, packed = (sum(getattr(info, kind) for info in found) for kind in ("file_size", "compress_size"))
    if unpacked > max(SMALL, MOST_RATIO * packed):
        raise DatasetError(
            f"{name} unpacks to over {MOST_RATIO} times its size, as a trap does: pack the images again"
        )
    if unpacked > MOST_STREAMED:
        raise DatasetError(
            f"{name} unpacks to {unpacked / 1e9:,.1f} GB, over {MOST_STREAMED / 1e9:,.0f}: pack fewer files"
        )
    return found
