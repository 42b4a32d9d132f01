using Understudy.Data;
using Understudy.Generation.Attributes;
using Understudy.Generation.Autoencoders;
using Understudy.Generation.Baselines;
using Understudy.Generation.Denoising;
using Understudy.Generation.Dual;
using Understudy.Generation.Embedding;
using Understudy.Generation.Evolution;
using Understudy.Generation.Gan;
using Understudy.Generation.Planted;
using Understudy.Generation.PrivateGans;
using Understudy.Generation.Style;
using Understudy.Generation.Translation;

namespace Understudy.Generation;

/// <summary>Every synthesizer there is.</summary>
public static class Synthesizers
{
    /// <summary>The methods, in the order in which they are listed to a reader.</summary>
    public static IReadOnlyList<SynthesizerEntry> All { get; } =
    [
        Entry<PcaOptions>(Pca.MethodCard, (options, shape, classes) => new Pca(options, shape, classes)),
        Entry<KernelDensityOptions>(KernelDensity.MethodCard, (options, shape, classes) => new KernelDensity(options, shape, classes)),
        Entry<PlainGanOptions>(FcGan.MethodCard, (options, shape, classes) => new FcGan(options, shape, classes), judges: true),
        Entry<PlainGanOptions>(Dcgan.MethodCard, (options, shape, classes) => new Dcgan(options, shape, classes), judges: true),
        Entry<PlainGanOptions>(VolumeGan.MethodCard, (options, shape, classes) => new VolumeGan(options, shape, classes), judges: true),
        Entry<LossGanOptions>(LsGan.MethodCard, (options, shape, classes) => new LsGan(options, shape, classes), judges: true),
        Entry<LossGanOptions>(HingeGan.MethodCard, (options, shape, classes) => new HingeGan(options, shape, classes), judges: true),
        Entry<WganOptions>(Wgan.MethodCard, (options, shape, classes) => new Wgan(options, shape, classes), judges: true),
        Entry<WganGpOptions>(WganGp.MethodCard, (options, shape, classes) => new WganGp(options, shape, classes), judges: true),
        Entry<FGanOptions>(FGan.MethodCard, (options, shape, classes) => new FGan(options, shape, classes), judges: true),
        Entry<ConditionalGanOptions>(ConditionalGan.MethodCard, (options, shape, classes) => new ConditionalGan(options, shape, classes), judges: true),
        Entry<AcGanOptions>(AcGan.MethodCard, (options, shape, classes) => new AcGan(options, shape, classes), judges: true),
        Entry<InfoGanOptions>(InfoGan.MethodCard, (options, shape, classes) => new InfoGan(options, shape, classes), judges: true),
        Entry<StyleGanOptions>(StyleGan.MethodCard, (options, shape, classes) => new StyleGan(options, shape, classes), judges: true),
        Entry<Denoising.AutoencoderOptions>(Ae.MethodCard, (options, shape, classes) => new Ae(options, shape, classes)),
        Entry<DaeOptions>(Dae.MethodCard, (options, shape, classes) => new Dae(options, shape, classes)),
        Entry<DaaeOptions>(Daae.MethodCard, (options, shape, classes) => new Daae(options, shape, classes)),
        Entry<IdaaeOptions>(Idaae.MethodCard, (options, shape, classes) => new Idaae(options, shape, classes)),
        Entry<SsDaaeOptions>(SsDaae.MethodCard, (options, shape, classes) => new SsDaae(options, shape, classes)),
        Entry<IfcVaeGanOptions>(IfcVaeGan.MethodCard, (options, shape, classes) => new IfcVaeGan(options, shape, classes)),
        Entry<GanOptions>(LapGan.MethodCard, (options, shape, classes) => new LapGan(options, shape, classes)),
        Entry<CoGanOptions>(CoGan.MethodCard, (options, shape, classes) => new CoGan(options, shape, classes)),
        Entry<SemiSupervisedGanOptions>(SemiSupervisedGan.MethodCard, (options, shape, classes) => new SemiSupervisedGan(options, shape, classes), judges: true),
        Entry<VaeOptions>(Vae.MethodCard, (options, shape, classes) => new Vae(options, shape, classes)),
        Entry<AaeOptions>(Aae.MethodCard, (options, shape, classes) => new Aae(options, shape, classes)),
        Entry<VaeGanOptions>(VaeGan.MethodCard, (options, shape, classes) => new VaeGan(options, shape, classes)),
        Entry<AliOptions>(Ali.MethodCard, (options, shape, classes) => new Ali(options, shape, classes)),
        Entry<Pix2PixOptions>(Pix2Pix.MethodCard, (options, shape, classes) => new Pix2Pix(options, shape, classes)),
        Entry<CycleGanOptions>(CycleGan.MethodCard, (options, shape, classes) => new CycleGan(options, shape, classes)),
        Entry<SrganOptions>(Srgan.MethodCard, (options, shape, classes) => new Srgan(options, shape, classes)),
        Entry<DpMerfOptions>(DpMerf.MethodCard, (options, shape, classes) => new DpMerf(options, shape, classes)),
        Entry<DpNtkOptions>(DpNtk.MethodCard, (options, shape, classes) => new DpNtk(options, shape, classes)),
        Entry<DpKernelOptions>(DpKernel.MethodCard, (options, shape, classes) => new DpKernel(options, shape, classes)),
        Entry<PrivateEvolutionOptions>(PrivateEvolution.MethodCard, (options, shape, classes) => new PrivateEvolution(options, shape, classes)),
        Entry<PrivateGanOptions>(DpGan.MethodCard, (options, shape, classes) => new DpGan(options, shape, classes), judges: true),
        Entry<DpConditionalGanOptions>(DpConditionalGan.MethodCard, (options, shape, classes) => new DpConditionalGan(options, shape, classes), judges: true),
        Entry<GsWganOptions>(GsWgan.MethodCard, (options, shape, classes) => new GsWgan(options, shape, classes)),
        Entry<DpInfoGanOptions>(DpInfoGan.MethodCard, (options, shape, classes) => new DpInfoGan(options, shape, classes), judges: true),
        Entry<DualGanOptions>(DualGan.MethodCard, (options, shape, _) => new DualGan(options, shape)),
        Entry<DpDualGanOptions>(DpDualGan.MethodCard, (options, shape, _) => new DpDualGan(options, shape)),
    ];

    /// <summary>Leaks on purpose, which a study may name to see that it finds them. They are no methods, and nothing of them is released.</summary>
    public static IReadOnlyList<SynthesizerEntry> Planted { get; } =
    [
        Entry<PlantedOptions>(CopyCat.MethodCard, (_, shape, classes) => new CopyCat(shape, classes)),
        Entry<PlantedOptions>(Memoriser.MethodCard, (_, shape, classes) => new Memoriser(shape, classes)),
        Entry<PlantedClaimOptions>(CountLeaker.MethodCard, (options, shape, classes) => new CountLeaker(options, shape, classes)),
        Entry<PlantedClaimOptions>(TenthOfNoise.MethodCard, (options, shape, classes) => new TenthOfNoise(options, shape, classes)),
    ];

    /// <summary>Whether a name is that of a leak on purpose.</summary>
    public static bool IsPlanted(string name) => Planted.Any(entry => entry.Card.Name == name);

    /// <summary>The method of that name.</summary>
    /// <exception cref="InputException">There is none; the message names the nearest.</exception>
    public static SynthesizerEntry Get(string name) =>
        All.Concat(Planted).FirstOrDefault(entry => entry.Card.Name == name)
        ?? throw new InputException($"unknown method '{name}'{NearestName.Hint(name, [.. All.Select(entry => entry.Card.Name)])}");

    private static SynthesizerEntry Entry<TOptions>(MethodCard card, Func<TOptions, ImageShape, IReadOnlyList<string>, Synthesizer> create, bool judges = false) =>
        new(card, typeof(TOptions), (options, shape, classes) => create((TOptions)options, shape, classes), judges);
}
