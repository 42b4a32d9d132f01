using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Understudy.Studies.Yaml;

/// <summary>
/// Reads the part of YAML that a study needs: one document of mappings, lists and scalars. Anchors and aliases are refused (a few lines of
/// them expand to billions of values), and so are deep nesting and huge files.
/// </summary>
internal sealed class YamlReader
{
    private const int MaxDepth = 16;
    private const int MaxCharacters = 1_000_000;
    private readonly YamlSource _source;
    private readonly Parser _parser;

    private YamlReader(YamlSource source)
    {
        _source = source;
        _parser = new Parser(new StringReader(source.Text));
    }

    /// <summary>The document, which is a mapping.</summary>
    /// <exception cref="Data.InputException">It is not valid YAML, or outside the part that is read.</exception>
    public static YamlMap Read(YamlSource source)
    {
        if (source.Text.Length > MaxCharacters) throw source.Error(1, $"{source.Text.Length} characters are no study; at most {MaxCharacters}");
        try
        {
            return new YamlReader(source).Document();
        }
        catch (YamlException exception)
        {
            throw source.Error((int)exception.End.Line, $"not valid YAML: {exception.Message.TrimEnd('.')}", exception);
        }
        catch (InvalidOperationException exception)
        {
            // What the parser throws where a bracket is open that swallows the lines after it; it does not say which.
            throw source.Error(int.MaxValue, "not valid YAML: a bracket '{' or '[' is not closed", exception);
        }
    }

    private YamlMap Document()
    {
        Next<StreamStart>();
        if (Peek() is StreamEnd) throw _source.Error(1, "the file is empty");
        Next<DocumentStart>();
        var value = Value(0);
        if (value is not YamlMap map) throw _source.Error(value.Line, "the file must be a mapping of keys to values, such as 'name: my-study'");
        Next<DocumentEnd>();
        return Peek() is StreamEnd ? map : throw _source.Error(Line(Peek()), "a second document; a study is one");
    }

    private YamlValue Value(int depth)
    {
        var start = Next<ParsingEvent>();
        if (depth > MaxDepth) throw _source.Error(Line(start), $"nested deeper than {MaxDepth} levels");
        if (start is AnchorAlias || start is NodeEvent { Anchor.IsEmpty: false })
            throw _source.Error(Line(start), "anchors and aliases are not allowed; write the value out");
        return start switch
        {
            Scalar scalar => new YamlScalar(scalar.Value, scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any), Line(start)),
            SequenceStart => List(depth, Line(start)),
            MappingStart => Map(depth, Line(start)),
            _ => throw _source.Error(Line(start), $"unexpected {start.GetType().Name}"),
        };
    }

    private YamlList List(int depth, int line)
    {
        var items = new List<YamlValue>();
        while (Peek() is not SequenceEnd) items.Add(Value(depth + 1));
        Next<SequenceEnd>();
        return new YamlList(items, line);
    }

    private YamlMap Map(int depth, int line)
    {
        var entries = new List<YamlEntry>();
        var lines = new Dictionary<string, int>();
        while (Peek() is not MappingEnd)
        {
            if (Value(depth + 1) is not YamlScalar key) throw _source.Error(line, "a key must be a single word");
            if (!lines.TryAdd(key.Text, key.Line)) throw _source.Error(key.Line, $"'{key.Text}' is given twice, first in line {lines[key.Text]}");
            entries.Add(new YamlEntry(key.Text, Value(depth + 1), key.Line));
        }
        Next<MappingEnd>();
        return new YamlMap(entries, line);
    }

    private ParsingEvent Peek()
    {
        if (_parser.Current is null) _parser.MoveNext();
        return _parser.Current!;
    }

    private T Next<T>()
        where T : ParsingEvent
    {
        var current = Peek() as T ?? throw _source.Error(Line(Peek()), $"unexpected {Peek().GetType().Name}");
        _parser.MoveNext();
        return current;
    }

    private static int Line(ParsingEvent at) => (int)at.Start.Line;
}
