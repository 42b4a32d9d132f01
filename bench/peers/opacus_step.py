"""One step of DP-SGD by Opacus 1.5: forward, backward, norms of each sample's gradient, clipping, noise, update.

Usage: opacus_step.py THREADS DEVICE NETWORK MODE (what it reads and writes: protocol.py)
NETWORK is discriminator, perceptron or residual; MODE is hooks (gradients of each sample, Opacus' default) or ghost (norms first, a second
pass for the weighted sum). The noise is PyTorch's, as Opacus has it unless told otherwise.
"""

import sys

import torch
from opacus.grad_sample import GradSampleModule
from opacus.grad_sample.grad_sample_module_fast_gradient_clipping import GradSampleModuleFastGradientClipping
from opacus.optimizers import DPOptimizer, DPOptimizerFastGradientClipping
from opacus.utils.fast_gradient_clipping_utils import double_backward
from protocol import serve
from torch import nn
from torch.nn import functional as F

CLASSES = 10
GROUPS = 8
WIDTH = 64
HIDDEN = 1024


def discriminator():
    return nn.Sequential(
        nn.Conv2d(1, WIDTH, 4, stride=2, padding=1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(WIDTH, 2 * WIDTH, 4, stride=2, padding=1),
        nn.LeakyReLU(0.2),
        nn.Flatten(),
        nn.Linear(2 * WIDTH * 7 * 7, 1),
    )


def perceptron():
    return nn.Sequential(nn.Linear(784, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, CLASSES))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.norm_in = nn.GroupNorm(GROUPS, inputs)
        self.conv_in = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False)
        self.norm_out = nn.GroupNorm(GROUPS, outputs)
        self.conv_out = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        changes = inputs != outputs or stride != 1
        self.shortcut = nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False) if changes else None

    def forward(self, x):
        h = F.relu(self.norm_in(x))
        y = self.conv_out(F.relu(self.norm_out(self.conv_in(h))))
        return y + (x if self.shortcut is None else self.shortcut(h))


def residual():
    return nn.Sequential(
        nn.Conv2d(3, 32, 3, padding=1, bias=False),
        Block(32, 32, 1), Block(32, 64, 2), Block(64, 128, 2),
        nn.GroupNorm(GROUPS, 128), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(128, CLASSES),
    )


def real_losses(y):
    return F.softplus(-y.squeeze(1))


def class_losses(y):
    return F.cross_entropy(y, torch.zeros(len(y), dtype=torch.long, device=y.device), reduction="none")


WORK = {
    "discriminator": (discriminator, real_losses, (256, 1, 28, 28)),
    "perceptron": (perceptron, class_losses, (256, 784)),
    "residual": (residual, class_losses, (64, 3, 32, 32)),
}


def main():
    torch.set_num_threads(int(sys.argv[1]))
    device = sys.argv[2]
    make, losses, shape = WORK[sys.argv[3]]
    ghost = sys.argv[4] == "ghost"
    torch.manual_seed(1)
    network = make().to(device)
    data = torch.randn(shape, device=device)
    plain = torch.optim.SGD(network.parameters(), lr=1e-3)
    settings = {"noise_multiplier": 1.0, "max_grad_norm": 1.0, "expected_batch_size": len(data)}
    if ghost:
        network = GradSampleModuleFastGradientClipping(network, max_grad_norm=1.0, use_ghost_clipping=True)
        optimizer = DPOptimizerFastGradientClipping(plain, **settings)
    else:
        network = GradSampleModule(network)
        optimizer = DPOptimizer(plain, **settings)

    def step():
        optimizer.zero_grad()
        loss = losses(network(data))
        if ghost:
            double_backward(network, optimizer, loss)
        else:
            loss.mean().backward()
        optimizer.step()

    serve(step)


main()
