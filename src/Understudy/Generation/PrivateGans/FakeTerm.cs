namespace Understudy.Generation.PrivateGans;

/// <summary>How generated images enter a private discriminator's step. They are public: the choice changes what is learnt, not what is guaranteed.</summary>
public enum FakeTerm
{
    /// <summary>Each record comes with a generated image, chosen by secret chance; their gradients are added and clipped as one.</summary>
    Paired,

    /// <summary>As many generated images as records are expected, each clipped by itself like a record (Bie, Kamath, Zhang, TMLR 2023).</summary>
    Anchor,

    /// <summary>The plain mean gradient of generated images is added after clipping and noise; it wants a C that is not far below the norms of records' gradients.</summary>
    Separate,
}
