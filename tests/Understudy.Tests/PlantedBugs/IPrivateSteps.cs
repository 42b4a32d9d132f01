using Understudy.Torch;

namespace Understudy.Tests.PlantedBugs;

/// <summary>A private training as checks see it: the real one, one by the book, or one with a bug planted in it.</summary>
internal interface IPrivateSteps : IDisposable
{
    /// <summary>How many public companions there are for records to get.</summary>
    const int Companions = 64;

    /// <summary>One step.</summary>
    /// <param name="real">The losses of the records in images [B, C, H, W], [B].</param>
    /// <param name="fake">The losses of their companions of these numbers [B], which belong to the same records, [B]; null for none.</param>
    /// <param name="free">A loss that touches no record; null for none.</param>
    /// <returns>False if the plan is spent.</returns>
    bool TryStep(Func<Tensor, Tensor> real, Func<Tensor, Tensor>? fake = null, Func<Tensor>? free = null);
}
