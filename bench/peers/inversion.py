"""One iteration of inverting 500 images of 28x28 in a DCGAN, as a PyTorch user writes it.

Usage: inversion.py THREADS DEVICE (what it reads and writes: protocol.py)
"""

import sys

import torch
from networks import Generator, NZ, still
from protocol import serve

IMAGES = 500


def main():
    torch.set_num_threads(int(sys.argv[1]))
    device = sys.argv[2]
    torch.manual_seed(1)
    generator = still(Generator().to(device))
    with torch.no_grad():
        x = generator(torch.randn(IMAGES, NZ, device=device))
    z = torch.randn(IMAGES, NZ, device=device, requires_grad=True)
    optimizer = torch.optim.Adam([z], lr=0.05)

    def step():
        optimizer.zero_grad()
        loss = (generator(z) - x).square().mean(dim=(1, 2, 3)).sum()
        loss.backward()
        optimizer.step()

    serve(step)


main()
