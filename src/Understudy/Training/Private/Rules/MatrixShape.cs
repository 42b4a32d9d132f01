namespace Understudy.Training.Private.Rules;

/// <summary>Lengths of the matrices whose product a weight gradient is: [rows, t]·[t, columns] in each group.</summary>
/// <param name="Positions">t: tokens of a sequence, places of an image.</param>
/// <param name="Rows">Of the weight as a matrix, in a group.</param>
/// <param name="Columns">Likewise.</param>
/// <param name="Groups">Parts of the weight that do not mix.</param>
internal readonly record struct MatrixShape(long Positions, long Rows, long Columns, long Groups);
