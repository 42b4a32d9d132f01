namespace Understudy.Privacy.Accounting.Rdp;

/// <summary>The Rényi orders that are tried first.</summary>
internal static class RdpOrders
{
    /// <summary>1.1 to 10.9 in steps of 0.1, 11 to 63, and powers of two up to 2²⁰.</summary>
    public static readonly IReadOnlyList<double> Default =
    [
        .. Enumerable.Range(11, 99).Select(i => i / 10.0),
        .. Enumerable.Range(11, 53).Select(i => (double)i),
        .. Enumerable.Range(7, 14).Select(i => Math.ScaleB(1, i)),
    ];
}
