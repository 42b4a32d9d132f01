namespace Understudy.Generation.Attributes;

/// <summary>Whom the loss on the attribute of a reconstruction teaches.</summary>
public enum BetaPath
{
    /// <summary>The decoder, by way of the reconstruction, as the formula says; the weights of the encoder stand still for it.</summary>
    ToDecoder,

    /// <summary>The attribute head alone: it reads detached features, so nothing reaches the decoder, as in the published program.</summary>
    AsPublished,
}
