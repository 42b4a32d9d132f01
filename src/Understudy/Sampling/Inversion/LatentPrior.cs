namespace Understudy.Sampling.Inversion;

/// <summary>What latent vectors are drawn from in training, and so where found ones should lie.</summary>
public enum LatentPrior
{
    /// <summary>N(0, I): its log-density joins the loss.</summary>
    Normal,

    /// <summary>U(-1, 1): entries are held within it after every step.</summary>
    Uniform,
}
