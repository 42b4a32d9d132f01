using System.Text.Json;
using System.Text.Json.Serialization;
using Understudy.Privacy.Events;

namespace Understudy.Privacy.Ledger;

/// <summary>Writes an event inside any document by its canonical JSON, whatever the document's own settings are.</summary>
internal sealed class PrivacyEventConverter : JsonConverter<PrivacyEvent>
{
    public override PrivacyEvent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return PrivacyEventJson.Read(document.RootElement.GetRawText());
    }

    public override void Write(Utf8JsonWriter writer, PrivacyEvent value, JsonSerializerOptions options) =>
        writer.WriteRawValue(PrivacyEventJson.Write(value));
}
