"""Golden values for the metrics, from their definitions with NumPy, SciPy and scikit-learn.

Regenerate with: /usr/bin/python3 tests/Golden/metrics.py > tests/Golden/metrics.json
"""
import json

import numpy as np
from scipy import linalg, stats
from scipy.spatial.distance import cdist
from sklearn import metrics

rng = np.random.default_rng(20240607)


def features():
    mix = 0.4 * rng.normal(size=(6, 6))
    real = (rng.normal(size=(60, 6)) @ mix + 0.5).astype(np.float32)
    synthetic = (0.8 * rng.normal(size=(50, 6)) @ mix + 1.5).astype(np.float32)
    synthetic[:5] = real[:5]  # copies: points exactly on the balls' centres
    return real, synthetic


def fid(x, y):
    s1, s2 = np.cov(x, rowvar=False), np.cov(y, rowvar=False)
    return np.sum((x.mean(0) - y.mean(0)) ** 2) + np.trace(s1 + s2 - 2 * linalg.sqrtm(s1 @ s2).real)


def kid(x, y):
    def kernel(a, b):
        return (a @ b.T / x.shape[1] + 1) ** 3

    n, m = len(x), len(y)
    xx, yy = kernel(x, x), kernel(y, y)
    return ((xx.sum() - np.trace(xx)) / n / (n - 1) + (yy.sum() - np.trace(yy)) / m / (m - 1) - 2 * kernel(x, y).mean())


def prdc(x, y, k):
    radius_x = np.sort(cdist(x, x), axis=1)[:, k]  # column 0 is the record itself
    radius_y = np.sort(cdist(y, y), axis=1)[:, k]
    between = cdist(x, y)
    in_real = between <= radius_x[:, None]
    return {
        "precision": in_real.any(axis=0).mean(),
        "recall": (between <= radius_y[None, :]).any(axis=1).mean(),
        "density": in_real.sum() / k / len(y),
        "coverage": in_real.any(axis=1).mean(),
    }


def classification():
    labels = rng.integers(0, 3, 80)
    scores = np.round(rng.dirichlet([1, 1, 1], 80) + 0.5 * np.eye(3)[labels], 1).astype(np.float32)  # rounded, for ties
    predicted = scores.argmax(1)
    return {
        "labels": labels.tolist(),
        "scores": scores.ravel().astype(float).tolist(),
        "accuracy": metrics.accuracy_score(labels, predicted),
        "balancedAccuracy": metrics.balanced_accuracy_score(labels, predicted),
        "macroAuc": float(np.mean([metrics.roc_auc_score(labels == k, scores[:, k]) for k in range(3)])),
        "confusion": metrics.confusion_matrix(labels, predicted).tolist(),
    }


def bootstrap():
    draws = rng.normal(0.73, 0.05, 400)
    estimate, level = 0.75, 0.9
    z0 = stats.norm.ppf((np.sum(draws < estimate) + 1) / (len(draws) + 2))
    q = stats.norm.cdf(2 * z0 + stats.norm.ppf([(1 - level) / 2, (1 + level) / 2]))
    return {"draws": draws.tolist(), "estimate": estimate, "level": level, "interval": np.quantile(draws, q).tolist()}


def clopper_pearson():
    cases = [(0, 10), (10, 10), (3, 10), (7, 500), (499, 500), (1234, 60000)]
    rows = []
    for k, n in cases:
        lower = 0.0 if k == 0 else stats.beta.ppf(0.025, k, n - k + 1)
        upper = 1.0 if k == n else stats.beta.ppf(0.975, k + 1, n - k)
        rows.append({"k": k, "n": n, "lower": lower, "upper": upper})
    return rows


real, synthetic = features()
wide_real, wide_synthetic = real.astype(float), synthetic.astype(float)
print(json.dumps({
    "real": wide_real.ravel().tolist(),
    "synthetic": wide_synthetic.ravel().tolist(),
    "dimension": 6,
    "fid": fid(wide_real, wide_synthetic),
    "kid": kid(wide_real, wide_synthetic),
    "prdc": {str(k): prdc(wide_real, wide_synthetic, k) for k in (1, 4)},
    "classification": classification(),
    "bootstrap": bootstrap(),
    "clopperPearson": clopper_pearson(),
}, indent=1))
