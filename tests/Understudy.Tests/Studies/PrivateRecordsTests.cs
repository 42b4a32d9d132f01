using Understudy.Studies;
using Understudy.Studies.Stages;
using Understudy.Tests.Data;

namespace Understudy.Tests.Studies;

public sealed class PrivateRecordsTests
{
    /// <summary>A guarantee for a patient cannot be had from methods that bound what one image changes.</summary>
    [Fact]
    public void A_unit_of_several_images_is_refused()
    {
        var patients = new PrivacySection { Unit = "patient" };
        var several = Images.Noise(6, group: i => $"patient {i / 2}");
        Assert.Contains("'unit' is 'patient' in privacy", Images.InputError(() => PrivateRecords.Checked(patients, several)), StringComparison.Ordinal);
        Assert.Same(patients, PrivateRecords.Checked(patients, Images.Noise(6, group: i => $"patient {i}")));
        Assert.Same(patients, PrivateRecords.Checked(patients, Images.Noise(6)));
        var images = new PrivacySection();
        Assert.Same(images, PrivateRecords.Checked(images, several));
    }
}
