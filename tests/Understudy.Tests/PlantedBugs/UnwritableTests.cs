using System.Reflection;
using Understudy.Data;
using Understudy.Privacy.Noise;
using Understudy.Torch.Optimization;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Tests.PlantedBugs;

/// <summary>Bugs that nobody outside the library can write, because there is nothing to write them with.</summary>
public sealed class UnwritableTests
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>No other rate, noise, divisor or bound than those that were accounted for.</summary>
    [Fact]
    public void A_plan_is_calibrated_whole_and_never_changes()
    {
        Assert.Empty(typeof(DpPlan).GetConstructors());
        Assert.All(typeof(DpPlan).GetProperties(), property => Assert.Null(property.SetMethod?.IsPublic is true ? property.Name : null));
        Assert.Equal(["Calibrate"], typeof(DpPlan).GetMethods(Own).Where(m => m.ReturnType == typeof(DpPlan) && !m.Name.StartsWith('<')).Select(m => m.Name));
    }

    /// <summary>A training takes its sampler, noise, bound and divisor from the plan; what may make it faster reaches none of them.</summary>
    [Fact]
    public void A_training_takes_nothing_that_the_plan_decides() => Assert.Equal(
        [typeof(string), typeof(DpPlan), typeof(PrivateData<ImageSet>), typeof(PixelRange), typeof(Torch.Modules.Module), typeof(Optimizer), typeof(PerformanceOptions)],
        Assert.Single(typeof(PrivateTraining).GetConstructors()).GetParameters().Select(p => p.ParameterType));

    /// <summary>Neither losses nor norms nor the size of a batch.</summary>
    [Fact]
    public void A_training_gives_nothing_back_but_whether_it_goes_on()
    {
        Assert.Empty(typeof(PrivateTraining).GetProperties());
        Assert.All(typeof(PrivateTraining).GetMethods(Own), method => Assert.Contains(method.ReturnType, new[] { typeof(bool), typeof(void) }));
    }

    /// <summary>Bounds, counts of classes and numbers of records can be read by a paid release, or in the open after the ledger has listed it.</summary>
    [Fact]
    public void Records_have_no_other_doors() => Assert.Equal(
        ["Account", "Choose", "OpenUnaccounted", "PublicCount", "Release"],
        typeof(PrivateData<ImageSet>).GetMembers(Own).Where(m => m is not ConstructorInfo && m is not MethodInfo { IsSpecialName: true }).Select(m => m.Name).Order());

    /// <summary>A way of clipping that does not clip cannot be added, and a bound cannot be moved from outside.</summary>
    [Fact]
    public void Nobody_else_writes_a_way_of_clipping()
    {
        Assert.All(typeof(Clipping).GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance), constructor => Assert.True(constructor.IsFamilyAndAssembly || constructor.IsFamily && IsCopy(constructor)));
        Assert.True(typeof(Clipping).GetMethod("Factors", BindingFlags.NonPublic | BindingFlags.Instance)!.IsAssembly);
        Assert.False(typeof(Clipping).GetProperty(nameof(Clipping.Bound))!.SetMethod!.IsFamily);

        static bool IsCopy(ConstructorInfo constructor) => constructor.GetParameters() is [{ ParameterType: var type }] && type == typeof(Clipping);
    }

    [Fact]
    public void Options_for_speed_reach_nothing_else() =>
        Assert.Equal(["MicroBatch", "Norms"], typeof(PerformanceOptions).GetProperties().Select(p => p.Name).Order());

    /// <summary>In all that deals with privacy nothing public takes a seed, or random numbers of the caller's.</summary>
    [Fact]
    public void No_seed_reaches_noise_or_samples()
    {
        var taken = new[] { typeof(NoiseSource).Assembly.GetExportedTypes(), typeof(DpPlan).Assembly.GetExportedTypes().Where(t => t.Namespace == typeof(DpPlan).Namespace) }
            .SelectMany(types => types)
            .SelectMany(type => type.GetConstructors(Own).Concat<MethodBase>(type.GetMethods(Own)))
            .SelectMany(method => method.GetParameters())
            .Where(p => p.ParameterType == typeof(Random) || typeof(NoiseSource).IsAssignableFrom(p.ParameterType) || p.Name!.Contains("seed", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(taken);
    }
}
