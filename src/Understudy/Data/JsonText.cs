using System.Text.Json;
using System.Text.Json.Serialization;

namespace Understudy.Data;

/// <summary>How every JSON file and every <c>--json</c> answer is written: camelCase, indented, and null for a figure that is no number.</summary>
public static class JsonText
{
    /// <summary>The settings, for reading as well as for writing.</summary>
    public static JsonSerializerOptions Options { get; } = Create(indented: true);

    /// <summary>The same settings on one line, for files of one document a line.</summary>
    public static JsonSerializerOptions OneLine { get; } = Create(indented: false);

    /// <summary>One document.</summary>
    public static string Write(object value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Reads a file of one document that <see cref="Write"/> wrote.</summary>
    /// <exception cref="InputException">It is not there, or holds something else.</exception>
    public static T Read<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(InputFile.ReadAll(path), Options) ?? throw new JsonException("it holds nothing");
        }
        catch (JsonException e)
        {
            throw new InputException($"{path}: is damaged ({e.Message.ReplaceLineEndings(" ")}); take it back from a copy, or remove it, and what wrote it writes it anew", e);
        }
    }

    private static JsonSerializerOptions Create(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = indented,
            NewLine = "\n",
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NumberHandling = JsonNumberHandling.Strict,
            Converters = { new NullForNaN(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>JSON has no NaN and no infinity.</summary>
    private sealed class NullForNaN : JsonConverter<double>
    {
        public override bool HandleNull => true;

        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) writer.WriteNumberValue(value);
            else writer.WriteNullValue();
        }
    }
}
