using Understudy.Data;

namespace Understudy.Generation;

/// <summary>A method that a study may name.</summary>
/// <param name="Card">What the method is; its name is the one used in study files.</param>
/// <param name="OptionsType">A record of init properties with defaults and <c>[Range]</c>s: the keys that a study may set.</param>
/// <param name="Create">Makes an unfitted synthesizer from options of that type, the shape of an image and the names of the classes.</param>
/// <param name="JudgesImages">Whether it has a discriminator that can be released too: see <see cref="IJudgesImages"/>.</param>
public sealed record SynthesizerEntry(MethodCard Card, Type OptionsType, Func<object, ImageShape, IReadOnlyList<string>, Synthesizer> Create, bool JudgesImages = false);
