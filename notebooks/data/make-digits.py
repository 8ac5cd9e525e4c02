"""Write scikit-learn's digits for the Observable tour, which has no Python to ask.

`digits/digits.bin` holds 1,797 x 64 grey values of 0 to 16, a byte each, row by row; `digits/labels.bin` the digit
of each row, a byte each.
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

folder = Path(__file__).parent / "digits"
folder.mkdir(exist_ok=True)
digits = load_digits()
(folder / "digits.bin").write_bytes(digits.data.astype(np.uint8).tobytes())
(folder / "labels.bin").write_bytes(digits.target.astype(np.uint8).tobytes())
