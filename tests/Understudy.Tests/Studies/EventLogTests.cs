using Understudy.Studies;
using Understudy.Training;

namespace Understudy.Tests.Studies;

public sealed class EventLogTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void TornLastLineIsPassedOver()
    {
        using (var log = new EventLog(_path, TimeProvider.System)) log.Append("started", "generation", "dcgan");
        File.AppendAllText(_path, "{\"time\":\"2026-0");
        using (var log = new EventLog(_path, TimeProvider.System)) log.Append("finished", "generation", "dcgan");

        Assert.Equal(["started", "finished"], EventLog.Read(_path).Select(line => line.GetProperty("event").GetString()));
    }

    [Fact]
    public void ProgressIsThinnedOut()
    {
        using (var log = new EventLog(_path, new Clock()))
        {
            for (var step = 0; step < 100; step++)
                log.Append(new StageProgress("generation", "dcgan", step, 100, new Dictionary<string, double> { ["loss"] = double.NaN }));
        }

        Assert.Equal(20, EventLog.Read(_path).Count);
    }

    /// <summary>One second later at every look.</summary>
    private sealed class Clock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _now++;
    }
}
