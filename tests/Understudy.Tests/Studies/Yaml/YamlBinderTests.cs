using System.ComponentModel.DataAnnotations;
using Understudy.Data;
using Understudy.Studies.Yaml;

namespace Understudy.Tests.Studies.Yaml;

public sealed class YamlBinderTests
{
    public enum Colour
    {
        Red,
        DarkBlue,
    }

    public sealed record Inner
    {
        [Range(0.0, 1.0, MinimumIsExclusive = true)]
        public double Rate { get; init; } = 0.5;
    }

    public sealed record Outer
    {
        public required string Name { get; init; }

        [Range(1, int.MaxValue)]
        public int BatchSize { get; init; } = 64;

        public bool Flip { get; init; }

        public Colour Colour { get; init; }

        [AllowedValues("cnn", "mlp")]
        public string Network { get; init; } = "cnn";

        public ulong Seed { get; init; } = 1;

        public int? Limit { get; init; }

        public float Step { get; init; } = 0.0002f;

        public Inner Inner { get; init; } = new();

        public IReadOnlyList<int> Sizes { get; init; } = [1, 2];

        public IReadOnlyList<Inner> Parts { get; init; } = [];
    }

    [Fact]
    public void ReadsEveryKindOfValue()
    {
        var outer = Bind("""
            name: 'a: b'
            batchSize: 8
            flip: true
            colour: darkBlue
            seed: 18446744073709551615
            limit: ~
            step: 1e-3
            inner: { rate: 0.25 }
            sizes: [3]
            parts:
              - rate: 0.75
              - {}
            """);

        Assert.Equal(("a: b", 8, true, Colour.DarkBlue, "cnn"), (outer.Name, outer.BatchSize, outer.Flip, outer.Colour, outer.Network));
        Assert.Equal((ulong.MaxValue, null, 1e-3f, 0.25), (outer.Seed, outer.Limit, outer.Step, outer.Inner.Rate));
        Assert.Equal([3], outer.Sizes);
        Assert.Equal([0.75, 0.5], outer.Parts.Select(part => part.Rate));
    }

    [Theory]
    [InlineData("name: x\nbatchsize: 8", "s.yaml:2: unknown key 'batchsize'; did you mean 'batchSize'?")]
    [InlineData("name: x\ninner:\n  rat: 1", "s.yaml:3: unknown key 'rat' in inner; did you mean 'rate'?")]
    [InlineData("name: x\nparts:\n  - rate: 0.5\n  - rate: 0", "s.yaml:4: 'rate' is 0 in parts[1]; give more than 0 and at most 1")]
    [InlineData("name: x\nbatchSize: 0", "s.yaml:2: 'batchSize' is 0; give 1 or more")]
    [InlineData("name: x\nbatchSize: many", "s.yaml:2: 'batchSize' must be a whole number, not 'many'")]
    [InlineData("name: x\nbatchSize: 1.5", "s.yaml:2: 'batchSize' must be a whole number, not '1.5'")]
    [InlineData("name: x\nbatchSize: 99999999999", "s.yaml:2: 'batchSize' must be a whole number, not '99999999999'")]
    [InlineData("name: x\nbatchSize:", "s.yaml:2: 'batchSize' must be a whole number")]
    [InlineData("name: x\nbatchSize: [1]", "s.yaml:2: 'batchSize' must be a whole number")]
    [InlineData("name: x\nseed: -1", "s.yaml:2: 'seed' must be a whole number, 0 or more, not '-1'")]
    [InlineData("name: x\nstep: .nan", "s.yaml:2: 'step' must be a number, not '.nan'")]
    [InlineData("name: x\nflip: yes", "s.yaml:2: 'flip' must be true or false, not 'yes'")]
    [InlineData("name: x\ncolour: darkblu", "s.yaml:2: 'colour' cannot be 'darkblu'; did you mean 'darkBlue'?")]
    [InlineData("name: x\nnetwork: vit", "s.yaml:2: 'network' cannot be 'vit'; choose one of cnn, mlp")]
    [InlineData("name: x\ninner: 3", "s.yaml:2: 'inner' must be a mapping of keys to values")]
    [InlineData("name: x\nsizes: 3", "s.yaml:2: 'sizes' must be a list, such as [ … ]")]
    [InlineData("name: x\nsizes: [3, a]", "s.yaml:2: 'sizes[1]' must be a whole number, not 'a'")]
    [InlineData("batchSize: 3", "s.yaml:1: 'name' is missing")]
    public void WrongValueIsToldWithItsLine(string text, string message) => Assert.Equal(message, Error(text));

    [Theory]
    [InlineData("", "s.yaml:1: the file is empty")]
    [InlineData("- 1", "s.yaml:1: the file must be a mapping of keys to values, such as 'name: my-study'")]
    [InlineData("name: x\nseed: 1\nname: y", "s.yaml:3: 'name' is given twice, first in line 1")]
    [InlineData("name: x\n---\nname: y", "s.yaml:2: a second document; a study is one")]
    [InlineData("name: &a x", "s.yaml:1: anchors and aliases are not allowed; write the value out")]
    [InlineData("name: x\nsizes: *a", "s.yaml:2: anchors and aliases are not allowed; write the value out")]
    [InlineData("name: x\nsizes:\n  <<: {a: 1}", "s.yaml:3: 'sizes' must be a list, such as [ … ]")]
    [InlineData("[a]: x", "s.yaml:1: a key must be a single word")]
    public void OnlyOnePlainMappingIsRead(string text, string message) => Assert.Equal(message, Error(text));

    [Theory]
    [InlineData("name: x\nsizes: [1", 2)]
    [InlineData("name: x\n\tseed: 1", 2)]
    [InlineData("name: \"x", 1)]
    [InlineData("name: x: y", 1)]
    public void BrokenYamlIsToldWithItsLine(string text, int line)
    {
        var message = Error(text);

        Assert.StartsWith($"s.yaml:{line}: not valid YAML: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void DeepNestingIsRefused() =>
        Assert.Equal("s.yaml:1: nested deeper than 16 levels", Error("sizes: " + new string('[', 50_000)));

    [Fact]
    public void WhatIsWrittenReadsBackTheSame()
    {
        var outer = new Outer
        {
            Name = "a \"b\": #c\n\u00e9 \U0001F600",
            Colour = Colour.DarkBlue,
            Limit = null,
            Step = 0.1f,
            Inner = new Inner { Rate = 1.0 / 3 },
            Sizes = [],
            Parts = [new Inner { Rate = 0.1 }, new Inner()],
            Network = "mlp",
        };

        var text = YamlText.Write(YamlText.Tree(outer));
        var read = Bind(text);

        Assert.Equal(outer with { Sizes = read.Sizes, Parts = read.Parts }, read);
        Assert.Empty(read.Sizes);
        Assert.Equal(outer.Parts, read.Parts);
        Assert.Equal(text, YamlText.Write(YamlText.Tree(read)));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("")]
    [InlineData("true")]
    [InlineData("1")]
    [InlineData("- x")]
    [InlineData("../data/x y.npz")]
    public void AnyTextSurvives(string name) =>
        Assert.Equal(name, Bind(YamlText.Write(YamlText.Tree(new Outer { Name = name }))).Name);

    private static Outer Bind(string text)
    {
        var source = new YamlSource("s.yaml", text);
        return (Outer)new YamlBinder(source).Bind(YamlReader.Read(source), typeof(Outer), "");
    }

    private static string Error(string text) => Assert.Throws<InputException>(() => Bind(text)).Message;
}
