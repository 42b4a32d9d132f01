namespace Understudy.Classification.Trees;

/// <summary>A tree of questions "is pixel p at most t?", with values at its leaves.</summary>
internal sealed class DecisionTree
{
    private const int Leaf = -1;

    private readonly List<(int Pixel, byte Threshold, int Child)> nodes = [(Leaf, 0, 0)];
    private readonly List<float[]> values = [];

    /// <summary>Nodes, leaves included.</summary>
    public int Count => nodes.Count;

    /// <summary>Makes a leaf ask; the number of the node for "yes", the next is for "no".</summary>
    public int Split(int node, int pixel, byte threshold)
    {
        var child = nodes.Count;
        nodes[node] = (pixel, threshold, child);
        nodes.AddRange([(Leaf, 0, 0), (Leaf, 0, 0)]);
        return child;
    }

    /// <summary>Gives a leaf its values.</summary>
    public void SetLeaf(int node, float[] leaf)
    {
        nodes[node] = (Leaf, 0, values.Count);
        values.Add(leaf);
    }

    /// <summary>The values of the leaf that an image [P] comes to.</summary>
    public float[] Evaluate(ReadOnlySpan<byte> image)
    {
        var node = nodes[0];
        while (node.Pixel != Leaf) node = nodes[node.Child + (image[node.Pixel] <= node.Threshold ? 0 : 1)];
        return values[node.Child];
    }
}
