"""Golden values for Understudy.Torch: what PyTorch gives for every public operator, layer, optimiser and initialiser.

Regenerate with: /usr/bin/python3 tests/Golden/make_operator_goldens.py tests/Golden/operators.pt
(PyTorch 1.13.1; any later one must give the same within the tests' tolerance.)

The file is a nested dictionary, opened by the reader of state dictionaries that it also tests:
  operators   signature -> cases of {args, out, after}; a text argument is its bytes; `after` is the first argument of an in-place operator
  modules     name -> cases of {args by name, before, in, train, after, eval}; before and after are states around a training pass
  optimizers  name -> cases of {args by name, parameters, gradients [step][parameter], out}
  others      name -> whatever the test of that name wants
"""
import sys
from functools import partial

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

SEED = 20240607
rng = np.random.default_rng(SEED)
golden = {"operators": {}, "modules": {}, "optimizers": {}, "others": {"seed": SEED}}


def R(*shape, low=-2.0, high=2.0):
    return torch.from_numpy(rng.uniform(low, high, size=shape).astype(np.float32))


def P(*shape):
    return R(*shape, low=0.2, high=2.0)


def I(*shape, high):
    return torch.from_numpy(rng.integers(0, high, size=shape))


def B(*shape):
    return torch.from_numpy(rng.integers(0, 2, size=shape) == 1)


def copied(value):
    if isinstance(value, torch.Tensor):
        return value.detach().clone(memory_format=torch.contiguous_format)
    if isinstance(value, (list, tuple)):
        return [copied(v) for v in value]
    if isinstance(value, dict):
        return {k: copied(v) for k, v in value.items()}
    return value


def encoded(value):
    if isinstance(value, str):
        return torch.tensor(list(value.encode()), dtype=torch.uint8)
    if isinstance(value, (list, tuple)):
        return [encoded(v) for v in value]
    return copied(value)


def case(signature, function, *args, in_place=False):
    record = {"args": {str(i): encoded(a) for i, a in enumerate(args)}}
    given = copied(args)
    torch.manual_seed(SEED)
    out = function(*given)
    record["out"] = copied(list(out) if isinstance(out, (tuple, list)) else [out])
    if in_place:
        record["after"] = copied(given[0])
    golden["operators"].setdefault(signature, {})[str(len(golden["operators"].get(signature, {})))] = record


F32, F64, I64, BOOL = 6, 7, 4, 11  # DType
NONE, MEAN, SUM = 0, 1, 2  # Reduction
REDUCTIONS = {NONE: "none", MEAN: "mean", SUM: "sum"}
TYPES = {F32: torch.float32, F64: torch.float64, I64: torch.int64, BOOL: torch.bool}


def operators():
    # Arithmetic
    for name, f in {"Addition": torch.add, "Subtraction": torch.sub, "Multiply": torch.mul, "Division": torch.div}.items():
        case(f"Tensor.op_{name}(Tensor, Tensor)", f, R(2, 3), P(3))
        case(f"Tensor.op_{name}(Tensor, Double)", f, R(2, 3), 1.5)
        case(f"Tensor.op_{name}(Double, Tensor)", lambda a, b, f=f: f(torch.tensor(a), b), 1.5, P(2, 3))
        if name != "Division":
            case(f"Tensor.op_{name}(Tensor, Int64)", f, I(2, 3, high=9), 3)
            case(f"Tensor.op_{name}(Int64, Tensor)", lambda a, b, f=f: f(torch.tensor(a), b), 3, I(2, 3, high=9))
    case("Tensor.op_UnaryNegation(Tensor)", torch.neg, R(2, 3))
    case("Tensor.Add(Tensor, Double)", lambda x, y, a: torch.add(x, y, alpha=a), R(2, 3), R(2, 3), 0.3)
    case("Tensor.Pow(Double)", torch.pow, P(2, 3), 2.5)
    case("Tensor.Pow(Tensor)", torch.pow, P(2, 3), R(2, 3))
    case("Tensor.Maximum(Tensor)", torch.maximum, R(2, 3), R(2, 3))
    case("Tensor.Minimum(Tensor)", torch.minimum, R(2, 3), R(2, 3))
    case("Tensor.Clamp(Double, Double)", torch.clamp, R(3, 3), -0.5, 0.75)
    case("Tensor.Lerp(Tensor, Double)", torch.lerp, R(2, 3), R(2, 3), 0.25)
    case("Tensor.Lerp(Tensor, Tensor)", torch.lerp, R(2, 3), R(2, 3), P(2, 3))

    # Elementwise
    for name in ["Abs", "Neg", "Exp", "Expm1", "Square", "Sin", "Cos", "Tanh", "Sigmoid", "Erf", "Floor", "Ceil", "Round", "Sign"]:
        case(f"Tensor.{name}()", getattr(torch, name.lower()), R(3, 4))
    for name in ["Log", "Log1p", "Sqrt", "Rsqrt", "Reciprocal"]:
        case(f"Tensor.{name}()", getattr(torch, name.lower()), P(3, 4))
    odd = torch.tensor([0.0, float("nan"), float("inf"), -float("inf"), 1.0])
    case("Tensor.IsNaN()", torch.isnan, odd)
    case("Tensor.IsFinite()", torch.isfinite, odd)

    # Comparison
    halves = torch.tensor([[0.5, 1.0, -1.0], [0.0, 0.5, 2.0]])
    for name in ["Eq", "Ne", "Gt", "Ge", "Lt", "Le"]:
        case(f"Tensor.{name}(Tensor)", getattr(torch, name.lower()), halves, halves.flip(0))
        case(f"Tensor.{name}(Double)", getattr(torch, name.lower()), halves, 0.5)
    case("Tensor.LogicalNot()", torch.logical_not, B(5))
    case("Tensor.LogicalAnd(Tensor)", torch.logical_and, B(8), B(8))
    case("Tensor.LogicalOr(Tensor)", torch.logical_or, B(8), B(8))
    case("Tensor.Where(Tensor, Tensor, Tensor)", torch.where, B(2, 3), R(2, 3), R(3))
    case("Tensor.MaskedFill(Tensor, Double)", torch.masked_fill, R(2, 3), B(2, 3), -7.0)

    # Creation; draws are from the generator seeded with SEED
    case("Tensor.Zeros(Int64[], DType, Device?)", lambda s, d: torch.zeros(s, dtype=TYPES[d]), [2, 3], I64)
    case("Tensor.Ones(Int64[], DType, Device?)", lambda s, d: torch.ones(s, dtype=TYPES[d]), [2, 3], BOOL)
    case("Tensor.Full(Int64[], Double, DType, Device?)", lambda s, v, d: torch.full(s, v, dtype=TYPES[d]), [2, 3], 2.5, F64)
    case("Tensor.Arange(Double, Double, Double, DType, Device?)", lambda a, b, c, d: torch.arange(a, b, c, dtype=TYPES[d]), 1.0, 5.0, 0.75, F32)
    case("Tensor.Linspace(Double, Double, Int64, DType, Device?)", lambda a, b, n, d: torch.linspace(a, b, n, dtype=TYPES[d]), -1.0, 1.0, 7, F32)
    case("Tensor.Eye(Int64, DType, Device?)", lambda n, d: torch.eye(n, dtype=TYPES[d]), 3, F32)
    case("Tensor.Rand(Int64[], DType, Device?)", lambda s, d: torch.rand(s, dtype=TYPES[d]), [3, 7], F32)
    case("Tensor.RandN(Int64[], DType, Device?)", lambda s, d: torch.randn(s, dtype=TYPES[d]), [3, 7], F32)
    case("Tensor.RandInt(Int64, Int64, Int64[], DType, Device?)", lambda a, b, s, d: torch.randint(a, b, s, dtype=TYPES[d]), -3, 9, [3, 7], I64)
    case("Tensor.RandPerm(Int64, DType, Device?)", lambda n, d: torch.randperm(n, dtype=TYPES[d]), 11, I64)
    for name, f in {"ZerosLike": torch.zeros_like, "OnesLike": torch.ones_like, "RandLike": torch.rand_like, "RandNLike": torch.randn_like}.items():
        case(f"Tensor.{name}(Tensor)", f, R(2, 3))
    certain = torch.tensor([[0.0, 1.0, 0.0], [2.0, 0.0, 0.0]])
    case("Tensor.Multinomial(Int64, Boolean)", torch.multinomial, certain, 4, True)

    # In place
    inplace = partial(case, in_place=True)
    inplace("Tensor.AddInPlace(Tensor, Double)", lambda x, y, a: x.add_(y, alpha=a), R(2, 3), R(3), -0.5)
    inplace("Tensor.AddInPlace(Double)", lambda x, a: x.add_(a), R(2, 3), -0.5)
    inplace("Tensor.AddInPlace(Int64)", lambda x, a: x.add_(a), I(2, 3, high=9), 4)
    inplace("Tensor.SubInPlace(Tensor)", lambda x, y: x.sub_(y), R(2, 3), R(3))
    inplace("Tensor.MulInPlace(Tensor)", lambda x, y: x.mul_(y), R(2, 3), R(3))
    inplace("Tensor.MulInPlace(Double)", lambda x, a: x.mul_(a), R(2, 3), -0.5)
    inplace("Tensor.DivInPlace(Tensor)", lambda x, y: x.div_(y), R(2, 3), P(3))
    inplace("Tensor.CopyFrom(Tensor)", lambda x, y: x.copy_(y), R(2, 3), I(3, high=9))
    inplace("Tensor.Fill(Double)", lambda x, a: x.fill_(a), R(2, 3), -0.5)
    inplace("Tensor.Zero()", lambda x: x.zero_(), R(2, 3))
    inplace("Tensor.ClampInPlace(Double, Double)", lambda x, a, b: x.clamp_(a, b), R(3, 3), -0.5, 0.75)
    inplace("Tensor.LerpInPlace(Tensor, Double)", lambda x, y, a: x.lerp_(y, a), R(2, 3), R(2, 3), 0.75)
    inplace("Tensor.FillNormal(Double, Double)", lambda x, a, b: x.normal_(a, b), R(3, 7), 1.0, 0.5)
    inplace("Tensor.FillUniform(Double, Double)", lambda x, a, b: x.uniform_(a, b), R(3, 7), -1.0, 3.0)
    inplace("Tensor.FillBernoulli(Double)", lambda x, a: x.bernoulli_(a), R(3, 7), 1.0)

    # Indexing
    case("Tensor.Narrow(Int64, Int64, Int64)", torch.narrow, R(3, 4), 1, 1, 2)
    case("Tensor.Select(Int64, Int64)", torch.select, R(3, 4), 1, -1)
    case("Tensor.IndexSelect(Int64, Tensor)", torch.index_select, R(3, 4), 1, I(5, high=4))
    case("Tensor.Gather(Int64, Tensor)", torch.gather, R(3, 4), 1, I(3, 2, high=4))
    case("Tensor.Scatter(Int64, Tensor, Double)", torch.scatter, R(3, 4), 1, I(3, 2, high=4), 9.0)
    case("Tensor.ScatterAdd(Int64, Tensor, Tensor)", torch.scatter_add, R(3, 4), 1, I(3, 2, high=4), R(3, 2))
    case("Tensor.Index(Tensor[])", lambda x, i: x[i[0], i[1]], R(3, 4), [I(5, high=3), I(5, high=4)])
    case("Tensor.MaskedSelect(Tensor)", torch.masked_select, R(3, 4), B(3, 4))
    case("Tensor.OneHot(Int64)", F.one_hot, I(5, high=4), 4)
    case("Tensor.Nonzero()", torch.nonzero, I(3, 4, high=2))
    case("Tensor.Triu(Int64)", torch.triu, R(4, 4), 1)
    case("Tensor.Tril(Int64)", torch.tril, R(4, 4), -1)
    case("Tensor.Diagonal()", torch.diagonal, R(3, 4))

    # Linear algebra
    case("Tensor.MatMul(Tensor)", torch.matmul, R(2, 3, 4), R(4, 5))
    case("Tensor.Bmm(Tensor)", torch.bmm, R(2, 3, 4), R(2, 4, 5))
    case("Tensor.AddMm(Tensor, Tensor)", torch.addmm, R(5), R(3, 4), R(4, 5))
    case("Tensor.Einsum(String, Tensor[])", lambda e, x: torch.einsum(e, x), "bij,bjk->bik", [R(2, 3, 4), R(2, 4, 5)])
    case("Tensor.Cdist(Tensor, Double)", torch.cdist, R(3, 4), R(5, 4), 1.0)
    case("Tensor.Cdist(Tensor, Double)", torch.cdist, R(3, 4), R(5, 4), 2.0)
    case("Tensor.Dot(Tensor)", torch.dot, R(5), R(5))
    case("Tensor.Outer(Tensor)", torch.outer, R(3), R(4))

    # Reductions and orderings
    for name in ["Sum", "Mean", "Max", "Min"]:
        case(f"Tensor.{name}()", getattr(torch, name.lower()), R(3, 4))
    for name in ["Sum", "Mean", "Amax", "Amin", "LogSumExp"]:
        case(f"Tensor.{name}(Int64[], Boolean)", getattr(torch, name.lower()), R(3, 4, 5), [0, 2], True)
    for name in ["Var", "Std"]:
        case(f"Tensor.{name}(Int64[], Boolean, Boolean)", getattr(torch, name.lower()), R(3, 4), [1], False, True)
        case(f"Tensor.{name}(Int64[], Boolean, Boolean)", getattr(torch, name.lower()), R(3, 4), [0], True, False)
    for name in ["Max", "Min", "ArgMax", "ArgMin"]:
        case(f"Tensor.{name}(Int64, Boolean)", getattr(torch, name.lower()), R(3, 4), 1, False)
    case("Tensor.Norm(Int64[], Double, Boolean)", lambda x, d, p, k: torch.norm(x, p, d, k), R(3, 4), [1], 2.0, False)
    case("Tensor.Norm(Int64[], Double, Boolean)", lambda x, d, p, k: torch.norm(x, p, d, k), R(3, 4), [0, 1], 1.0, True)
    case("Tensor.CumSum(Int64)", torch.cumsum, R(3, 4), 1)
    case("Tensor.Any()", torch.any, B(5))
    case("Tensor.All()", torch.all, B(5))
    case("Tensor.TopK(Int64, Int64, Boolean)", torch.topk, R(3, 6), 2, 1, False)
    case("Tensor.Sort(Int64, Boolean)", torch.sort, R(3, 6), 0, True)
    case("Tensor.ArgSort(Int64, Boolean)", torch.argsort, R(3, 6), 1, True)

    # Shaping
    case("Tensor.Reshape(Int64[])", lambda x, s: x.reshape(s), R(3, 4), [2, -1])
    case("Tensor.View(Int64[])", lambda x, s: x.view(s), R(3, 4), [2, 6])
    case("Tensor.Transpose(Int64, Int64)", torch.transpose, R(2, 3, 4), 0, 2)
    case("Tensor.Permute(Int64[])", lambda x, d: x.permute(d), R(2, 3, 4), [1, 2, 0])
    case("Tensor.Squeeze()", torch.squeeze, R(1, 3, 1))
    case("Tensor.Squeeze(Int64)", torch.squeeze, R(1, 3, 1), 0)
    case("Tensor.Unsqueeze(Int64)", torch.unsqueeze, R(3, 2), 1)
    case("Tensor.Expand(Int64[])", lambda x, s: x.expand(s), R(3, 1), [2, -1, 4])
    case("Tensor.Flatten(Int64, Int64)", torch.flatten, R(2, 3, 4, 2), 1, 2)
    case("Tensor.Unflatten(Int64, Int64[])", lambda x, d, s: x.unflatten(d, s), R(2, 6), -1, [2, 3])
    case("Tensor.AsStrided(Int64[], Int64[], Int64)", torch.as_strided, R(12), [2, 3], [1, 2], 3)
    case("Tensor.Contiguous(MemoryFormat)", lambda x, f: x, R(2, 3, 4, 5), 2)
    case("Tensor.Clone()", torch.clone, R(3))
    case("Tensor.Cat(Tensor[], Int64)", torch.cat, [R(2, 3), R(2, 1)], 1)
    case("Tensor.Stack(Tensor[], Int64)", torch.stack, [R(2, 3), R(2, 3)], 1)
    case("Tensor.Split(Int64, Int64)", torch.split, R(5, 2), 2, 0)
    case("Tensor.Chunk(Int64, Int64)", torch.chunk, R(2, 5), 2, 1)
    case("Tensor.Unbind(Int64)", torch.unbind, R(2, 3), 1)
    case("Tensor.Repeat(Int64[])", lambda x, t: x.repeat(t), R(2, 3), [2, 1, 2])
    case("Tensor.Flip(Int64[])", torch.flip, R(2, 3), [0, 1])
    case("Tensor.Roll(Int64[], Int64[])", torch.roll, R(3, 4), [1, -1], [0, 1])
    case("Tensor.Pad(Int64[], String, Double)", F.pad, R(2, 3), [1, 2, 0, 1], "constant", 0.5)
    case("Tensor.Pad(Int64[], String, Double)", lambda x, p, m, v: F.pad(x, p, m), R(1, 2, 3, 4), [1, 2, 1, 0], "reflect", 0.0)
    case("Tensor.To(DType)", lambda x, d: x.to(TYPES[d]), R(2, 3), I64)
    case("Tensor.Detach()", torch.detach, R(2))

    functional()


def functional():
    f = "Functional."
    case(f + "Convolution(Tensor, Tensor, Tensor, Int64[], Int64[], Int64[], Int64)", F.conv1d, R(2, 4, 7), R(6, 2, 3), R(6), [2], [1], [1], 2)
    case(f + "Convolution(Tensor, Tensor, Tensor, Int64[], Int64[], Int64[], Int64)", F.conv2d, R(2, 3, 6, 5), R(4, 3, 3, 2), None, [2, 1], [1, 0], [1, 2], 1)
    case(f + "Convolution(Tensor, Tensor, Tensor, Int64[], Int64[], Int64[], Int64)", F.conv3d, R(1, 2, 4, 4, 4), R(3, 2, 2, 2, 2), R(3), [1, 1, 2], [0, 1, 0], [1, 1, 1], 1)

    def transposed(function):
        return lambda x, w, b, s, p, o, d, g: function(x, w, b, s, p, o, g, d)

    t = f + "ConvolutionTranspose(Tensor, Tensor, Tensor, Int64[], Int64[], Int64[], Int64[], Int64)"
    case(t, transposed(F.conv_transpose2d), R(2, 3, 4, 5), R(3, 2, 4, 4), R(2), [2, 2], [1, 1], [0, 0], [1, 1], 1)
    case(t, transposed(F.conv_transpose2d), R(2, 2, 3, 3), R(2, 16, 3, 3), R(32), [2, 2], [1, 0], [1, 0], [1, 2], 2)
    case(t, transposed(F.conv_transpose3d), R(1, 2, 3, 3, 2), R(2, 16, 3, 3, 3), None, [2, 1, 2], [1, 0, 1], [1, 0, 0], [1, 1, 1], 1)

    case(f + "Relu(Tensor)", F.relu, R(3, 4))
    case(f + "LeakyRelu(Tensor, Double)", F.leaky_relu, R(3, 4), 0.2)
    case(f + "Elu(Tensor, Double)", F.elu, R(3, 4), 0.7)
    case(f + "Gelu(Tensor)", F.gelu, R(3, 4))
    case(f + "Silu(Tensor)", F.silu, R(3, 4))
    case(f + "Softplus(Tensor)", F.softplus, R(3, 4, low=-30, high=30))
    case(f + "LogSigmoid(Tensor)", F.logsigmoid, R(3, 4, low=-30, high=30))
    case(f + "Softmax(Tensor, Int64)", F.softmax, R(3, 4), 0)
    case(f + "LogSoftmax(Tensor, Int64)", F.log_softmax, R(3, 4), -1)

    case(f + "Linear(Tensor, Tensor, Tensor)", F.linear, R(2, 3, 4), R(5, 4), R(5))
    case(f + "Embedding(Tensor, Tensor)", lambda w, i: F.embedding(i, w), R(7, 3), I(2, 4, high=7))
    case(f + "Dropout(Tensor, Double, Boolean)", F.dropout, R(3, 4), 0.5, False)
    case(f + "Dropout(Tensor, Double, Boolean)", F.dropout, R(3, 4), 0.0, True)

    def batch_norm(x, mean, var, weight, bias, training, momentum, eps):
        return F.batch_norm(x, mean, var, weight, bias, training, momentum, eps)

    n = f + "BatchNorm(Tensor, Tensor, Tensor, Tensor, Tensor, Boolean, Double, Double)"
    case(n, batch_norm, R(4, 3, 2, 2), R(3), P(3), R(3), R(3), False, 0.1, 1e-5)
    case(n, batch_norm, R(4, 3), None, None, R(3), R(3), True, 0.1, 1e-3)
    case(f + "GroupNorm(Tensor, Int64, Tensor, Tensor, Double)", F.group_norm, R(2, 6, 3), 2, R(6), R(6), 1e-5)
    case(f + "LayerNorm(Tensor, Int64[], Tensor, Tensor, Double)", F.layer_norm, R(2, 3, 4), [3, 4], R(3, 4), R(3, 4), 1e-5)
    case(f + "InstanceNorm(Tensor, Tensor, Tensor, Double)", lambda x, w, b, e: F.instance_norm(x, weight=w, bias=b, eps=e), R(2, 3, 4, 4), R(3), R(3), 1e-5)

    def attention(q, k, v, mask, dropout):
        scores = q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5
        return F.softmax(scores if mask is None else scores + mask, -1) @ v

    mask = torch.triu(torch.full((4, 4), -float("inf")), 1)
    case(f + "ScaledDotProductAttention(Tensor, Tensor, Tensor, Tensor, Double)", attention, R(2, 4, 3), R(2, 4, 3), R(2, 4, 3), mask, 0.0)
    case(f + "ScaledDotProductAttention(Tensor, Tensor, Tensor, Tensor, Double)", attention, R(2, 4, 3), R(2, 5, 3), R(2, 5, 3), None, 0.0)
    case(f + "CausalMask(Int64, DType, Device?)", lambda n, d: torch.triu(torch.full((n, n), -float("inf")), 1), 4, F32)

    pool = "(Tensor, Int64[], Int64[], Int64[])"
    case(f + "MaxPool" + pool, F.max_pool2d, R(2, 3, 6, 5), [3, 2], [2, 2], [1, 0])
    case(f + "MaxPool" + pool, F.max_pool3d, R(1, 2, 4, 4, 4), [2, 2, 2], [2, 1, 2], [0, 0, 1])
    case(f + "AvgPool" + pool, F.avg_pool2d, R(2, 3, 6, 5), [3, 2], [2, 2], [1, 0])
    case(f + "AvgPool" + pool, F.avg_pool3d, R(1, 2, 4, 4, 4), [2, 2, 2], [2, 1, 2], [0, 0, 1])
    case(f + "AdaptiveAvgPool(Tensor, Int64[])", F.adaptive_avg_pool2d, R(2, 3, 6, 5), [2, 3])
    case(f + "AdaptiveAvgPool(Tensor, Int64[])", F.adaptive_avg_pool3d, R(1, 2, 4, 4, 4), [1, 3, 2])
    case(f + "UpsampleNearest(Tensor, Double)", lambda x, s: F.interpolate(x, scale_factor=s), R(2, 3, 3, 4), 2.0)
    case(f + "UpsampleNearest(Tensor, Double)", lambda x, s: F.interpolate(x, scale_factor=s), R(1, 2, 3, 2, 2), 1.5)
    case(f + "UpsampleLinear(Tensor, Double)", lambda x, s: F.interpolate(x, scale_factor=s, mode="bilinear"), R(2, 3, 3, 4), 2.0)
    case(f + "UpsampleLinear(Tensor, Double)", lambda x, s: F.interpolate(x, scale_factor=s, mode="trilinear"), R(1, 2, 3, 2, 2), 2.0)
    case(f + "ResizeLinear(Tensor, Int64[])", lambda x, s: F.interpolate(x, s, mode="bilinear"), R(2, 3, 5, 4), [3, 7])
    waves = torch.linspace(-9, 9, 120).reshape(2, 3, 5, 4).sin()
    case(f + "ResizeCubic(Tensor, Int64[])", lambda x, s: F.interpolate(x, s, mode="bicubic"), waves, [3, 7])
    case(f + "ResizeCubic(Tensor, Int64[])", lambda x, s: F.interpolate(x, s, mode="bicubic"), waves, [20, 16])
    case(f + "PixelShuffle(Tensor, Int64)", F.pixel_shuffle, R(2, 8, 2, 3), 2)

    for reduction, word in REDUCTIONS.items():
        def loss(function, word=word):
            return lambda x, y, r: function(x, y, reduction=word)

        case(f + "MeanSquaredError(Tensor, Tensor, Reduction)", loss(F.mse_loss), R(3, 4), R(3, 4), reduction)
        case(f + "L1(Tensor, Tensor, Reduction)", loss(F.l1_loss), R(3, 4), R(3, 4), reduction)
        case(f + "SmoothL1(Tensor, Tensor, Reduction, Double)", lambda x, y, r, b, word=word: F.smooth_l1_loss(x, y, reduction=word, beta=b), R(3, 4), R(3, 4), reduction, 0.5)
        case(f + "BinaryCrossEntropyWithLogits(Tensor, Tensor, Reduction)", loss(F.binary_cross_entropy_with_logits), R(3, 4, low=-30, high=30), R(3, 4, low=0, high=1), reduction)
        case(f + "BinaryCrossEntropyWithLogits(Tensor, Double, Reduction)", lambda x, t, r, word=word: F.binary_cross_entropy_with_logits(x, torch.full_like(x, t), reduction=word), R(3, 4), 0.9, reduction)
        case(f + "CrossEntropy(Tensor, Tensor, Reduction, Double)", lambda x, y, r, s, word=word: F.cross_entropy(x, y, reduction=word, label_smoothing=s), R(5, 4), I(5, high=4), reduction, 0.1)
        case(f + "NegativeLogLikelihood(Tensor, Tensor, Reduction)", loss(F.nll_loss), R(5, 4, 2, high=0), I(5, 2, high=4), reduction)
        case(f + "GaussianNegativeLogLikelihood(Tensor, Tensor, Tensor, Reduction)", lambda m, t, v, r, word=word: F.gaussian_nll_loss(m, t, v, reduction=word), R(3, 4), R(3, 4), P(3, 4), reduction)
    case(f + "KlDivergence(Tensor, Tensor)", lambda q, p: F.kl_div(q, p, reduction="batchmean"), F.log_softmax(R(3, 4), 1), F.softmax(R(3, 4), 1))

    def spectral_normalize(weight, left, right, transposed):
        matrix = (weight.transpose(0, 1) if transposed else weight).flatten(1)
        return weight / (left @ matrix @ right)

    case(f + "Rows(Tensor, Int64, Int64)", lambda w, start, length: w[start : start + length], R(5, 3), 1, 2)
    case(f + "SpectralNormalize(Tensor, Tensor, Tensor, Boolean)", spectral_normalize, P(4, 3, 2, 2), P(4), P(12), False)
    case(f + "SpectralNormalize(Tensor, Tensor, Tensor, Boolean)", spectral_normalize, P(4, 3, 2), P(3), P(8), True)


def module(name, args, make, *inputs, call=None):
    """make() draws its parameters as the C# constructor must; then every parameter and buffer is made different from its start."""
    torch.manual_seed(SEED)
    m = make()
    record = {"args": args, "initial": copied(m.state_dict()), "in": {str(i): copied(x) for i, x in enumerate(inputs)}}
    with torch.no_grad():
        for p in m.parameters():
            p.copy_(R(*p.shape))
    call = call or (lambda m, *x: m(*x))
    record["before"] = copied(m.state_dict())
    m.train()
    record["train"] = copied(call(m, *inputs))
    record["after"] = copied(m.state_dict())
    m.eval()
    record["eval"] = copied(call(m, *inputs))
    cases = golden["modules"].setdefault(name, {})
    cases[str(len(cases))] = record


def modules():
    module("Linear", {"inputs": 4, "outputs": 3}, lambda: nn.Linear(4, 3), R(2, 4))
    module("Linear", {"inputs": 4, "outputs": 3, "bias": False}, lambda: nn.Linear(4, 3, bias=False), R(2, 5, 4))
    module("Conv1d", {"inputs": 4, "outputs": 6, "kernel": 3, "stride": 2, "padding": 1, "dilation": 2, "groups": 2}, lambda: nn.Conv1d(4, 6, 3, 2, 1, 2, 2), R(2, 4, 9))
    module("Conv2d", {"inputs": 3, "outputs": 4, "kernel": 4, "stride": 2, "padding": 1, "bias": False}, lambda: nn.Conv2d(3, 4, 4, 2, 1, bias=False), R(2, 3, 6, 6))
    module("Conv3d", {"inputs": 2, "outputs": 3, "kernel": 2}, lambda: nn.Conv3d(2, 3, 2), R(1, 2, 3, 3, 3))
    module("ConvTranspose2d", {"inputs": 4, "outputs": 6, "kernel": 3, "stride": 2, "padding": 1, "outputPadding": 1, "dilation": 1, "groups": 2}, lambda: nn.ConvTranspose2d(4, 6, 3, 2, 1, 1, 2), R(2, 4, 3, 3))
    module("ConvTranspose3d", {"inputs": 2, "outputs": 3, "kernel": 4, "stride": 2, "padding": 1}, lambda: nn.ConvTranspose3d(2, 3, 4, 2, 1), R(1, 2, 2, 2, 2))
    module("BatchNorm1d", {"channels": 3}, lambda: nn.BatchNorm1d(3), R(5, 3))
    module("BatchNorm1d", {"channels": 3, "momentum": 0.3}, lambda: nn.BatchNorm1d(3, momentum=0.3), R(5, 3, 4))
    module("BatchNorm2d", {"channels": 3, "epsilon": 0.01}, lambda: nn.BatchNorm2d(3, eps=0.01), R(2, 3, 4, 4))
    module("BatchNorm3d", {"channels": 2}, lambda: nn.BatchNorm3d(2), R(2, 2, 3, 3, 3))
    module("GroupNorm", {"groups": 2, "channels": 4}, lambda: nn.GroupNorm(2, 4), R(2, 4, 3, 3))
    module("LayerNorm", {"shape": [3, 4]}, lambda: nn.LayerNorm([3, 4]), R(2, 3, 4))
    module("InstanceNorm", {"channels": 3}, lambda: nn.InstanceNorm2d(3), R(2, 3, 4, 4))
    module("InstanceNorm", {"channels": 3, "affine": True}, lambda: nn.InstanceNorm1d(3, affine=True), R(2, 3, 4))
    module("Embedding", {"count": 7, "features": 3}, lambda: nn.Embedding(7, 3), I(2, 4, high=7))
    attention = partial(nn.MultiheadAttention, batch_first=True)
    module("MultiheadAttention", {"features": 6, "heads": 2}, lambda: attention(6, 2), R(2, 4, 6), call=lambda m, x: m(x, x, x)[0])
    module("Dropout", {"probability": 0.0}, lambda: nn.Dropout(0.0), R(3, 4))
    module("MaxPool2d", {"kernel": 3, "stride": 2, "padding": 1}, lambda: nn.MaxPool2d(3, 2, 1), R(2, 3, 6, 6))
    module("MaxPool3d", {"kernel": 2}, lambda: nn.MaxPool3d(2), R(1, 2, 4, 4, 4))
    module("AvgPool2d", {"kernel": 2}, lambda: nn.AvgPool2d(2), R(2, 3, 6, 6))
    module("AvgPool3d", {"kernel": 3, "stride": 1, "padding": 1}, lambda: nn.AvgPool3d(3, 1, 1), R(1, 2, 4, 4, 4))
    module("AdaptiveAvgPool2d", {"size": 2}, lambda: nn.AdaptiveAvgPool2d(2), R(2, 3, 5, 4))
    module("AdaptiveAvgPool3d", {}, lambda: nn.AdaptiveAvgPool3d(1), R(1, 2, 4, 4, 4))
    module("Upsample", {}, lambda: nn.Upsample(scale_factor=2), R(1, 2, 3, 3))
    module("Upsample", {"scale": 2.0, "mode": 1}, lambda: nn.Upsample(scale_factor=2, mode="bilinear"), R(1, 2, 3, 3))
    module("PixelShuffle", {"factor": 2}, lambda: nn.PixelShuffle(2), R(1, 8, 2, 2))
    module("ReflectionPad2d", {"padding": 2}, lambda: nn.ReflectionPad2d(2), R(1, 2, 3, 4))
    module("Flatten", {}, lambda: nn.Flatten(), R(2, 3, 4))
    module("Reshape", {"shape": [3, 2]}, lambda: nn.Unflatten(1, (3, 2)), R(2, 6))
    module("ReLU", {}, lambda: nn.ReLU(), R(3, 4))
    module("LeakyReLU", {"slope": 0.2}, lambda: nn.LeakyReLU(0.2), R(3, 4))
    module("ELU", {"alpha": 0.5}, lambda: nn.ELU(0.5), R(3, 4))
    module("GELU", {}, lambda: nn.GELU(), R(3, 4))
    module("SiLU", {}, lambda: nn.SiLU(), R(3, 4))
    module("Tanh", {}, lambda: nn.Tanh(), R(3, 4))
    module("Sigmoid", {}, lambda: nn.Sigmoid(), R(3, 4))
    module("Softplus", {}, lambda: nn.Softplus(), R(3, 4))
    module("Softmax", {"dimension": 0}, lambda: nn.Softmax(0), R(3, 4))
    # Those that take modules are made by the test.
    module("Sequential", {}, lambda: nn.Sequential(nn.Linear(4, 3), nn.Tanh(), nn.Linear(3, 2)), R(2, 4))
    spectral = nn.utils.spectral_norm
    module("SpectralNorm", {}, lambda: spectral(nn.Linear(4, 3)), R(2, 4))
    module("SpectralNorm", {}, lambda: spectral(nn.Conv2d(2, 3, 3, bias=False)), R(1, 2, 4, 4))
    module("SpectralNorm", {}, lambda: spectral(nn.ConvTranspose2d(2, 3, 3)), R(1, 2, 4, 4))
    module("GRU", {"inputs": 4, "units": 3}, lambda: nn.GRU(4, 3, batch_first=True), R(2, 5, 4), call=lambda m, x: m(x)[0])


def optimizer(name, args, make, steps=20):
    """The second parameter has no gradient in every third step."""
    parameters = [R(3, 4).requires_grad_(), R(5).requires_grad_()]
    record = {"args": args, "parameters": copied(parameters), "gradients": {}}
    o = make(parameters)
    for step in range(steps):
        gradients = [R(3, 4), R(5)]
        if step % 3 == 2:
            gradients.pop()
        record["gradients"][str(step)] = copied(gradients)
        o.zero_grad(set_to_none=True)
        for p, g in zip(parameters, gradients):
            p.grad = g.clone()
        o.step()
    record["out"] = copied(parameters)
    cases = golden["optimizers"].setdefault(name, {})
    cases[str(len(cases))] = record


def optimizers():
    optim = torch.optim
    optimizer("Sgd", {"learningRate": 0.05}, lambda p: optim.SGD(p, 0.05))
    optimizer("Sgd", {"learningRate": 0.05, "momentum": 0.9, "weightDecay": 0.01}, lambda p: optim.SGD(p, 0.05, 0.9, weight_decay=0.01))
    optimizer("Sgd", {"learningRate": 0.05, "momentum": 0.8, "nesterov": True}, lambda p: optim.SGD(p, 0.05, 0.8, nesterov=True))
    optimizer("Adam", {"learningRate": 0.02, "beta1": 0.5}, lambda p: optim.Adam(p, 0.02, (0.5, 0.999)))
    optimizer("Adam", {"learningRate": 0.02, "beta1": 0.0, "beta2": 0.9, "epsilon": 0.001, "weightDecay": 0.1}, lambda p: optim.Adam(p, 0.02, (0.0, 0.9), 0.001, 0.1))
    optimizer("AdamW", {"learningRate": 0.02, "weightDecay": 0.3}, lambda p: optim.AdamW(p, 0.02, weight_decay=0.3))
    optimizer("RmsProp", {"learningRate": 0.02}, lambda p: optim.RMSprop(p, 0.02))
    optimizer("RmsProp", {"learningRate": 0.02, "alpha": 0.9, "epsilon": 0.001, "weightDecay": 0.1}, lambda p: optim.RMSprop(p, 0.02, 0.9, 0.001, 0.1))


def others():
    def rates(make, steps=20):
        o = torch.optim.SGD([torch.zeros(1, requires_grad=True)], 0.5)
        s = make(o)
        out = []
        for _ in range(steps):
            out.append(o.param_groups[0]["lr"])
            o.step()
            s.step()
        return torch.tensor(out, dtype=torch.float64)

    schedulers = torch.optim.lr_scheduler
    golden["others"]["rates"] = {
        "step": rates(lambda o: schedulers.StepLR(o, 4, 0.5)),
        "exponential": rates(lambda o: schedulers.ExponentialLR(o, 0.8)),
        "cosine": rates(lambda o: schedulers.CosineAnnealingLR(o, 19, 0.05)),
        "warmup": rates(lambda o: schedulers.LinearLR(o, 0.2, 1.0, 4)),
        "decay": rates(lambda o: schedulers.LambdaLR(o, lambda s: 1 if s < 5 else max(0, (15 - s) / 10))),
    }

    parameters = [R(3, 4), R(5)]
    gradients = [R(3, 4), R(5)]
    clipping = golden["others"]["clipping"] = {"gradients": copied(gradients)}
    for name, clip in {"norm": lambda p: nn.utils.clip_grad_norm_(p, 1.5), "loose": lambda p: nn.utils.clip_grad_norm_(p, 100.0), "value": lambda p: nn.utils.clip_grad_value_(p, 0.5)}.items():
        for p, g in zip(parameters, gradients):
            p.grad = g.clone()
        norm = clip(parameters)
        clipping[name] = {"out": [p.grad.clone() for p in parameters], "norm": norm}

    init = nn.init
    draws = golden["others"]["initializers"] = {}
    for name, fill in {
        "Normal": lambda w: init.normal_(w, 0.5, 2.0),
        "Uniform": lambda w: init.uniform_(w, -3.0, 1.0),
        "XavierUniform": lambda w: init.xavier_uniform_(w, 1.5),
        "XavierNormal": lambda w: init.xavier_normal_(w, 1.5),
        "KaimingUniform": lambda w: init.kaiming_uniform_(w, 0.2),
        "KaimingNormal": lambda w: init.kaiming_normal_(w, 0.2),
        "Orthogonal": lambda w: init.orthogonal_(w, 1.5),
    }.items():
        torch.manual_seed(SEED)
        draws[name] = fill(torch.empty(4, 3, 2, 2)).clone()

    cross = nn.MultiheadAttention(6, 3, batch_first=True).eval()
    q, k, v, mask = R(2, 4, 6), R(2, 5, 6), R(2, 5, 6), R(4, 5)
    golden["others"]["cross"] = {"state": copied(cross.state_dict()), "in": [q, k, v, mask], "out": copied(cross(q, k, v, attn_mask=mask)[0])}


operators()
modules()
optimizers()
others()
torch.save(golden, sys.argv[1])
