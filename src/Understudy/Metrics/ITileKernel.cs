namespace Understudy.Metrics;

/// <summary>
/// The arithmetic of <see cref="PairwiseDistances"/> for one type of value: a squared distance is the query's offset plus the
/// reference's offset plus <see cref="Scale"/> times an accumulated product.
/// </summary>
internal interface ITileKernel<T> where T : unmanaged
{
    /// <summary>Packed rows are padded with zeros to a multiple of this many values.</summary>
    static abstract int Lanes { get; }

    /// <summary>Factor of the accumulated product.</summary>
    static abstract double Scale { get; }

    /// <summary>Copies a row into its packed form and returns its offset.</summary>
    static abstract double PackQuery(ReadOnlySpan<T> row, Span<T> packed);

    /// <summary>Copies a row into its packed form and returns its offset.</summary>
    static abstract double PackReference(ReadOnlySpan<T> row, Span<T> packed);

    /// <summary>Products of 4 packed queries with 4 packed references.</summary>
    /// <param name="queries">[4, length].</param>
    /// <param name="references">[4, length].</param>
    /// <param name="length">Values of a packed row, a multiple of <see cref="Lanes"/>.</param>
    /// <param name="products">[4, 4] query-major; written.</param>
    static abstract void Multiply(ReadOnlySpan<T> queries, ReadOnlySpan<T> references, int length, Span<double> products);
}
