namespace Understudy.Generation.Gan;

/// <summary>An f-divergence between the data P and the model Q.</summary>
public enum Divergence
{
    /// <summary>KL(P ‖ Q): to cover all of the data matters most.</summary>
    KullbackLeibler,

    /// <summary>KL(Q ‖ P): to make nothing unlike the data matters most.</summary>
    ReverseKullbackLeibler,

    /// <summary>Pearson's χ².</summary>
    Pearson,

    /// <summary>The square of Hellinger's distance.</summary>
    SquaredHellinger,

    /// <summary>Jensen and Shannon's.</summary>
    JensenShannon,

    /// <summary>The first GAN's: twice Jensen and Shannon's less ln 4.</summary>
    Gan,
}
