using Understudy.Data;

namespace Understudy.Attacks.Classifiers;

/// <summary>The scores that several models give to the same records, and which models were trained on which of them.</summary>
public sealed class ModelScores
{
    private readonly double[] _values; // [N, K]
    private readonly bool[] _included; // [N, K]

    /// <summary>Wraps arrays, which the object then owns.</summary>
    /// <param name="values">[N, K] row-major: a row a record, a column a model; none NaN.</param>
    /// <param name="included">[N, K] whether the model was trained on the record.</param>
    /// <param name="models">K, at least 1.</param>
    /// <exception cref="InputException">Lengths disagree, or a score is NaN.</exception>
    public ModelScores(double[] values, bool[] included, int models)
    {
        if (models < 1 || values.Length % models != 0 || values.Length != included.Length)
            throw new InputException($"{values.Length} scores and {included.Length} memberships are no table with {models} models; give one of each a record and model");
        var nan = Array.FindIndex(values, double.IsNaN);
        if (nan >= 0) throw new InputException($"the score of model {nan % models} for record {nan / models} is NaN");
        (_values, _included, Models) = (values, included, models);
    }

    /// <summary>Number of models, K.</summary>
    public int Models { get; }

    /// <summary>Number of records, N.</summary>
    public int Records => _values.Length / Models;

    /// <summary>The scores of one record, [K].</summary>
    public ReadOnlySpan<double> Row(int record) => _values.AsSpan(record * Models, Models);

    /// <summary>Which models were trained on a record, [K].</summary>
    public ReadOnlySpan<bool> Included(int record) => _included.AsSpan(record * Models, Models);

    /// <summary>The scores of one record by the models that were, or were not, trained on it.</summary>
    public double[] Of(int record, bool included)
    {
        var row = Row(record);
        var isIn = Included(record);
        var some = new List<double>(Models);
        for (var k = 0; k < Models; k++)
        {
            if (isIn[k] == included) some.Add(row[k]);
        }
        return [.. some];
    }

    /// <summary>One model as the target and the others as its shadows: the target is never among them.</summary>
    /// <param name="model">Which.</param>
    /// <returns>[N] the target's scores, [N] its members, and the scores of the other K − 1 models.</returns>
    /// <exception cref="InputException">There is no other model.</exception>
    public (double[] Target, bool[] IsMember, ModelScores Shadows) Split(int model)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(model);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(model, Models);
        if (Models == 1) throw new InputException("one model alone has no shadows; train more");
        bool Kept(int index) => index % Models != model;
        return ([.. _values.Where((_, i) => !Kept(i))], [.. _included.Where((_, i) => !Kept(i))],
            new ModelScores([.. _values.Where((_, i) => Kept(i))], [.. _included.Where((_, i) => Kept(i))], Models - 1));
    }

    /// <summary>The same table with every score mapped.</summary>
    public ModelScores Select(Func<double, double> map) => new(Array.ConvertAll(_values, value => map(value)), _included, Models);
}
