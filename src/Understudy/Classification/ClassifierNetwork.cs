namespace Understudy.Classification;

/// <summary>The networks that a study may classify with.</summary>
public enum ClassifierNetwork
{
    /// <summary>A small convolutional network; see <see cref="Cnn"/>.</summary>
    Cnn,
}
