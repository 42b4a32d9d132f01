"""One DCGAN training step at 28x28, batch 128, as a PyTorch user writes it.

Usage: dcgan_step.py THREADS DEVICE (what it reads and writes: protocol.py)
"""

import sys

import torch
from networks import NZ, Generator
from protocol import serve
from torch import nn

BATCH = 128


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 64, 4, stride=2, padding=1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(64, 128, 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(128),
            nn.LeakyReLU(0.2),
            nn.Flatten(),
            nn.Linear(128 * 7 * 7, 1),
        )

    def forward(self, x):
        return self.layers(x)


def main():
    torch.set_num_threads(int(sys.argv[1]))
    device = sys.argv[2]
    torch.manual_seed(1)
    generator = Generator().to(device)
    discriminator = Discriminator().to(device)
    optimizer_g = torch.optim.Adam(generator.parameters(), lr=2e-4, betas=(0.5, 0.999))
    optimizer_d = torch.optim.Adam(discriminator.parameters(), lr=2e-4, betas=(0.5, 0.999))
    criterion = nn.BCEWithLogitsLoss()
    real = torch.rand(BATCH, 1, 28, 28, device=device) * 2 - 1
    ones = torch.ones(BATCH, 1, device=device)
    zeros = torch.zeros(BATCH, 1, device=device)

    def step():
        optimizer_d.zero_grad()
        fake = generator(torch.randn(BATCH, NZ, device=device))
        loss_d = criterion(discriminator(real), ones) + criterion(discriminator(fake.detach()), zeros)
        loss_d.backward()
        optimizer_d.step()

        optimizer_g.zero_grad()
        loss_g = criterion(discriminator(fake), ones)
        loss_g.backward()
        optimizer_g.step()
        return loss_d.item(), loss_g.item()

    serve(step)


main()
