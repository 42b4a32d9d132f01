using System.Text.Json.Serialization;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using static Understudy.Privacy.NeighbouringRelation;

namespace Understudy.Privacy.Tests.Events;

public sealed class EventTests
{
    [Fact]
    public void Json_round_trips_every_kind_and_equal_events_have_equal_text()
    {
        foreach (var e in EventSamples.All.Append(new UnaccountedEvent("class counts")).Select(e => e.Times(3).Then(e)))
        {
            var text = PrivacyEventJson.Write(e);

            Assert.Equal(e, PrivacyEventJson.Read(text));
            Assert.Equal(e.GetHashCode(), PrivacyEventJson.Read(text).GetHashCode());
            Assert.Equal(text, PrivacyEventJson.Write(PrivacyEventJson.Read(text)));
            Assert.DoesNotContain('\n', text);
        }
    }

    /// <summary>Ledgers hold this text; it must not change.</summary>
    [Fact]
    public void Json_is_canonical() => Assert.Equal(
        """{"kind":"self-composed","event":{"kind":"poisson-sampled","rate":0.01,"event":{"kind":"gaussian","noiseMultiplier":1.1}},"count":1000}""",
        PrivacyEventJson.Write(new GaussianEvent(1.1).Sampled(new SamplingRate(0.01)).Times(1000)));

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"kind":"gauss","noiseMultiplier":1}""")]
    [InlineData("""{"kind":"gaussian"}""")]
    [InlineData("""{"kind":"gaussian","noiseMultiplier":-1}""")]
    [InlineData("""{"kind":"gaussian","noiseMultiplier":1,"delta":0}""")]
    [InlineData("""{"kind":"poisson-sampled","rate":0.5,"event":null}""")]
    [InlineData("not json")]
    public void Json_that_is_no_event_is_refused(string json) => Assert.Throws<FormatException>(() => PrivacyEventJson.Read(json));

    [Fact]
    public void Every_kind_is_registered_for_json()
    {
        var kinds = typeof(PrivacyEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(PrivacyEvent))).ToArray();
        var registered = typeof(PrivacyEvent).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false).Cast<JsonDerivedTypeAttribute>().ToArray();

        Assert.Equal(kinds.Length, registered.Length);
        Assert.Empty(kinds.Except(registered.Select(r => r.DerivedType)));
        Assert.Equal(registered.Length, registered.Select(r => r.TypeDiscriminator).Distinct().Count());
    }

    [Fact]
    public void Parameters_without_meaning_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianEvent(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianEvent(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LaplaceEvent(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteGaussianEvent(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingRate(1.01));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Delta(-1e-9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Epsilon(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoiseMultiplier(double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianEvent(1).Times(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FixedBatchGaussianEvent(10, 11, new NoiseMultiplier(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RepeatAndSelectEvent(new NoOpEvent(), 1, 0));
        Assert.Throws<ArgumentException>(() => new MixtureOfGaussiansEvent(1, [0, 1], [0.5, 0.6]));
        Assert.Throws<ArgumentException>(() => new MixtureOfGaussiansEvent(1, [0, 1], [1]));
    }

    /// <summary>kind, then the relations (A add-or-remove, S zero-out, R replace) that the privacy-loss and the Rényi accountant take it under.</summary>
    [Theory]
    [InlineData(typeof(NoOpEvent), "ASR", "ASR")]
    [InlineData(typeof(NonPrivateEvent), "ASR", "ASR")]
    [InlineData(typeof(GaussianEvent), "ASR", "ASR")]
    [InlineData(typeof(LaplaceEvent), "ASR", "ASR")]
    [InlineData(typeof(DiscreteGaussianEvent), "ASR", "ASR")]
    [InlineData(typeof(DiscreteGaussianVectorEvent), "", "ASR")]
    [InlineData(typeof(ZCdpEvent), "", "ASR")]
    [InlineData(typeof(EpsilonDeltaEvent), "ASR", "ASR")]
    [InlineData(typeof(RandomizedResponseEvent), "SR", "SR")]
    [InlineData(typeof(ExponentialMechanismEvent), "ASR", "ASR")]
    [InlineData(typeof(PermuteAndFlipEvent), "ASR", "ASR")]
    [InlineData(typeof(MixtureOfGaussiansEvent), "AS", "")]
    [InlineData(typeof(TruncatedPoissonGaussianEvent), "S", "S")]
    [InlineData(typeof(FixedBatchGaussianEvent), "", "R")]
    [InlineData(typeof(RandomShardGaussianEvent), "ASR", "ASR")]
    [InlineData(typeof(TreeAggregationEvent), "", "S")]
    [InlineData(typeof(RepeatAndSelectEvent), "", "ASR")]
    public void Each_kind_is_taken_under_the_relations_it_is_analysed_for(Type kind, string pld, string rdp)
    {
        var e = EventSamples.All.First(e => e.GetType() == kind);

        Assert.Equal(pld, Supported(r => new PldAccountant(r), e));
        Assert.Equal(rdp, Supported(r => new RdpAccountant(r), e));
    }

    [Fact]
    public void Sampling_is_taken_around_what_is_analysed()
    {
        var rate = new SamplingRate(0.1);
        Assert.Equal("ASR", Supported(r => new PldAccountant(r), new GaussianEvent(1).Sampled(rate)));
        Assert.Equal("AS", Supported(r => new RdpAccountant(r), new GaussianEvent(1).Sampled(rate)));
        Assert.Equal("AS", Supported(r => new PldAccountant(r), new LaplaceEvent(1).Sampled(rate)));
        Assert.Equal("AS", Supported(r => new PldAccountant(r), new DiscreteGaussianEvent(1).Sampled(rate)));
        Assert.Equal("", Supported(r => new RdpAccountant(r), new DiscreteGaussianEvent(1).Sampled(rate)));
        Assert.Equal("", Supported(r => new TightestAccountant(r), new LaplaceEvent(1).Times(2).Sampled(rate)));
        Assert.Equal("", Supported(r => new TightestAccountant(r), new GaussianEvent(1).Sampled(rate).Sampled(rate)));
        Assert.Equal("", Supported(r => new TightestAccountant(r), new GaussianEvent(1).Then(new UnaccountedEvent("mean image")).Times(5)));
    }

    [Fact]
    public void A_refusal_names_the_innermost_event_and_why()
    {
        var refused = Assert.Throws<UnsupportedEventException>(() =>
            new PldAccountant(AddOrRemoveOne).EpsilonAt(new GaussianEvent(1).Then(new UnaccountedEvent("class counts").Times(2)), new Delta(0.1)));

        Assert.IsType<UnaccountedEvent>(refused.Event);
        Assert.Contains("class counts", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Gaussians on one sample are one Gaussian of σ = (Σ σᵢ⁻²)^(−½); on samples of their own they are not.</summary>
    [Fact]
    public void Gaussians_on_one_sample_merge()
    {
        var accountant = new PldAccountant(AddOrRemoveOne);
        double Of(PrivacyEvent e) => accountant.EpsilonAt(e.Times(10), new Delta(1e-5)).Upper.Value;
        var rate = new SamplingRate(0.1);
        var together = Of(new GaussianEvent(2).Then(new GaussianEvent(4)).Sampled(rate));

        Assert.Equal(Of(new GaussianEvent(1 / Math.Sqrt(0.25 + 0.0625)).Sampled(rate)), together, 1e-9);
        Assert.True(together > Of(new GaussianEvent(2).Sampled(rate).Then(new GaussianEvent(4).Sampled(rate))));
    }

    [Fact]
    public void Rates_of_zero_and_one_are_what_they_say()
    {
        var accountant = new PldAccountant(AddOrRemoveOne);
        Assert.Equal(0, accountant.EpsilonAt(new GaussianEvent(1).Sampled(new SamplingRate(0)), Delta.Zero).Upper.Value);
        Assert.Equal(accountant.EpsilonAt(new GaussianEvent(1), new Delta(1e-5)), accountant.EpsilonAt(new GaussianEvent(1).Sampled(SamplingRate.All), new Delta(1e-5)));
        Assert.Throws<OverflowException>(() => accountant.EpsilonAt(new GaussianEvent(1).Times(long.MaxValue).Times(2), new Delta(0.1)));
    }

    private static string Supported(Func<NeighbouringRelation, PrivacyAccountant> accountant, PrivacyEvent e) =>
        string.Concat(new[] { (AddOrRemoveOne, 'A'), (ReplaceSpecial, 'S'), (ReplaceOne, 'R') }.Where(r => accountant(r.Item1).Supports(e)).Select(r => r.Item2));
}
