"""What is in the set in use: its folders as the book lists them, its counts, the set as a file."""

import io
from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from weakref import ref

import streamlit as st

from mnist_dash import chapter
from mnist_dash.core.datasets import Dataset, save_dataset
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.set_in_use import in_use
from mnist_dash.pages.shared.words import plain

EXPORTS = {"zip": ("Export as ZIP", "application/zip"), "parquet": ("Export as Parquet", None)}
STYLE = """<style>
.balance { --quiet: light-dark(#5c6370, #a3a9b6); --bar: light-dark(#5c6370, #a3a9b6); list-style: none;
  margin: 0 !important; padding: 0 !important; font-size: .875rem; line-height: 1.3;
  font-variant-numeric: tabular-nums; }
.balance li { display: grid; grid-template-columns: var(--names) 1fr 4rem 3.4rem; gap: 0 .6rem;
  align-items: center; margin: 0 !important; padding: .05rem 0 !important; break-inside: avoid; }
.balance b { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 650; }
.balance .track { display: grid; gap: 2px; }
.balance i { display: block; height: .45rem; border-radius: 2px; background: var(--bar); min-width: 1px; }
.balance i + i { height: .3rem; background: none; border: 1px solid var(--bar); box-sizing: border-box; }
.balance span:nth-child(n + 3) { text-align: right; }
.balance .head { color: var(--quiet); font-size: .8rem; }
.balance.many { columns: 2; column-gap: 2rem; }
.balance.many li { padding: 0 !important; }
.balance .head ~ .head { break-before: column; }
@media (max-width: 760px) { .balance.many { columns: 1; } .balance .head ~ .head { display: none; } }
</style>"""


@exhibit
def box() -> None:
    """The listing beside the balance, and what both come to."""
    data = in_use()
    lists = run("listings", "What is in each folder, as the book lists it.", chapter.listings, {})
    counting = chapter.counts_of_every_image if data.whole else chapter.counts_of_classes
    counts = run("counts of classes", "How many images each class has.", counting, {})
    size = run("size", "What the set takes in memory.", chapter.bytes_in_memory, {})
    st.markdown(_facts(data, counts.value, size.value))
    left, right = st.columns(2, gap="medium")
    with left:
        path = {"": "path.ls()"}
        lines = (
            f"{path.get(folder, f'(path/{folder!r}).ls()')}\n{found}" for folder, found in lists.value.items()
        )
        st.code("\n".join(lines), language=None, wrap_lines=True)
        with st.container(horizontal=True):
            for form, (label, kind) in EXPORTS.items():
                st.download_button(
                    label,
                    partial(_saved, ref(data), form),
                    f"{_file_name(data.name)}.{form}",
                    kind,
                    on_click="ignore",
                    help="Made when you click. Grey, as it is used here; this app reads it back.",
                )
    with right:
        st.html(STYLE + _balance(counts.value))
        if data.whole:
            st.caption("All images are counted here; of each class the same share is kept.")
    show_code(lists, counts, size)


def _facts(data: Dataset, counts: Mapping[str, Sequence[int]], size: int) -> str:
    height, width = data.train.images.shape[1:]
    learned = {name: training for name, (training, _) in counts.items()}
    most, least = max(learned, key=learned.get), min(learned, key=learned.get)
    each = f"{learned[most]:,}"
    if learned[most] > learned[least]:
        each = f"{learned[least]:,} ({plain(least)}) to {learned[most]:,} ({plain(most)})"
    kept = f", drawn by chance from the {len(data.whole):,} that were read in a stream" if data.whole else ""
    return (
        f"**{plain(data.name)}**: {len(data.train) + len(data.valid):,} images of {height} × {width} pixels "
        f"in {len(counts)} classes{kept}, {len(data.train):,} to learn from, {len(data.valid):,} to be "
        f"judged on; each class has {each} training images{' in all' if kept else ''}. In memory: "
        f"{_bytes(size)}. {plain(data.source)}"
    )


def _bytes(count: int) -> str:
    return f"{count / 1e6:,.1f} MB" if count >= 1e6 else f"{count / 1e3:,.0f} kB"


def _balance(counts: Mapping[str, Sequence[int]]) -> str:
    top, many = max(max(each) for each in counts.values()), len(counts) > 20
    rows = [
        f"<li><b title='{escape(name, quote=True)}'>{escape(name)}</b><span class=track>"
        + "".join(f"<i style='width: {100 * count / top:.2f}%'></i>" for count in each)
        + f"</span><span>{each[0]:,}</span><span>{each[1]:,}</span></li>"
        for name, each in counts.items()
    ]
    names = min(max(map(len, counts)), 14)
    head = "<li class=head><span></span><span></span><span>training</span><span>validation</span></li>"
    half = -(-len(rows) // 2) if many else len(rows)
    columns = [head + "".join(some) for some in (rows[:half], rows[half:]) if some]
    return (
        f"<ol class='balance{' many' if many else ''}' style='--names: {names * 0.55 + 0.6:.2f}rem'>"
        f"{''.join(columns)}</ol>"
    )


def _saved(held: "ref[Dataset]", form: str) -> bytes:
    """held: weakly, for a button may outlive the set."""
    if (data := held()) is None:
        raise LookupError("this set is no longer in use")
    file = io.BytesIO()
    save_dataset(data, file, form)
    return file.getvalue()


def _file_name(name: str) -> str:
    return "".join(sign if sign.isalnum() else "_" for sign in name) or "set"
