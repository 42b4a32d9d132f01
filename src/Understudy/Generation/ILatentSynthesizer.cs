namespace Understudy.Generation;

/// <summary>A method whose images come from latent vectors that one can look for, average and walk between.</summary>
public interface ILatentSynthesizer
{
    /// <summary>The fitted generator as a function of its latent vectors; until it is disposed of the method neither trains nor samples.</summary>
    ILatentGenerator OpenLatents();
}
