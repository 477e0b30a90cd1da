"""The frame around every page: page set-up, navigation, shared settings. ``streamlit_app.py`` serves it."""

import streamlit as st

st.set_page_config(page_title="The ideal digit", page_icon="✏️", layout="wide")

# Ten digits stay in one row on a phone; what is chosen is solid ink; a projector gets larger type.
st.html("""<style>
:is(.st-key-digits, .st-key-digit, .st-key-ideal, .st-key-rival, .st-key-faint,
  [class*="st-key-one-shown"], [class*="st-key-other-shown"]) button {
  padding-inline: .3rem; min-width: 2rem;
}
.stApp .stButtonGroup button[data-variant="segmented_control"][data-selected="true"] {
  background: light-dark(#0e1117, #eceef2); color: light-dark(#fff, #14161b);
  border-inline-color: light-dark(#737985, #8d939e);
}
.stApp .stButtonGroup button[data-variant="segmented_control"] { min-height: 2.5rem; }
/* Blue is L1's and orange is L2's, so code has neither. */
.stApp .stCode .token:is(.keyword, .builtin, .boolean, .operator, .number, .function) { color: inherit; }
.stApp .stCode .token.keyword { font-weight: 600; }
/* On a phone the accuracies stay in sight while the sliders below them are moved. */
:has(> .st-key-pinned) { position: sticky; top: 3.75rem; z-index: 5; }
.st-key-pinned { padding-block: .4rem; background: light-dark(#fff, #14161b); }
@media (min-width: 640px) { :has(> .st-key-pinned) { display: none; } }
@media (min-width: 1600px) { html:root { font-size: 20px; } }
</style>""")

page = st.navigation(
    [
        st.Page("pages/draw/page.py", title="Draw", default=True),
        st.Page("pages/pixels/page.py", url_path="pixels", title="Pixels"),
        st.Page("pages/ideal/page.py", url_path="ideals", title="Ideals"),
        st.Page("pages/distance/page.py", url_path="distance", title="Distance"),
        st.Page("pages/accuracy/page.py", url_path="accuracy", title="Accuracy"),
        st.Page("pages/receipts/page.py", url_path="receipts", title="Receipts"),
    ],
    position="top",
)


def run() -> None:
    """The page that is asked for."""
    # Only now, for it brings PyTorch: whoever comes while that is being imported has the frame already.
    from mnist_dash import DatasetError
    from mnist_dash.pages.shared import settings

    session = st.session_state
    session["whole"] = False  # until this run has come to its end
    session.pop("later", None)  # it shows what waits to follow
    settings.take_over(page.url_path)
    try:
        page.run()
        session["whole"] = True
    except DatasetError as error:
        st.error(f"The data cannot be read: {error}.")


run()
