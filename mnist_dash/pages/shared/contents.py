"""The table of contents: every page, by the name of its folder, in the order of the lesson."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mnist_dash.pages.shared.set_in_use import mnist_in_use


@dataclass(frozen=True)
class Page:
    """number: its place in the lesson. name: of its folder, and in the address. title: in the navigation.

    question: what it answers. lead: what stands below the question. answer: the same in one sentence, at the
    end; pages that tell no part of the lesson have none. A word in [[brackets]] is in the glossary. These are
    about MNIST; of_any: those of them that are others for another set.
    """

    number: int
    name: str
    title: str
    question: str
    lead: str
    answer: str = ""
    of_any: Mapping[str, str] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        return f"{self.number} · {self.question}"

    @property
    def of_set(self) -> "Page":
        """The same, about the set in use."""
        return self if mnist_in_use() else replace(self, **self.of_any)


CONTENTS = {
    "Learn": (
        Page(
            1,
            "draw",
            "Draw",
            "Can an average read your handwriting?",
            "Each small grey digit is an [[ideal]], the average of about 6,000 handwritten ones. Whichever "
            "is closest to your drawing is the answer.",
            "Average thousands of examples of each digit: the average that is closest to a new digit, by "
            "either [[norm]], usually names it.",
            of_any={
                "lead": "Each small grey picture is an [[ideal]], the average of all training images of"
                " a class. Whichever is closest to your drawing is the answer.",
                "answer": "Average the examples of each class: the average that is closest to a new "
                "image, by either [[norm]], is the simplest answer to what it shows.",
            },
        ),
        Page(
            2,
            "pixels",
            "Pixels",
            "What does the computer get?",
            "A computer gets no picture, only numbers. Before digits can be averaged or compared, it helps "
            "to see which numbers, and how they are arranged.",
            "A digit is 28 rows and 28 columns of whole numbers, from 0 for paper to 255 for full ink: a "
            "table of [[shape]] (28, 28).",
            of_any={
                "lead": "A computer gets no picture, only numbers. Before images can be averaged or "
                "compared, it helps to see which numbers, and how they are arranged.",
                "answer": "An image is rows and columns of whole numbers, from 0 for paper to 255 for "
                "full ink: a table, whose [[shape]] is its height and its width.",
            },
        ),
        Page(
            3,
            "stack",
            "Stack",
            "How do 6,131 files become one block?",
            "Every training image is a file of its own. Before they can be averaged, the images of a digit "
            "must become one block of numbers.",
            "Read every file into a list, stack the list into one [[tensor]], turn its numbers into "
            "[[floats|float]] between 0 and 1, and the average of thousands is one short line.",
            of_any={
                "question": "How do many files become one block?",
                "lead": "Every training image is a file of its own. Before they can be averaged, the "
                "images of a class must become one block of numbers.",
                "answer": "Read every file into a list, stack the list into one [[tensor]], turn its "
                "numbers into [[floats|float]] between 0 and 1, and the average of them all is "
                "one short line.",
            },
        ),
        Page(
            4,
            "ideal",
            "Ideal",
            "What do all 3s share?",
            "Average the stack pixel by pixel. Where most images have ink the [[mean]] is dark; where only "
            "a few have any it is faint.",
            "The [[ideal]] of a digit is the mean of all its training images: it keeps a little of "
            "everything, and most of what most of them share.",
            of_any={
                "question": "What do all images of a class share?",
                "answer": "The [[ideal]] of a class is the mean of all its training images: it keeps a "
                "little of everything, and most of what most of them share.",
            },
        ),
        Page(
            5,
            "distance",
            "Distance",
            "How far is a digit from an ideal?",
            "Subtract the ideal from the digit, pixel by pixel, and turn the 784 differences into one "
            "number. The two usual ways are called [[L1]] and [[L2]]; each is a [[norm]].",
            "L1 is the average size of the differences; L2 squares them first, so a few large ones weigh "
            "more; with their signs kept, they would cancel out.",
            of_any={
                "question": "How far is an image from an ideal?",
                "lead": "Subtract the ideal from the image, pixel by pixel, and turn all the "
                "differences into one number. The two usual ways are called [[L1]] and [[L2]]; "
                "each is a [[norm]].",
            },
        ),
        Page(
            6,
            "broadcasting",
            "Broadcasting",
            "How do you measure thousands without a loop?",
            "There are thousands of images to compare with each ideal. PyTorch subtracts an ideal from all "
            "of them at once, if the shapes fit.",
            "[[Broadcasting|broadcasting]] treats the smaller tensor as if it had the larger one's shape, "
            "without copying it, so one line does the work of a loop.",
            of_any={
                "question": "How do you measure many images without a loop?",
                "lead": "There are many images to compare with each ideal. PyTorch subtracts an ideal from "
                "all of them at once, if the shapes fit.",
            },
        ),
        Page(
            7,
            "accuracy",
            "Accuracy",
            "How often is that right?",
            "Give every image of the [[validation set]] the [[label]] of the ideal it is nearest to, and "
            "count how many are right. That share is a [[metric]], a number for people; a [[loss]] is one "
            "for training.",
            "[[Accuracy|accuracy]] is the share of images never seen before that get the right label; the "
            "nearest ideal's accuracy is the [[baseline]], the score every more complicated model must beat.",
        ),
        Page(
            8,
            "recap",
            "Recap",
            "What was all that?",
            "The half chapter once more, on one page.",
            "Stack, average, subtract, measure, count: that is the whole classifier, and the [[baseline]] "
            "for everything that comes after it.",
        ),
    ),
    "Explore": (
        Page(
            9,
            "mistakes",
            "Mistakes",
            "Which ones go wrong?",
            "One [[accuracy]] for all digits hides which of them get mistaken for which.",
            "Mistakes cluster: some digits go wrong far more often than others.",
            of_any={
                "lead": "One [[accuracy]] for all classes hides which of them get mistaken for which.",
                "answer": "Mistakes cluster: some classes go wrong far more often than others.",
            },
        ),
        Page(
            10,
            "magnet",
            "Magnet",
            "Why are so many digits called a 1?",
            "Once all ten digits are possible, [[L1]] says “1” far more often than there are 1s.",
            "An ideal with little ink is never far from anything faint, so it attracts images that no ideal "
            "fits well.",
            of_any={
                "question": "Why is one answer given so often?",
                "lead": "With many possible answers, [[L1]] may give one of them far more often than it"
                " is true.",
            },
        ),
        Page(
            11,
            "stress",
            "Stress",
            "What breaks it?",
            "Shift, turn, blur or dirty the validation images, leave the ideals as they are, and watch both "
            "[[norms|norm]] fail.",
            "Pixels are compared place by place, so a digit that has moved a few pixels is a different digit "
            "to both norms.",
            of_any={
                "answer": "Pixels are compared place by place, so an image that has moved a few pixels is"
                " a different image to both norms.",
            },
        ),
        Page(
            12,
            "line",
            "Line",
            "Is it a straight line?",
            "Each image has two distances, one to each of two ideals. Plot one against the other, and the "
            "classifier becomes a line.",
            "Under L2, comparing two distances comes down to one [[weight]] per pixel and a [[threshold]], "
            "which is a [[linear classifier]]; under L1 it does not.",
        ),
        Page(
            13,
            "better",
            "Better ideal",
            "Can you beat the mean?",
            "The mean is the natural ideal, but nothing says that it is the best one for telling digits "
            "apart.",
            "A mean is as close as possible to its own images, but telling digits apart is a different goal; "
            "follow the [[gradient]] towards it, and the chapter's second half begins.",
            of_any={
                "lead": "The mean is the natural ideal, but nothing says that it is the best one for "
                "telling classes apart.",
                "answer": "A mean is as close as possible to its own images, but telling classes apart is"
                " a different goal; follow the [[gradient]] towards it, and the chapter's "
                "second half begins.",
            },
        ),
        Page(
            14,
            "ladder",
            "Ladder",
            "What beats it?",
            "The [[baseline]] beside simpler and more complicated methods, all trained and scored on "
            "the same images.",
            "A more complicated model is worth only what it gains over the baseline.",
        ),
    ),
    "Yours": (
        Page(
            15,
            "photos",
            "Photos",
            "Can it read your page?",
            "Bring a photo of handwritten digits. Each digit is found, prepared the way MNIST was, and read.",
            of_any={
                "lead": "Bring a photo of handwriting. Each sign is found, prepared like the images of "
                "the set in use, and read.",
            },
        ),
        Page(
            16,
            "data",
            "Data",
            "What is in the box?",
            "[[MNIST]] is 70,000 handwritten digits: 60,000 for training and 10,000 for testing.",
            of_any={
                "lead": "A data set is images with [[labels|label]]: some to learn from, some to be "
                "judged on.",
            },
        ),
    ),
    "Book": (
        Page(
            17,
            "receipts",
            "Receipts",
            "Do the book's numbers come out?",
            "Every number that the half chapter prints, computed again on this computer.",
        ),
    ),
}
PAGES = {page.name: page for group in CONTENTS.values() for page in group}
