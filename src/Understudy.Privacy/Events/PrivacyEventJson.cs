using System.Text.Json;
using System.Text.Json.Serialization;

namespace Understudy.Privacy.Events;

/// <summary>
/// The canonical JSON of an event: one line, properties in the order of their declaration, numbers with round-trip precision. Equal events
/// have equal text, so a hash of the text names the event.
/// </summary>
public static class PrivacyEventJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters =
        {
            new Scalar<Epsilon>(v => new Epsilon(v), s => s.Value),
            new Scalar<Delta>(v => new Delta(v), s => s.Value),
            new Scalar<NoiseMultiplier>(v => new NoiseMultiplier(v), s => s.Value),
            new Scalar<SamplingRate>(v => new SamplingRate(v), s => s.Value),
        },
    };

    /// <summary>Writes an event.</summary>
    public static string Write(PrivacyEvent privacyEvent) => JsonSerializer.Serialize(privacyEvent, Options);

    /// <summary>Reads an event.</summary>
    /// <exception cref="FormatException">The text is not the JSON of an event of a known kind with valid parameters.</exception>
    public static PrivacyEvent Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<PrivacyEvent>(json, Options) ?? throw new FormatException("a privacy event cannot be null.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            throw new FormatException($"not a privacy event: {e.Message}", e);
        }
    }

    private sealed class Scalar<T>(Func<double, T> wrap, Func<T, double> unwrap) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            wrap(reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("Infinity") ? double.PositiveInfinity : reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            if (double.IsFinite(unwrap(value))) writer.WriteNumberValue(unwrap(value));
            else writer.WriteStringValue("Infinity");
        }
    }
}
