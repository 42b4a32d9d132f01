"""The networks that several peers share: those that Understudy has for 28x28."""

from torch import nn

NZ = 100


def still(module):
    """In evaluation mode, without gradients of its own."""
    return module.eval().requires_grad_(False)


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.project = nn.Sequential(nn.Linear(NZ, 7 * 7 * 128, bias=False), nn.BatchNorm1d(7 * 7 * 128), nn.ReLU())
        self.upsample = nn.Sequential(
            nn.ConvTranspose2d(128, 64, 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            nn.ConvTranspose2d(64, 1, 4, stride=2, padding=1),
            nn.Tanh(),
        )

    def forward(self, z):
        return self.upsample(self.project(z).view(-1, 128, 7, 7))


class Classifier(nn.Module):
    def __init__(self, classes):
        super().__init__()

        def layer(inputs, outputs, stride):
            return [nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]

        self.layers = nn.Sequential(
            *layer(1, 32, 1), *layer(32, 64, 2), *layer(64, 128, 2),
            nn.Flatten(), nn.Linear(128 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, classes),
        )

    def forward(self, x):
        return self.layers(x)


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.activation = nn.Sequential(nn.BatchNorm2d(inputs), nn.ReLU())
        self.residual = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(),
            nn.Conv2d(outputs, outputs, 3, padding=1, bias=False),
        )
        changes = inputs != outputs or stride != 1
        self.shortcut = nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False) if changes else None

    def forward(self, x):
        h = self.activation(x)
        return self.residual(h) + (x if self.shortcut is None else self.shortcut(h))


class ResidualClassifier(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 32, 3, stride=2, padding=1, bias=False),
            Block(32, 32, 1), Block(32, 64, 2), Block(64, 128, 2),
            nn.BatchNorm2d(128), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(128, classes),
        )

    def forward(self, x):
        return self.layers(x)
