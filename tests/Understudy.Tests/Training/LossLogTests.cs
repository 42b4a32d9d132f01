using Understudy.Tests.Data;
using Understudy.Training;

namespace Understudy.Tests.Training;

public sealed class LossLogTests
{
    [Fact]
    public void A_resumed_log_loses_what_came_after_the_checkpoint()
    {
        using var folder = new TempFolder();
        var path = folder["losses.csv"];
        using (var log = new LossLog(path, ["d", "g"], 0))
        {
            for (var step = 1; step <= 5; step++) log.Add(step, [step, 0.5f]);
        }
        File.AppendAllText(path, "6,0."); // torn by a kill
        using (var log = new LossLog(path, ["d", "g"], 3))
        {
            Assert.Equal([[1f, 0.5f], [2f, 0.5f], [3f, 0.5f]], LossLog.Read(path, 3));
            log.Add(4, [40, 0.25f]);
        }
        Assert.Equal(["step,d,g", "1,1,0.5", "2,2,0.5", "3,3,0.5", "4,40,0.25"], File.ReadAllLines(path));
    }

    [Fact]
    public void A_run_that_starts_over_starts_an_empty_log()
    {
        using var folder = new TempFolder();
        var path = folder["losses.csv"];
        using (var log = new LossLog(path, ["d"], 0)) log.Add(1, [1]);
        using (new LossLog(path, ["d"], 0))
        {
        }
        Assert.Equal(["step,d"], File.ReadAllLines(path));
    }
}
