"""The Recap page: the questions, and one notebook of everything that ran, without a browser."""

import nbformat

from mnist_dash.chapter.notebook import notebook
from mnist_dash.pages.shared.contents import CONTENTS, PAGES
from tests.app import run, sound


def visited(*pages):
    """Recap, after these pages."""
    at = run(pages[0])
    for page in pages[1:]:
        sound(at.switch_page(f"pages/{page}/page.py").run())
    return sound(at.switch_page("pages/recap/page.py").run())


def test_every_question_of_the_half_chapter_leads_to_its_page():
    at = run("recap", norm="L2")
    asked = [page for page in CONTENTS["Learn"] if page.name != "recap"]
    labels = [link.proto for link in at.get("page_link")]
    links = {link.label: link for link in labels if any(page.question in link.label for page in asked)}
    assert len(links) == len(asked)
    for (label, link), page in zip(links.items(), asked, strict=True):
        assert page.question in label
        assert link.page == ("" if page.name == "draw" else page.name)
        assert link.query_string == "norm=L2"


def test_what_ran_on_all_pages_is_listed_in_the_order_of_the_lesson():
    at = visited("stack", "data", "pixels")
    counts = {page: len(cells) for page, cells in at.session_state["cells"].items() if cells}
    listed = ", ".join(f"{page.title} ({counts[name]})" for name, page in PAGES.items() if name in counts)
    assert counts.keys() >= {"pixels", "stack", "data"}
    assert f"How many listings each page has: {listed}." in " ".join(words.value for words in at.markdown)
    assert "Download all as one notebook" in [each.proto.label for each in at.get("download_button")]


def test_all_that_ran_runs_again_from_top_to_bottom():
    cells = visited("stack", "data", "pixels").session_state["cells"]
    cells = [cell for page in PAGES for cell in cells.get(page, {}).values()]
    names = {}
    for code in nbformat.reads(notebook("All", cells), as_version=4).cells:
        if code.cell_type == "code":
            exec(code.source, names)
    assert len(names["files"]) == 6131  # Pixels and Stack look at 3s; their last folder


def test_before_anything_ran_it_says_so():
    at = run("recap")
    for cells in at.session_state["cells"].values():
        cells.clear()
    at.run()
    assert any(words.value.startswith("Nothing has run in this visit yet.") for words in at.markdown)
