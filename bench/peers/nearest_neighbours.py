"""The nearest of 60,000 images of 28 x 28 for each of 10,000, by scikit-learn's brute force, on single-precision copies of the bytes.

Usage: nearest_neighbours.py THREADS (what it reads and writes: protocol.py)
"""

import os
import sys

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = sys.argv[1]

import numpy as np
from protocol import serve
from sklearn.neighbors import NearestNeighbors

rng = np.random.default_rng(1)
queries = rng.integers(0, 256, (10_000, 784), dtype=np.uint8).astype(np.float32)
references = rng.integers(0, 256, (60_000, 784), dtype=np.uint8).astype(np.float32)
search = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(references)
serve(lambda: search.kneighbors(queries))
