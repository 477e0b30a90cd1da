"""What PyTorch calls L1 and L2, and which of its functions is neither."""

from collections.abc import Hashable, Mapping

import streamlit as st

from mnist_dash import chapter
from mnist_dash.pages.shared.code import Ran, run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.glossary import explained


@exhibit
def names(given: Mapping[str, Hashable]) -> None:
    """Three calls on the image and the ideal, each with what it returns and which distance that is."""
    st.markdown(
        explained(
            "**PyTorch has both distances, under other names**, in `torch.nn.functional`, called [[F]] for "
            "short. Mind the root: `F.mse_loss` alone is the mean of the squares; only its root is the "
            "[[RMSE]]. Many notes on this chapter mix the two up."
        ),
        unsafe_allow_html=True,
    )
    by_torch = run("by PyTorch", "What PyTorch calls L1 and L2.", chapter.by_torch, given)
    same = run("same", "Which of them are the same.", chapter.same_as_torch, given)
    st.markdown(_table(by_torch, same))
    show_code(by_torch, same, line="F.l1_loss(x, ideal)")


def _table(by_torch: Ran, same: Ran) -> str:
    """In Markdown."""
    calls = {
        "F.l1_loss(x, ideal)": ":blue[L1]",
        "F.mse_loss(x, ideal).sqrt()": ":orange[L2]",
        "F.mse_loss(x, ideal)": ":orange[L2]",
    }
    lines = ["| PyTorch | returns | which |", "|---|--:|---|"]
    for (call, name), value, is_same in zip(calls.items(), by_torch.value, same.value, strict=True):
        lines.append(f"| `{call}` | {value:.4f} | {'✓ is' if is_same else '✗ is not'} {name} |")
    return "\n".join(lines)
