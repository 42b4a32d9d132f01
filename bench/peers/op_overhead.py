"""The cost of calling one small operator from Python: the sum of two tensors of ten values.

Usage: op_overhead.py THREADS (what it reads and writes: protocol.py)
"""

import sys

import torch
from protocol import serve

torch.set_num_threads(int(sys.argv[1]))
a = torch.ones(10)
b = torch.ones(10)
serve(lambda: a + b)
