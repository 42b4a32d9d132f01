using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Generation.PrivateGans;
using Understudy.Privacy.Ledger;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training.Private;

namespace Understudy.Generation.Dual;

/// <summary>Stage I with a guarantee: a DP-GAN on masks under a plan that it shares a budget with.</summary>
/// <param name="options">The training; its ε is that of the plan.</param>
/// <param name="shape">The shape of a mask.</param>
/// <param name="label">What the ledger calls the plan.</param>
/// <param name="plan">How the discriminator trains, for an account and N.</param>
internal sealed class PrivateMaskGan(PrivateGanOptions options, ImageShape shape, string label, Func<LedgerAccount, long, DpPlan> plan) : PrivateGan(options, shape, [])
{
    /// <inheritdoc/>
    public override MethodCard Card => DpDualGan.MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => false;

    /// <inheritdoc/>
    protected override string PlanLabel => label;

    /// <inheritdoc/>
    protected override DpPlan PlanFor(LedgerAccount account, long records) => plan(account, records);

    /// <inheritdoc/>
    protected override Tensor Noise(long count) => Tensor.Rand([count, Options.LatentSize], device: Device) * 2 - 1;

    /// <inheritdoc/>
    protected override Module BuildGenerator() => Initialized(DcGenerator.Build(Options.LatentSize, Shape, Options.Width));

    /// <inheritdoc/>
    protected override Module BuildDiscriminator() => Initialized(DcDiscriminator.Build(Shape, Options.Width, normalized: false));
}
