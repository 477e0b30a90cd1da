"""Broadcasting: one line measures the whole set against one ideal, and nothing is copied for it."""

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components.maps import Group, Map, Scale, maps
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import NothingToShowError, exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.names import class_name, single, some, without_validation
from mnist_dash.pages.shared.set_in_use import in_use, mnist_in_use
from mnist_dash.pages.shared.words import most, shape_text, unmarked


@exhibit
def broadcasting(digit: int) -> None:
    """A list and a number, the set against an ideal, both means of it, and the view that makes no copy."""
    given = {"digit": digit}
    st.header("One line for the whole set", anchor=False)
    if sentence := without_validation([digit]):
        raise NothingToShowError(sentence)
    st.markdown(
        explained(
            "When two [[shapes|shape]] differ, PyTorch stretches each [[axis]] that is missing or has length "
            "1 to match the other shape. **There is no loop, and no copy of the ideal either.**"
        ),
        unsafe_allow_html=True,
    )
    small = run("a list and a number", "A number meets every element.", chapter.a_list_and_a_number, given)
    shapes = run("shapes", "A whole set meets one ideal.", chapter.difference_of_set, given)
    distances = run("distances of the set", "A distance per image.", chapter.nearest_and_farthest, given)
    pixels = run("mean over images", "A mean difference per pixel.", chapter.mean_over_images, given)
    view = run("no copy", "The stretched ideal takes no room.", chapter.no_copy, given)
    of_set, of_ideal, of_difference = map(shape_text, shapes.value)
    of_each, near, far, nearest, farthest = distances.value
    steps, copy = st.columns([3, 2], gap="large")
    steps.markdown(
        "| what | line | gives |\n|---|---|---|\n"
        f"| a list and a number | `tensor([1, 2, 3]) + tensor(1)` | `{small.value}` |\n"
        f"| all validation {some(digit)} and ideal {class_name(digit)} | `{of_set} - {of_ideal}` "
        f"| `{of_difference}` |\n"
        f"| a distance per image | `.abs().mean((-1, -2))` | `{shape_text(of_each.shape)}` |\n"
        f"| a mean per pixel | `.abs().mean(0)` | `{shape_text(pixels.value.shape)}` |"
    )
    with copy:
        shape, stride, virtual, real = view.value
        st.markdown(
            explained(
                "**Where is the copy?** There is none. The stretched ideal has the shape "
                f"`{shape_text(shape)}` and the [[strides|stride]] `{stride}`: how far on in memory the next "
                f"image, row and column begin. A stride of {stride[0]} means that every image uses the same "
                "ideal."
            ),
            unsafe_allow_html=True,
        )
        with st.container(horizontal=True):
            st.metric("it looks like", f"{virtual:,} bytes")
            st.metric("it takes", f"{real:,} bytes")
    top = float(pixels.value.max())
    an_image, several, name = unmarked(single(digit)), unmarked(some(digit)), in_use().classes[digit]
    order = "MNIST's order" if mnist_in_use() else "the set's order"
    maps(
        "broadcasting",
        [
            Group(
                [
                    Map(
                        f"the nearest {an_image}",
                        nearest,
                        f"The nearest validation {an_image}, {near} in {order}: {of_each[near]:.4f}",
                        note=f"{of_each[near]:.4f}",
                        norm="L1",
                    ),
                    Map(
                        f"the farthest {an_image}",
                        farthest,
                        f"The farthest validation {an_image}, {far} in {order}: {of_each[far]:.4f}",
                        note=f"{of_each[far]:.4f}",
                        norm="L1",
                    ),
                ],
                title=f"mean((-1, -2)): a distance for each of {len(of_each):,} images",
            ),
            Group(
                [
                    Map(
                        f"where {several} differ",
                        pixels.value,
                        f"Mean absolute difference of the validation {several} from ideal {name}: "
                        f"{most(pixels.value)}",
                        "L1",
                        top,
                    )
                ],
                title=f"mean(0): a mean for each of {pixels.value.numel():,} pixels",
            ),
        ],
        scales=[Scale("L1", "0", f"{top:.2f}", "mean |difference| of one pixel")],
    )
    show_code(small, shapes, distances, pixels, view, line="return (a - b)")
