using System.Globalization;
using System.Text;

namespace Understudy.Torch;

/// <summary>Shows a tensor in one line: type, shape, device and its first elements.</summary>
internal static class TensorPrinter
{
    private const int Shown = 6;

    internal static string Print(Tensor tensor)
    {
        using var scope = new TensorScope();
        using var noGrad = Autograd.NoGrad();
        var text = new StringBuilder($"{tensor.DType}[{string.Join(", ", tensor.Shape)}]");
        if (tensor.Device != Device.Cpu) text.Append(' ').Append(tensor.Device);
        if (tensor.RequiresGrad) text.Append(" requires grad");
        var first = tensor.Reshape(-1).Narrow(0, 0, Math.Min(Shown, tensor.Count)).To(DType.Float64).ToArray<double>();
        text.Append(" {").AppendJoin(", ", first.Select(v => v.ToString("G4", CultureInfo.InvariantCulture)));
        return text.Append(tensor.Count > Shown ? ", …}" : "}").ToString();
    }
}
