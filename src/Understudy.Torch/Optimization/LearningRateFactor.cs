namespace Understudy.Torch.Optimization;

/// <summary>Usual factors of a <see cref="LearningRateScheduler"/>; any function of the step serves.</summary>
public static class LearningRateFactor
{
    /// <summary>gamma^⌊step/period⌋.</summary>
    public static Func<long, double> StepDecay(long period, double gamma) => step => Math.Pow(gamma, step / period);

    /// <summary>gamma^step.</summary>
    public static Func<long, double> Exponential(double gamma) => step => Math.Pow(gamma, step);

    /// <summary>From 1 down half a cosine to a floor, reached after so many steps and kept (Loshchilov and Hutter 2017).</summary>
    public static Func<long, double> Cosine(long steps, double floor = 0) =>
        step => floor + ((1 - floor) * (1 + Math.Cos(Math.PI * Math.Min(step, steps) / steps)) / 2);

    /// <summary>Up a straight line from 1/steps to 1, then as another factor counted from there, or 1.</summary>
    public static Func<long, double> LinearWarmUp(long steps, Func<long, double>? then = null) =>
        step => step < steps ? (step + 1.0) / steps : then?.Invoke(step - steps) ?? 1;

    /// <summary>1 until a step, then down a straight line to 0 at another.</summary>
    public static Func<long, double> LinearDecay(long from, long to) => step => Math.Clamp((double)(to - step) / (to - from), 0, 1);
}
