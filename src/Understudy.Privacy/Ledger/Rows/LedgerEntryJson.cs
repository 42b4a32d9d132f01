using System.Text.Json;
using System.Text.Json.Serialization;

namespace Understudy.Privacy.Ledger.Rows;

/// <summary>The text of a row, one line of JSON: what is stored and what the chain's hashes cover.</summary>
internal static class LedgerEntryJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter<NeighbouringRelation>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static string Write(LedgerEntry entry) => JsonSerializer.Serialize(entry, Options);

    /// <exception cref="FormatException">The text is no row of a known kind.</exception>
    public static LedgerEntry Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<LedgerEntry>(text, Options) ?? throw new FormatException("a row cannot be null.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            throw new FormatException(e.Message, e);
        }
    }
}
