using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Understudy.Data;

namespace Understudy.Studies;

/// <summary>Writes a report as one HTML file that holds its data, pictures and scripts, and loads nothing.</summary>
public static partial class Report
{
    private static readonly JsonSerializerOptions InsideHtml = Options();

    /// <summary>The file's text.</summary>
    public static string Html(ReportData data) => Placeholder().Replace(Asset("report.html"), match => match.Groups[1].Value switch
    {
        "title" => WebUtility.HtmlEncode(data.Metrics.Study),
        "css" => Asset("report.css"),
        "js" => Asset("report.js"),
        "echarts" => Asset("echarts.min.js"),
        "data" => JsonSerializer.Serialize(data, InsideHtml),
        var unknown => throw new InvalidOperationException($"report.html has an unknown placeholder '{unknown}'"),
    });

    /// <summary>JSON that cannot end the script element it stands in: <c>&lt;</c> is escaped.</summary>
    private static JsonSerializerOptions Options() =>
        new(JsonText.OneLine) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Default };

    private static string Asset(string name)
    {
        using var stream = typeof(Report).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();
}
