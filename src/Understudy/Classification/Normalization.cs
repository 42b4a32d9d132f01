namespace Understudy.Classification;

/// <summary>What follows each convolution of a <see cref="Cnn"/>.</summary>
public enum Normalization
{
    /// <summary>Batch norm. It mixes the records of a batch, so no private training may use it.</summary>
    Batch,
    /// <summary>Group norm, of each record by itself.</summary>
    Group,
}
