using System.Text.Json.Nodes;
using Understudy.Tests.Data;

namespace Understudy.Tests.Metrics;

/// <summary>The golden values of tests/Golden/metrics.json, written by the script of the same name.</summary>
internal static class Golden
{
    public static JsonNode Metrics { get; } = JsonNode.Parse(File.ReadAllText(Shared.Find("tests/Golden/metrics.json")!))!;
}
