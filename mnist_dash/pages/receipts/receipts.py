"""The book's printed outputs beside ours, recomputed now, and where notes on the chapter go wrong."""

import time
from collections.abc import Hashable
from html import escape

import streamlit as st

from mnist_dash import chapter
from mnist_dash.chapter.listing import Line
from mnist_dash.chapter.printed import IM3, RECEIPTS, Receipt, normal
from mnist_dash.components.shared.numbers import percent
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import Ran, run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.settings import BOOK
from mnist_dash.pages.shared.validation import as_in_the_book

WIDE = 55  # characters; a line of numbers that is longer is set smaller
STYLE = """<style>
.receipts { overflow-x: auto; }
.receipts table { width: 100%; border-collapse: collapse; font-size: .875rem; table-layout: fixed; }
.receipts th:first-child { width: 1.8rem; }
.receipts th:nth-child(2) { width: 29%; }
.receipts .wide code { font-size: .58rem; }
.receipts th, .receipts td { padding: .2rem .9rem .2rem 0; text-align: left; vertical-align: top;
  border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
.receipts th { font-weight: 650; }
.receipts code { background: none; padding: 0; color: inherit; font-size: .8rem; overflow-wrap: anywhere; }
.receipts td div { white-space: pre-wrap; line-height: 1.4; }
.receipts .tick { font-weight: 700; color: light-dark(#1b7837, #6fcf87); }
.receipts .cross { font-weight: 700; color: light-dark(#b3003c, #ff7a9c); }
.receipts small { opacity: .75; }
@media (max-width: 640px) {
  .receipts thead { display: none; }
  .receipts td { display: block; border: 0; padding-block: .1rem; }
  .receipts tr { display: block; padding-block: .5rem;
    border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
  .receipts td[data-what]::before { content: attr(data-what) ": "; opacity: .75; font-size: .8rem; }
}
</style>"""
LEFT_OUT = (
    "Left out: the first two listings, which show what else was downloaded; the pictures; and "
    "`is_3(valid_3_tens)`, which prints the first and last three of 1,010 truth values in the order of "
    "an unsorted folder."
)
MNIST = {"data": chapter.data}  # the book's, whichever set is in use


@exhibit
def book_receipts() -> None:
    """The table, and the button that computes it anew."""
    chosen = choices()
    with st.spinner("Opening the pictures and measuring them …"):
        ours = [(receipt, receipt.ours(_run(receipt).value)) for receipt in RECEIPTS]
    compared = [_agree(receipt, text) for receipt, text in ours if not receipt.order]
    words, again = st.columns([5, 1], vertical_alignment="center")
    words.markdown(
        f"**{sum(compared)} of {len(compared)}** outputs of the half chapter come out as printed, "
        "computed on this machine from MNIST's four files or from the numbers in the line. The code is "
        "below the table."
    )
    with again:
        chosen.button("Compute them again", lambda: {"computed": time.time_ns()})
    rows = "".join(_row(receipt, text) for receipt, text in ours)
    head = "<thead><tr><th></th><th>Line</th><th>The book prints</th><th>We get</th></tr></thead>"
    st.html(f"{STYLE}<div class='receipts'><table>{head}<tbody>{rows}</tbody></table></div>")


@exhibit
def code_behind_a_line() -> None:
    """The code of one row at a time, and which rows there are not."""
    chosen = choices()
    line, left_out = st.columns(2, gap="large", vertical_alignment="center")
    line.selectbox(
        "The code behind a line",
        range(len(RECEIPTS)),
        format_func=lambda number: RECEIPTS[number].lines,
        **chosen.control("receipt", "index"),
    )
    left_out.caption(LEFT_OUT)
    show_code(_run(RECEIPTS[chosen["receipt"]]), key="a line")


def _run(receipt: Receipt) -> Ran:
    idea = f"The book: `{receipt.lines}`"
    return run(receipt.lines, idea, receipt.function, MNIST | receipt.given, time=choices()["computed"])


def _agree(receipt: Receipt, ours: str) -> bool:
    return normal(ours) == normal(receipt.book)


def _row(receipt: Receipt, ours: str) -> str:
    tick, cross = "<span class='tick' title='the same'>✓</span>", "<span class='cross'>✗</span>"
    sign = "" if receipt.order else tick if _agree(receipt, ours) else cross
    note = f"<br><small>{escape(receipt.order)}</small>" if receipt.order else ""
    return (
        f"<tr><td>{sign}</td><td data-what='Line'><code>{escape(receipt.lines)}</code>{note}</td>"
        f"<td data-what='The book'>{_printed(receipt.book)}</td>"
        f"<td data-what='We get'>{_printed(ours)}</td></tr>"
    )


def _printed(text: str) -> str:
    """What Python prints, the rows of an array below each other."""
    if "[" in text:
        text = normal(text).replace("], [", "],\n[")
    wide = " class='wide'" if max(map(len, text.splitlines())) > WIDE and "[" not in text else ""
    return f"<div{wide}><code>{escape(text)}</code></div>"


@exhibit
def where_notes_go_wrong() -> None:
    """Mistakes that notes on the chapter make, each with the numbers that show it."""
    st.header("Where notes on the chapter go wrong", anchor=False)
    st.markdown(
        "The book has most of these right; notes, posts and slides about it often do not. One habit is the "
        "book's own."
    )
    root_left_out = _proof("the mean and its root", chapter.squared_and_rooted, {})
    norm_or_mean = _proof("a norm and a mean", chapter.norms_and_means, {})
    extremes = _proof("paper and ink", chapter.paper_and_ink, IM3)
    refused = _proof("a picture and torch.tensor", chapter.picture_to_torch, IM3)
    ranks = _proof("arrays of every rank", chapter.arrays_of_every_rank, {})
    mean, spread = (scaled := _proof("scaling and normalizing", chapter.mean_and_spread, {})).value
    own, new = (seen := _proof("images seen and unseen", chapter.own_and_new, as_in_the_book(BOOK))).value
    mse, root = root_left_out.value
    l1_norm, l1, l2_norm, l2 = norm_or_mean.value
    paper, ink = extremes.value
    error = refused.error
    claims = {
        "MSE is called RMSE.": f"`F.mse_loss` is the mean of the squares, **{mse:.4f}** for the book's 3 "
        f"against the ideal 3. The book's distance is its root, **{root:.4f}**. The nearest ideal is the "
        "same, the number is not.",
        "“Norm” is used for a mean.": "The book does so too, and so does this app. Strictly, the L1 norm is "
        f"a *sum*: **{l1_norm:.2f}**; divided by the 784 pixels it is the book's **{l1:.4f}**. The L2 norm "
        f"is the root of a sum: **{l2_norm:.4f}**; divided by √784 = 28 it is **{l2:.4f}**. A constant "
        "factor never changes which ideal is nearest, so the habit is harmless until you compare your "
        "numbers with somebody else's.",
        "Overfitting is explained the wrong way round.": "A model overfits when it does *better* on the "
        "images it learned from than on new ones. Judged on its own images, it would look better than it is, "
        "so the book judges on the validation set. The ideals don't overfit: L1 gets "
        f"{percent(own)} of its own images right, and {percent(new)} of the new ones.",
        "“A NumPy array is two-dimensional.”": f"It has any rank: a number {ranks.value[0]}, a row "
        f"{ranks.value[1]}, an image {ranks.value[2]}, a stack {ranks.value[3]}. So does a tensor.",
        "Dividing by 255 is called normalization.": "It is scaling: the numbers go from 0 to 1. To "
        "normalize, as later chapters do, is to subtract the mean and divide by the standard deviation, "
        f"**{mean:.3f}** and **{spread:.3f}** over all training 3s.",
        "255 is taken for white.": f"In MNIST the corner of the page is **{paper}** and the darkest pixel of "
        f"the book's 3 is **{ink}**: 0 is paper and 255 is ink. In a picture of mode `L`, "
        "255 is indeed white: opened as it is, a digit of MNIST is white on black. The book's Greys, and we, "
        "draw ink dark.",
        "`tensor(picture)` is taken for PyTorch's.": "The book's `tensor` is fastai's, which takes a "
        f"picture. PyTorch's own says `{type(error).__name__}: {error}`; it wants `tensor(array(picture))`.",
        "The end of a slice is counted.": "`[4:10]` is six rows, 4 to 9. The end is excluded.",
        "Rank is mixed up with length.": "An image of 28 × 28 has rank 2. A vector of 784 numbers has rank "
        "1, though people call it 784-dimensional.",
    }
    said = [f"- **{claim}** {truth}" for claim, truth in claims.items()]
    half = len(said) // 2
    for column, some in zip(st.columns(2, gap="large"), (said[:half], said[half:]), strict=True):
        column.markdown("\n".join(some))
    show_code(root_left_out, norm_or_mean, seen, ranks, scaled, extremes, refused)


def _proof(name: str, function: Line, given: dict[str, Hashable]) -> Ran:
    return run(name, f"Where notes go wrong: {name}.", function, MNIST | given)
