using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Understudy.Data;

namespace Understudy.Studies.Yaml;

/// <summary>
/// Makes records from YAML: keys are the camelCase names of init properties, defaults come from the record, <c>required</c> properties must
/// be given, properties that may be null take <c>null</c>, and <c>[Range]</c>, <c>[AllowedValues]</c> and <c>[RegularExpression]</c> (its error message says what to give) hold.
/// </summary>
/// <param name="source">Named in errors.</param>
internal sealed class YamlBinder(YamlSource source)
{
    private readonly Dictionary<Type, Func<YamlMap, string, object>> _special = [];

    /// <summary>The properties of a record that a file may set, by key.</summary>
    public static IReadOnlyDictionary<string, PropertyInfo> Keys(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite)
            .ToDictionary(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));

    /// <summary>Reads one type by a rule of its own; the rule is given the mapping and the place, such as <c>methods[0]</c>.</summary>
    public void Register<T>(Func<YamlMap, string, T> read)
        where T : notnull => _special[typeof(T)] = (map, place) => read(map, place);

    /// <summary>A record from a mapping.</summary>
    /// <param name="map">The mapping.</param>
    /// <param name="type">The record's type.</param>
    /// <param name="place">Where in the file, for errors: empty at the top.</param>
    /// <param name="others">Keys that the caller reads itself.</param>
    /// <exception cref="InputException">A key is unknown or missing, or a value is of the wrong type or out of range.</exception>
    public object Bind(YamlMap map, Type type, string place, params IReadOnlyCollection<string> others)
    {
        var keys = Keys(type);
        var result = Activator.CreateInstance(type)!;
        foreach (var entry in map.Entries)
        {
            if (others.Contains(entry.Key)) continue;
            if (!keys.TryGetValue(entry.Key, out var property))
                throw source.Error(entry.Line, $"unknown key '{entry.Key}'{In(place)}{NearestName.Hint(entry.Key, [.. others, .. keys.Keys])}");
            var value = entry.Value is YamlScalar { IsNull: true } && MayBeNull(property) ? null : Value(entry.Value, property.PropertyType, entry.Key, place);
            Check(property, value, entry, place);
            property.SetValue(result, value);
        }
        foreach (var (key, property) in keys)
        {
            if (property.IsDefined(typeof(RequiredMemberAttribute)) && map.Find(key) is null)
                throw source.Error(map.Line, $"'{key}' is missing{In(place)}");
        }
        return result;
    }

    /// <summary>The text of a key that must be there.</summary>
    public string Text(YamlMap map, string key, string place) =>
        map.Find(key) is { } entry ? (string)Value(entry.Value, typeof(string), key, place)! : throw source.Error(map.Line, $"'{key}' is missing{In(place)}");

    private object? Value(YamlValue value, Type type, string key, string place)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (_special.TryGetValue(type, out var read)) return read(Map(value, key, place), Join(place, key));
        if (ItemType(type) is { } item) return List(value, item, key, place);
        if (type == typeof(string) || type.IsPrimitive || type.IsEnum) return Scalar(value, type, key, place);
        return Bind(Map(value, key, place), type, Join(place, key));
    }

    private Array List(YamlValue value, Type item, string key, string place)
    {
        if (value is not YamlList list) throw source.Error(value.Line, $"'{key}' must be a list, such as [ … ]{In(place)}");
        var items = Array.CreateInstance(item, list.Items.Count);
        for (var i = 0; i < items.Length; i++) items.SetValue(Value(list.Items[i], item, $"{key}[{i}]", place), i);
        return items;
    }

    private object Scalar(YamlValue value, Type type, string key, string place)
    {
        if (value is not YamlScalar { IsNull: false } scalar) throw source.Error(value.Line, $"'{key}' must be {Kind(type)}{In(place)}");
        return Parse(scalar.Text, type) ?? throw source.Error(value.Line, type.IsEnum
            ? $"'{key}' cannot be '{scalar.Text}'{In(place)}{NearestName.Hint(scalar.Text, EnumNames(type))}"
            : $"'{key}' must be {Kind(type)}, not '{scalar.Text}'{In(place)}");
    }

    private static object? Parse(string text, Type type)
    {
        const NumberStyles Float = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        const NumberStyles Whole = NumberStyles.AllowLeadingSign;
        if (type == typeof(string)) return text;
        if (type.IsEnum)
        {
            var index = Array.IndexOf(EnumNames(type), text);
            return index < 0 ? null : Enum.GetValues(type).GetValue(index);
        }
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => text switch { "true" => true, "false" => false, _ => null },
            TypeCode.Int32 => int.TryParse(text, Whole, null, out var number) ? number : null,
            TypeCode.Int64 => long.TryParse(text, Whole, null, out var number) ? number : null,
            TypeCode.UInt64 => ulong.TryParse(text, Whole, null, out var number) ? number : null,
            TypeCode.Single => float.TryParse(text, Float, null, out var number) && float.IsFinite(number) ? number : null,
            TypeCode.Double => double.TryParse(text, Float, null, out var number) && double.IsFinite(number) ? number : null,
            _ => throw new NotSupportedException($"no study option may be of type {type}"),
        };
    }

    private void Check(PropertyInfo property, object? value, YamlEntry entry, string place)
    {
        if (value is null) return;
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            foreach (var item in value is Array items ? items : new[] { value })
            {
                if (!range.IsValid(item)) throw source.Error(entry.Value.Line, $"'{entry.Key}' is {Shown(item)}{In(place)}; give {Allowed(range)}");
            }
        }
        if (property.GetCustomAttribute<RegularExpressionAttribute>() is { } pattern && !pattern.IsValid(value))
            throw source.Error(entry.Value.Line, $"'{entry.Key}' is '{value}'{In(place)}; give {pattern.ErrorMessage}");
        if (property.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed && !allowed.IsValid(value))
            throw source.Error(entry.Value.Line, $"'{entry.Key}' cannot be '{value}'{In(place)}{NearestName.Hint(Shown(value), [.. allowed.Values.Select(Shown)])}");
    }

    private static string Allowed(RangeAttribute range)
    {
        var (least, most) = (Shown(range.Minimum), Shown(range.Maximum));
        var from = range.MinimumIsExclusive ? $"more than {least}" : $"{least} or more";
        if (Convert.ToDouble(range.Maximum) is >= int.MaxValue) return from;
        return range.MinimumIsExclusive || range.MaximumIsExclusive
            ? $"{from} and {(range.MaximumIsExclusive ? "less than" : "at most")} {most}"
            : $"{least} to {most}";
    }

    private static string Shown(object? value) => string.Create(CultureInfo.InvariantCulture, $"{value}");

    private YamlMap Map(YamlValue value, string key, string place) =>
        value as YamlMap ?? throw source.Error(value.Line, $"'{key}' must be a mapping of keys to values{In(place)}");

    private static bool MayBeNull(PropertyInfo property) => new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;

    private static Type? ItemType(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0]
        : null;

    private static string[] EnumNames(Type type) => [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)];

    private static string Kind(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => $"one of {string.Join(", ", EnumNames(type))}",
        TypeCode.String => "a word or a text",
        TypeCode.Boolean => "true or false",
        TypeCode.UInt64 => "a whole number, 0 or more",
        TypeCode.Int32 or TypeCode.Int64 => "a whole number",
        _ => "a number",
    };

    private static string Join(string place, string key) => place.Length == 0 ? key : $"{place}.{key}";

    private static string In(string place) => place.Length == 0 ? "" : $" in {place}";
}
