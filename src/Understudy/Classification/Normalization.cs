namespace Understudy.Classification;

/// <summary>How the layers of a classifying network are normalised.</summary>
public enum Normalization
{
    /// <summary>Batch norm. It mixes the records of a batch, so no private training may use it.</summary>
    Batch,
    /// <summary>Group norm, of each record by itself.</summary>
    Group,
}
