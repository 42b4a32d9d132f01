using Understudy.Cli.Bench;

namespace Understudy.Cli.Tests.Bench;

public sealed class DcganTrainingTests
{
    [Fact]
    public void Calls_back_while_it_trains()
    {
        var done = new List<int>();

        new DcganTraining(done.Add).Run(10, TestContext.Current.CancellationToken);

        Assert.Equal([5, 10], done);
    }
}
