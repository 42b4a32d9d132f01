using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Understudy.Metrics;

/// <summary>
/// All squared Euclidean distances between queries and references, block by block on all cores. Memory beyond the data, for each core: the
/// packed rows of one block of either kind (256 KB each, or four rows if those are longer) and the distances between them (512 KB).
/// </summary>
internal static class PairwiseDistances
{
    private const int Side = 4; // rows of a tile, of either kind
    private const int BlockBytes = 1 << 18;
    private const int MaxBlockRows = 256;

    /// <summary>Is told the distances of one query to a run of references. Runs come in ascending order, a query's all on one thread.</summary>
    /// <param name="query">Index of the query.</param>
    /// <param name="firstReference">Index of the first reference of the run.</param>
    /// <param name="squaredDistances">Distance to each reference of the run; may be overwritten.</param>
    public delegate void Visitor(int query, int firstReference, Span<double> squaredDistances);

    /// <summary>Visits every pair once. What the visitor is told does not depend on the number of threads.</summary>
    /// <param name="queries">[Q, D] row-major.</param>
    /// <param name="references">[R, D] row-major.</param>
    /// <param name="dimension">D.</param>
    /// <param name="visit">Is called on several threads at a time, for different queries.</param>
    public static void Visit<T, TKernel>(T[] queries, T[] references, int dimension, Visitor visit)
        where T : unmanaged
        where TKernel : struct, ITileKernel<T>
    {
        var queryCount = queries.Length / dimension;
        var rowLength = RoundUp(dimension, TKernel.Lanes);
        var fitting = Math.Clamp(BlockBytes / (rowLength * Unsafe.SizeOf<T>()) / Side * Side, Side, MaxBlockRows);
        // Fewer queries a block where there are few, so that every core gets some.
        var blockQueries = Math.Min(fitting, RoundUp(Math.Max(1, queryCount / (4 * Environment.ProcessorCount)), Side));
        var blocks = (queryCount + blockQueries - 1) / blockQueries;
        Parallel.For(0, blocks, Cores.All, () => new Block<T, TKernel>(dimension, rowLength, blockQueries, fitting), (b, _, block) =>
        {
            block.Visit(queries, b * blockQueries, Math.Min(blockQueries, queryCount - b * blockQueries), references, visit);
            return block;
        }, static _ => { });
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    /// <summary>The working memory of one thread.</summary>
    private sealed class Block<T, TKernel>(int dimension, int rowLength, int maxQueries, int maxReferences)
        where T : unmanaged
        where TKernel : struct, ITileKernel<T>
    {
        private readonly T[] _queries = new T[maxQueries * rowLength];
        private readonly T[] _references = new T[maxReferences * rowLength];
        private readonly double[] _queryOffsets = new double[maxQueries];
        private readonly double[] _referenceOffsets = new double[maxReferences];
        private readonly double[] _distances = new double[maxQueries * maxReferences];

        public void Visit(T[] queries, int firstQuery, int queryCount, T[] references, Visitor visit)
        {
            var total = references.Length / dimension;
            for (var i = 0; i < queryCount; i++)
                _queryOffsets[i] = TKernel.PackQuery(queries.AsSpan((firstQuery + i) * dimension, dimension), _queries.AsSpan(i * rowLength, rowLength));
            for (var first = 0; first < total; first += maxReferences)
            {
                var count = Math.Min(maxReferences, total - first);
                for (var i = 0; i < count; i++)
                {
                    _referenceOffsets[i] = TKernel.PackReference(
                        references.AsSpan((first + i) * dimension, dimension), _references.AsSpan(i * rowLength, rowLength));
                }
                Multiply(queryCount, count);
                for (var i = 0; i < queryCount; i++)
                {
                    var distances = _distances.AsSpan(i * maxReferences, count);
                    TensorPrimitives.MultiplyAdd(distances, TKernel.Scale, _referenceOffsets.AsSpan(0, count), distances);
                    TensorPrimitives.Add(distances, _queryOffsets[i], distances);
                    visit(firstQuery + i, first, distances);
                }
            }
        }

        // Rows past the counts, up to a multiple of the tile's side, are stale or zero; nobody reads their products.
        private void Multiply(int queryCount, int referenceCount)
        {
            Span<double> products = stackalloc double[Side * Side];
            for (var q = 0; q < queryCount; q += Side)
            {
                for (var r = 0; r < referenceCount; r += Side)
                {
                    TKernel.Multiply(_queries.AsSpan(q * rowLength, Side * rowLength), _references.AsSpan(r * rowLength, Side * rowLength), rowLength, products);
                    for (var i = 0; i < Side; i++) products.Slice(i * Side, Side).CopyTo(_distances.AsSpan((q + i) * maxReferences + r, Side));
                }
            }
        }
    }
}
