using System.Diagnostics;
using Understudy.Studies;

namespace Understudy.Tests.Studies;

public sealed class ReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("understudy-report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void NothingIsLoadedFromElsewhere()
    {
        var html = Report.Html(ReportExample.Data());

        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", html, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesCannotBecomeMarkup()
    {
        var html = Report.Html(ReportExample.Data("</script><script>alert(1)</script>{{js}}"));

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("</script><script>alert", html, StringComparison.Ordinal);
        Assert.Contains("<title>&lt;/script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void BrowserDrawsEveryChartWithoutAnError()
    {
        var chromium = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);
        if (chromium is null) Assert.Skip("chromium is not installed");
        var page = Path.Combine(_folder, "report.html");
        File.WriteAllText(page, Report.Html(ReportExample.Data("<b>chest</b>")));

        var (dom, log) = Dump(chromium, page);

        // Losses (1), utility (3 figures), ε spent by the private baseline (1), ROC curves (2 attacks), trade-off (1).
        Assert.Equal(8, dom.Split("<svg").Length - 1);
        Assert.Contains("&lt;b&gt;chest&lt;/b&gt;</h1>", dom, StringComparison.Ordinal);
        Assert.Contains("utility not measured: samples carry no labels", dom, StringComparison.Ordinal);
        Assert.Contains("""<th scope="row"><span class="swatch" style="background: var(--soft)" aria-hidden="true"></span>real, dp-sgd (ε = 2.5)</th>""", dom, StringComparison.Ordinal);
        Assert.Contains("trained on real, dp-sgd (ε = 2.5)", dom, StringComparison.Ordinal);
        Assert.Contains("""<section id="walk"><h2>Walks &lt;through&gt; the latent space</h2>""", dom, StringComparison.Ordinal);
        Assert.Contains("""<th scope="row">linear</th><td>0.813<span class="interval">0.700 to 0.900</span></td><td>a note</td>""", dom, StringComparison.Ordinal);
        Assert.Contains("""<th scope="row">plan</th><td>–</td><td>2</td>""", dom, StringComparison.Ordinal);
        Assert.Contains("<figcaption>A walk of the example</figcaption>", dom, StringComparison.Ordinal);
        Assert.DoesNotContain("CONSOLE", log, StringComparison.Ordinal);
    }

    [Fact]
    public void VerdictSaysWhatTheFiguresSay()
    {
        var verdict = Verdict.Of(ReportExample.Metrics());

        Assert.Equal(3, verdict.Count);
        Assert.Contains("a balanced accuracy of 0.833 (95 % interval 0.803 to 0.863)", string.Join(" ", verdict[0].Answers), StringComparison.Ordinal);
        Assert.Equal("Trained on the real images by dp-sgd, which is (ε = 2.498, δ = 1e-5)-DP for one image, added or removed, a classifier reaches 0.791 (95 % interval 0.761 to 0.821); "
            + "the intervals overlap, so this run alone does not settle whether something is lost.", verdict[0].Answers[1]);
        Assert.Contains("images of cgan alone, it reaches 0.822 (95 % interval 0.792 to 0.852); the intervals overlap, so this run alone does not settle", string.Join(" ", verdict[0].Answers), StringComparison.Ordinal);
        Assert.Contains("images of acgan alone, it reaches 0.761 (95 % interval 0.731 to 0.791): 0.072 less, more than chance explains", string.Join(" ", verdict[0].Answers), StringComparison.Ordinal);
        Assert.Equal("For infogan: utility not measured: samples carry no labels.", verdict[0].Answers[^1]);
        Assert.Contains("The strongest of 2 attacks on acgan (gan-leaks-calibrated) tells members from non-members with an AUC of 0.531 (95 % interval 0.509 to 0.553); "
            + "that is better than guessing", string.Join(" ", verdict[1].Answers), StringComparison.Ordinal);
        Assert.Contains("0.507 (95 % interval 0.485 to 0.529); this test cannot tell that from guessing", string.Join(" ", verdict[1].Answers), StringComparison.Ordinal);
        Assert.StartsWith("Nothing is.", verdict[2].Answers[0], StringComparison.Ordinal);
        Assert.All(verdict.SelectMany(finding => finding.Answers), answer => Assert.DoesNotContain("private", answer, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Methods_that_are_alike_in_what_was_not_measured_share_a_sentence_and_the_strongest_attack_comes_first()
    {
        var metrics = ReportExample.Metrics();
        var without = metrics.Methods["infogan"];
        var verdict = Verdict.Of(metrics with { Methods = new SortedDictionary<string, MethodMetrics>(metrics.Methods.ToDictionary()) { ["a"] = without, ["b"] = without } });
        Assert.Single(verdict[0].Answers, answer => answer.Contains("not measured", StringComparison.Ordinal));
        Assert.Contains("For a, b, infogan: utility not measured: samples carry no labels.", verdict[0].Answers);
        Assert.Contains(" cgan ", verdict[1].Answers[0], StringComparison.Ordinal); // the last of five, at 0.56
    }

    private (string Dom, string Log) Dump(string chromium, string page)
    {
        var start = new ProcessStartInfo(chromium)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
                "--enable-logging=stderr", $"--user-data-dir={_folder}/profile", "--dump-dom", $"file://{page}",
            },
        };
        using var process = Process.Start(start)!;
        var log = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var dom = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (dom, log.GetAwaiter().GetResult());
    }
}
