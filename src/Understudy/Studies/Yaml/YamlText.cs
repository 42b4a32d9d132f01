using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Understudy.Studies.Yaml;

/// <summary>Writes records as YAML that <see cref="YamlBinder"/> reads back to the same records.</summary>
internal static class YamlText
{
    /// <summary>The tree of a record: its properties by camelCase key, in order of declaration.</summary>
    public static YamlMap Tree(object record) => new(
        [.. YamlBinder.Keys(record.GetType()).Select(pair => new YamlEntry(pair.Key, Value(pair.Value.GetValue(record)), 0))], 0);

    /// <summary>The tree of one value.</summary>
    public static YamlValue Value(object? value) => value switch
    {
        null => new YamlScalar("null", Quoted: false, 0),
        string text => new YamlScalar(text, Quoted: true, 0),
        bool yes => new YamlScalar(yes ? "true" : "false", Quoted: false, 0),
        Enum name => new YamlScalar(JsonNamingPolicy.CamelCase.ConvertName(name.ToString()), Quoted: false, 0),
        IFormattable number => new YamlScalar(number.ToString(null, CultureInfo.InvariantCulture), Quoted: false, 0),
        IEnumerable items => new YamlList([.. items.Cast<object?>().Select(Value)], 0),
        _ => Tree(value),
    };

    /// <summary>A tree as text.</summary>
    public static string Write(YamlMap map)
    {
        var text = new StringBuilder();
        Map(text, map, "");
        return text.ToString();
    }

    /// <summary>Every scalar by its path, such as <c>methods[0].steps</c>.</summary>
    public static IReadOnlyDictionary<string, string> Flatten(YamlMap map)
    {
        var scalars = new Dictionary<string, string>();
        Visit(map, "");
        return scalars;

        void Visit(YamlValue value, string path)
        {
            switch (value)
            {
                case YamlMap inner:
                    foreach (var entry in inner.Entries) Visit(entry.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}");
                    break;
                case YamlList list:
                    for (var i = 0; i < list.Items.Count; i++) Visit(list.Items[i], $"{path}[{i}]");
                    break;
                case YamlScalar scalar:
                    scalars[path] = scalar.Text;
                    break;
            }
        }
    }

    private static void Map(StringBuilder text, YamlMap map, string indent)
    {
        foreach (var entry in map.Entries)
        {
            text.Append(indent).Append(entry.Key).Append(':');
            switch (entry.Value)
            {
                case YamlMap { Entries.Count: > 0 } inner:
                    Map(text.Append('\n'), inner, indent + "  ");
                    break;
                case YamlList { Items: [YamlMap, ..] } list:
                    Items(text.Append('\n'), list, indent + "  ");
                    break;
                default:
                    text.Append(' ').Append(Flow(entry.Value)).Append('\n');
                    break;
            }
        }
    }

    private static void Items(StringBuilder text, YamlList list, string indent)
    {
        foreach (var item in list.Items)
        {
            var start = text.Length;
            Map(text, (YamlMap)item, indent + "  ");
            text[start + indent.Length] = '-';
        }
    }

    private static string Flow(YamlValue value) => value switch
    {
        YamlScalar scalar => Scalar(scalar),
        YamlList list => $"[{string.Join(", ", list.Items.Select(Flow))}]",
        YamlMap map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{entry.Key}: {Flow(entry.Value)}"))}}}",
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    private static string Scalar(YamlScalar scalar) =>
        !scalar.Quoted || IsPlain(scalar.Text) ? scalar.Text : JsonSerializer.Serialize(scalar.Text);

    /// <summary>Whether the text reads the same without quotes.</summary>
    private static bool IsPlain(string text) =>
        text.Length > 0 && text is not ("null" or "~") && (char.IsAsciiLetterOrDigit(text[0]) || text[0] is '.' or '/')
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '-' or '_');
}
