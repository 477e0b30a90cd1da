"""What the half chapter prints and what can be recomputed: the book's beside ours, and where notes go wrong.

Source: J. Howard, S. Gugger, *Deep Learning for Coders with fastai and PyTorch*, 2020, chapter 4, up to the
accuracy of the baseline; the outputs are those of the notebook ``04_mnist_basics.ipynb``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mnist_dash import chapter
from mnist_dash.chapter.listing import Line


def normal(text: str) -> str:
    """A text with every run of white space as one blank, so that line breaks make no difference."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Receipt:
    """One output of the book.

    lines: as in the book. book: what it prints. ours: makes the same text of what the function returns.
    order: why the two can't be compared one by one, or "".
    """

    lines: str
    book: str
    function: Line
    given: Mapping[str, Any] = field(default_factory=dict)
    ours: Callable[[Any], str] = repr
    order: str = ""


IM3 = {"folder": "train/3", "place": 1}
CORNER = IM3 | {"top": 4, "bottom": 10, "left": 4, "right": 10}
FOLDER = {"folder": "train/3"}
UNSORTED = (
    "no tick: the book lists this folder unsorted, in its own machine's order. All six values are among our "
    "1,010 distances, but so are most numbers between the smallest and the largest"
)

TABLE = """
0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
0 0 0 0 0 29 150 195 254 255 254 176 193 150 96 0 0 0
0 0 0 48 166 224 253 253 234 196 253 253 253 253 233 0 0 0
0 93 244 249 253 187 46 10 8 4 10 194 253 253 233 0 0 0
0 107 253 253 230 48 0 0 0 0 0 192 253 253 156 0 0 0
0 3 20 20 15 0 0 0 0 0 43 224 253 245 74 0 0 0
0 0 0 0 0 0 0 0 0 0 249 253 245 126 0 0 0 0
0 0 0 0 0 0 0 14 101 223 253 248 124 0 0 0 0 0
0 0 0 0 0 11 166 239 253 253 253 187 30 0 0 0 0 0
0 0 0 0 0 16 248 250 253 253 253 253 232 213 111 2 0 0
0 0 0 0 0 0 0 43 98 98 208 253 253 253 253 187 22 0
"""

RECEIPTS = [
    Receipt(
        "threes = (path/'train'/'3').ls().sorted()",
        "(#6131) [Path('train/3/10.png'),Path('train/3/10000.png'),Path('train/3/10011.png'),"
        "Path('train/3/10031.png'),Path('train/3/10034.png'),Path('train/3/10042.png'),"
        "Path('train/3/10052.png'),Path('train/3/1007.png'),Path('train/3/10074.png'),"
        "Path('train/3/10091.png')...]",
        chapter.first_ten,
        FOLDER,
        str,
    ),
    Receipt(
        "im3 = Image.open(threes[1])",
        "PngImageFile image mode=L size=28x28",
        chapter.picture_facts,
        IM3,
        lambda facts: f"{facts[0].__name__} image mode={facts[1]} size={facts[2][0]}x{facts[2][1]}",
    ),
    Receipt(
        "array(im3)[4:10,4:10]",
        "array([[ 0, 0, 0, 0, 0, 0],\n [ 0, 0, 0, 0, 0, 29],\n [ 0, 0, 0, 48, 166, 224],\n "
        "[ 0, 93, 244, 249, 253, 187],\n [ 0, 107, 253, 253, 230, 48],\n [ 0, 3, 20, 20, 15, 0]], "
        "dtype=uint8)",
        chapter.array_slice,
        CORNER,
    ),
    Receipt(
        "tensor(im3)[4:10,4:10]",
        "tensor([[ 0, 0, 0, 0, 0, 0],\n [ 0, 0, 0, 0, 0, 29],\n [ 0, 0, 0, 48, 166, 224],\n "
        "[ 0, 93, 244, 249, 253, 187],\n [ 0, 107, 253, 253, 230, 48],\n [ 0, 3, 20, 20, 15, 0]], "
        "dtype=torch.uint8)",
        chapter.tensor_slice,
        CORNER,
    ),
    Receipt(
        "df = pd.DataFrame(im3_t[4:15,4:22])",
        TABLE.strip(),
        chapter.table_of_a_3,
        {},
        lambda df: "\n".join(" ".join(map(str, row)) for row in df.to_numpy()),
    ),
    Receipt("len(three_tensors),len(seven_tensors)", "(6131, 6265)", chapter.how_many),
    Receipt("stacked_threes.shape", "torch.Size([6131, 28, 28])", chapter.shape_of_stack, FOLDER),
    Receipt("len(stacked_threes.shape)", "3", chapter.length_of_shape, FOLDER),
    Receipt("stacked_threes.ndim", "3", chapter.rank_of_stack, FOLDER),
    Receipt("dist_3_abs,dist_3_sqr", "(tensor(0.1114), tensor(0.2021))", chapter.dist_3),
    Receipt("dist_7_abs,dist_7_sqr", "(tensor(0.1586), tensor(0.3021))", chapter.dist_7),
    Receipt(
        "F.l1_loss(a_3.float(),mean7), F.mse_loss(a_3,mean7).sqrt()",
        "(tensor(0.1586), tensor(0.3021))",
        chapter.loss_7,
    ),
    Receipt("arr", "array([[1, 2, 3], [4, 5, 6]])", chapter.arr),
    Receipt("tns", "tensor([[1, 2, 3], [4, 5, 6]])", chapter.tns),
    Receipt("tns[1]", "tensor([4, 5, 6])", chapter.row_of_tns),
    Receipt("tns[:,1]", "tensor([2, 5])", chapter.column_of_tns),
    Receipt("tns[1,1:3]", "tensor([5, 6])", chapter.part_of_tns),
    Receipt("tns+1", "tensor([[2, 3, 4], [5, 6, 7]])", chapter.tns_plus_1),
    Receipt("tns.type()", "'torch.LongTensor'", chapter.type_of_tns),
    Receipt("tns*1.5", "tensor([[1.5000, 3.0000, 4.5000], [6.0000, 7.5000, 9.0000]])", chapter.tns_times_1_5),
    Receipt(
        "valid_3_tens.shape,valid_7_tens.shape",
        "(torch.Size([1010, 28, 28]), torch.Size([1028, 28, 28]))",
        chapter.valid_shapes,
    ),
    Receipt("mnist_distance(a_3, mean3)", "tensor(0.1114)", chapter.distance_of_a_3),
    Receipt(
        "valid_3_dist",
        "0.1050 0.1526 0.1186 … 0.1122 0.1170 0.1086",
        chapter.six_distances,
        {},
        lambda six: (
            " ".join(f"{distance:.4f}" for distance in six[:3])
            + " … "
            + " ".join(f"{distance:.4f}" for distance in six[3:])
        ),
        UNSORTED,
    ),
    Receipt("valid_3_dist.shape", "torch.Size([1010])", chapter.shape_of_valid_3_dist),
    Receipt("tensor([1,2,3]) + tensor(1)", "tensor([2, 3, 4])", chapter.a_list_and_a_number),
    Receipt("(valid_3_tens-mean3).shape", "torch.Size([1010, 28, 28])", chapter.shape_of_difference),
    Receipt("is_3(a_3), is_3(a_3).float()", "(tensor(True), tensor(1.))", chapter.is_a_3_a_3),
    Receipt(
        "accuracy_3s,accuracy_7s,(accuracy_3s+accuracy_7s)/2",
        "(tensor(0.9168), tensor(0.9854), tensor(0.9511))",
        chapter.accuracies,
    ),
]
