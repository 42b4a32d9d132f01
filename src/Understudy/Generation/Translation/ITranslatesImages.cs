using Understudy.Data;

namespace Understudy.Generation.Translation;

/// <summary>A method that makes an image of another image: of its outline, its negative, its low resolution.</summary>
public interface ITranslatesImages
{
    /// <summary>The shape of what is translated.</summary>
    ImageShape SourceShape { get; }

    /// <summary>What is translated, made from images as in training: of shape <see cref="SourceShape"/>.</summary>
    ImageSet SourcesOf(ImageSet images);

    /// <summary>The images made of sources.</summary>
    ImageSet Translate(ImageSet sources);
}
