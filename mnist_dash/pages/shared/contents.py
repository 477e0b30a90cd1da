"""The table of contents: every page, by the name of its folder, in the order of the lesson."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """name: of its folder, and in the address. title: in the navigation. question: what it answers."""

    name: str
    title: str
    question: str


CONTENTS = {
    "Learn": (
        Page("draw", "Draw", "Can an average read your handwriting?"),
        Page("pixels", "Pixels", "What does the computer get?"),
        Page("stack", "Stack", "How do 6,131 files become one block?"),
        Page("ideal", "Ideal", "What do all 3s share?"),
        Page("distance", "Distance", "How far is a digit from an ideal?"),
        Page("broadcasting", "Broadcasting", "How, without a loop?"),
        Page("accuracy", "Accuracy", "How often is that right?"),
        Page("recap", "Recap", "What was all that?"),
    ),
    "Explore": (
        Page("mistakes", "Mistakes", "Which ones go wrong?"),
        Page("magnet", "Magnet", "Why is so much called a 1?"),
        Page("stress", "Stress", "What breaks it?"),
        Page("line", "Line", "Is it a straight line?"),
        Page("better", "Better ideal", "Can you beat the mean?"),
        Page("ladder", "Ladder", "What beats it?"),
    ),
    "Yours": (
        Page("photos", "Photos", "Can it read your page?"),
        Page("data", "Data", "What is in the box?"),
    ),
    "Book": (Page("receipts", "Receipts", "Do the book's numbers come out?"),),
}
PAGES = {page.name: page for group in CONTENTS.values() for page in group}
NUMBERS = {name: number for number, name in enumerate(PAGES, 1)}
