using Understudy.Attacks;
using Understudy.Attacks.WhiteBox;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Metrics;
using Understudy.Sampling;
using Understudy.Tests.Data;
using Understudy.Tests.Sampling;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Tests.Attacks.WhiteBox;

/// <summary>Attacks on networks that are made up, so that what they should find is known.</summary>
public sealed class WhiteBoxAttackTests
{
    private static readonly AttackSettings Settings = new() { Seed = 1 };

    [Fact]
    public void Every_attack_is_made_from_its_defaults() => Assert.All(WhiteBoxAttacks.All, entry =>
    {
        var attack = entry.Create((AttackOptions)Activator.CreateInstance(entry.OptionsType)!);
        Assert.Equal(entry.Card, attack.Card);
        Assert.Same(entry, WhiteBoxAttacks.Find(entry.Card.Name));
    });

    /// <summary>The discriminator knows the brightest images best; the members are the brightest.</summary>
    [Fact]
    public void A_discriminator_that_remembers_members_gives_them_away()
    {
        var (members, nonMembers) = (Flat(40, from: 100), Flat(60, from: 30));
        var result = AttackEvaluation.Run(new WhiteBoxLogan(), new Made(), members, nonMembers, Settings);
        Assert.Equal(1, result.Auc.Value, 12);
        Assert.Equal((40, 40), (result.MemberCount, result.NonMemberCount));
        Assert.Equal(0, AttackEvaluation.Run(new WhiteBoxLogan(), new Made(), nonMembers, members, Settings).Auc.Value, 12);
    }

    [Fact]
    public void It_needs_the_discriminator()
    {
        Assert.True(new WhiteBoxLogan().Suits(new Made(), hasDiscriminator: true));
        Assert.False(new WhiteBoxLogan().Suits(new Made(), hasDiscriminator: false));
        Assert.True(new WhiteBoxGanLeaks().Suits(new Made(), hasDiscriminator: false));
    }

    /// <summary>The members are images that the generator can make, the non-members are noise: gradient descent comes to the one and not to the other.</summary>
    [Fact]
    public void What_the_generator_can_make_is_found_by_gradient_descent()
    {
        using var generator = new SmoothGenerator();
        var members = LatentImages.Decode(generator, LatentImages.Draw(generator, null, 12, seed: 3));
        var result = AttackEvaluation.Run(new WhiteBoxGanLeaks(new WhiteBoxGanLeaksOptions { Records = 10, Iterations = 150 }), new Made(), members, Images.Noise(12, 1, 6, 6), Settings);
        Assert.Equal(1, result.Auc.Value, 12);
        Assert.Equal((10, 10), (result.MemberCount, result.NonMemberCount));
    }

    /// <summary>Who asks about a record knows its class; the candidates carry it whatever their order.</summary>
    [Fact]
    public void Candidates_keep_their_classes()
    {
        var (members, nonMembers) = (Images.Noise(20, 1, 6, 6, classes: 2), Images.Noise(20, 1, 6, 6, classes: 2, seed: 2));
        var asked = new Asking();
        AttackEvaluation.Run(asked, new Made(), members, nonMembers, Settings);
        var known = members.Labels!.Concat(nonMembers.Labels!).Zip(Enumerable.Range(0, 40), (label, i) => (Convert.ToHexString(i < 20 ? members.Image(i) : nonMembers.Image(i - 20)), label)).ToDictionary();
        Assert.All(Enumerable.Range(0, 40), i => Assert.Equal(known[Convert.ToHexString(asked.Candidates!.Image(i))], asked.Candidates.Labels![i]));
    }

    private static ImageSet Flat(int count, int from) =>
        new(new ImageShape(1, 6, 6), [.. Enumerable.Range(0, count).SelectMany(i => Enumerable.Repeat((byte)(from + i), 36))]);

    private sealed class Asking : WhiteBoxAttack
    {
        public ImageSet? Candidates { get; private set; }

        public override AttackCard Card => new("asking", "", "networks", false, "");

        public override bool Suits(Synthesizer model, bool hasDiscriminator) => true;

        public override double[] Score(Synthesizer model, ImageSet candidates, ulong seed)
        {
            Candidates = candidates;
            return new double[candidates.Count];
        }
    }

    /// <summary>A generator that needs no training, and a discriminator that takes bright images for real.</summary>
    private sealed class Made : Synthesizer, IJudgesImages, ILatentSynthesizer
    {
        public override MethodCard Card => new("made", "", "image", MethodCard.NoGuarantee);

        public override bool IsConditional => false;

        public bool SavesDiscriminator => false;

        public ILatentGenerator OpenLatents() => new SmoothGenerator();

        public double[] Judge(ImageSet images) => [.. Enumerable.Range(0, images.Count).Select(i => images.Image(i).ToArray().Average(pixel => (double)pixel))];

        public void SaveDiscriminator(string directory) => throw new NotSupportedException();

        public void LoadDiscriminator(string directory) => throw new NotSupportedException();

        public override long Fit(PrivateData<ImageSet> members, FitContext context) => throw new NotSupportedException();

        public override ImageSet Sample(int count, ulong seed, int[]? labels = null) => throw new NotSupportedException();

        public override void Save(string directory) => throw new NotSupportedException();

        public override void Load(string directory) => throw new NotSupportedException();
    }
}
