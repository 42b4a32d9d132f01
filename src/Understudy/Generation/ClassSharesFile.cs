using Understudy.Data;

namespace Understudy.Generation;

/// <summary>The shares of the classes beside a saved model, where it has learnt them under its guarantee.</summary>
internal static class ClassSharesFile
{
    private const string Name = "class-shares.json";

    /// <summary>Writes them, if there are any.</summary>
    public static void Write(string directory, float[]? shares)
    {
        if (shares is not null) AtomicFile.WriteText(Path.Combine(directory, Name), JsonText.Write(shares));
    }

    /// <summary>Reads them; null where there are none.</summary>
    public static float[]? Read(string directory)
    {
        var path = Path.Combine(directory, Name);
        return File.Exists(path) ? JsonText.Read<float[]>(path) : null;
    }

    /// <summary>Shares from noised counts; noise can take a small class's count below one record.</summary>
    public static float[] Of(IEnumerable<double> counts)
    {
        double[] atLeastOne = [.. counts.Select(count => Math.Max(1, count))];
        return Array.ConvertAll(atLeastOne, count => (float)(count / atLeastOne.Sum()));
    }
}
