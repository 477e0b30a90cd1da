"""How much the door lets in."""

MOST_BYTES = 2 * 2**30  # of pixels as they are kept, of a packed file once it is unpacked
MOST_RATIO = 300  # unpacked to packed: images of nothing but paper reach 100, a trap 1,000
MOST_FILES = 1_200_000
MOST_PIXELS = 16_000_000  # of one picture
MOST_CLASSES = 64
SIDES = range(4, 129)  # pixels
