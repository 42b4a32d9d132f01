namespace Understudy.Torch;

/// <content>Attention.</content>
public static partial class Functional
{
    /// <summary>softmax(Q Kᵀ/√d + mask) V (Vaswani et al. 2017, equation 1).</summary>
    /// <param name="query">Q, […, T, d].</param>
    /// <param name="key">K, […, S, d].</param>
    /// <param name="value">V, […, S, e].</param>
    /// <param name="mask">Added to the scores, broadcast to […, T, S]: 0 lets a query attend, -∞ forbids it. Null lets all.</param>
    /// <param name="dropout">Probability with which an attention weight is dropped.</param>
    /// <returns>[…, T, e].</returns>
    public static Tensor ScaledDotProductAttention(Tensor query, Tensor key, Tensor value, Tensor? mask = null, double dropout = 0)
    {
        var scores = (query * (1 / Math.Sqrt(query.Size(-1)))).MatMul(key.Transpose(-2, -1)); // […, T, S]
        var weights = Softmax(mask is null ? scores : scores + mask);
        return Dropout(weights, dropout, dropout > 0).MatMul(value);
    }

    /// <summary>The mask [length, length] that lets a position attend to itself and those before it.</summary>
    public static Tensor CausalMask(long length, DType dtype = DType.Float32, Device? device = null) =>
        Tensor.Full([length, length], double.NegativeInfinity, dtype, device).Triu(1);
}
