namespace Understudy.Generation.Attributes;

/// <summary>From which convolutions the head that says ŷ reads.</summary>
public enum AttributeTrunk
{
    /// <summary>Those of the codes, detached, as published: what γ takes out of their features, the head cannot say either.</summary>
    Shared,

    /// <summary>Its own, of the same shape, which ρ and the reconstruction teach: it knows the attribute however well the codes hide it.</summary>
    Own,
}
