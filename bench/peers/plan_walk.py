"""One step of PLAN on a path of 50 points in a DCGAN of 28x28, as a PyTorch user writes it.

Usage: plan_walk.py THREADS DEVICE (what it reads and writes: protocol.py)
"""

import math
import sys

import torch
from networks import Classifier, Generator, NZ, ResidualClassifier, still
from protocol import serve
from torch.nn import functional as F

POINTS = 50
IDENTITIES = 1000


def main():
    torch.set_num_threads(int(sys.argv[1]))
    device = sys.argv[2]
    torch.manual_seed(1)
    generator = still(Generator().to(device))
    identity = still(ResidualClassifier(IDENTITIES).to(device))
    task = still(Classifier(2).to(device))
    ends = torch.randn(2, NZ, device=device)
    weights = torch.linspace(0, 1, POINTS, device=device).unsqueeze(1)
    line = ends[0] * (1 - weights) + ends[1] * weights
    between = line[1:-1].clone().requires_grad_()
    labels = torch.zeros(POINTS - 2, dtype=torch.long, device=device)
    optimizer = torch.optim.Adam([between], lr=0.1)

    def step():
        optimizer.zero_grad()
        path = torch.cat([ends[:1], between, ends[1:]])
        images = generator(between).clamp(-1, 1)
        divergence = -F.log_softmax(identity(images), 1).mean(1) - math.log(IDENTITIES)
        classes = F.cross_entropy(task(images), labels, reduction="sum")
        loss = 0.1 / 4 * divergence.sum() + (path[1:] - path[:-1]).square().sum() + classes / 4
        loss.backward()
        optimizer.step()
        return loss.item()

    serve(step)


main()
