namespace Understudy.Generation;

/// <summary>What a synthesizer is, and what it promises.</summary>
/// <param name="Name">The name used in study files.</param>
/// <param name="Paper">Authors, title, venue, year, arXiv number.</param>
/// <param name="Modality">image, volume, table or text.</param>
/// <param name="Guarantee">The formal guarantee (unit and kind), or <c>none</c>.</param>
public sealed record MethodCard(string Name, string Paper, string Modality, string Guarantee)
{
    /// <summary>What <see cref="Guarantee"/> says where there is none.</summary>
    public const string NoGuarantee = "none";
}
