"""How much the door lets in, and how much of that is kept."""

MEMORY = 2 * 2**30  # bytes of the pixels that are kept of a set, unless more or less is asked for
MOST_IMAGES = 1_000_000  # that are kept
MOST_BYTES = 2 * 2**30  # of a file that is read as a whole
MOST_STREAMED = 2**40  # bytes, of pixels or of a packed file once it is unpacked
MOST_RATIO = 300  # unpacked to packed: images of nothing but paper reach 100, a trap 1,000
MOST_FILES = 1_200_000
MOST_PIXELS = 16_000_000  # of one picture
MOST_CLASSES = 64
SIDES = range(4, 129)  # pixels
