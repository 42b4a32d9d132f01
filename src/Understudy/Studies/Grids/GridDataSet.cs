namespace Understudy.Studies.Grids;

/// <summary>One data set drawn from a generator.</summary>
/// <param name="Id">Its folder, and its name in the ledger.</param>
/// <param name="Generator">What it is drawn from.</param>
/// <param name="Sampler">How; null for what whoever holds the generator draws, without any mitigation.</param>
internal sealed record GridDataSet(string Id, GridGenerator Generator, SamplerSection? Sampler);
