namespace Understudy.Studies.Grids;

/// <summary>Which pieces of work may be done next, which never will be, and about how long the rest takes.</summary>
internal sealed class GridSchedule
{
    private readonly Dictionary<string, GridItem> _waiting = [];
    private readonly HashSet<string> _done = [];
    private readonly HashSet<string> _running = [];
    private readonly Dictionary<string, GridFailure> _failed = [];
    private readonly Dictionary<(string Stage, string? Kind), (double Seconds, int Count)> _took = [];
    private readonly Dictionary<string, int> _order;

    /// <param name="items">All pieces, each after those that it needs.</param>
    /// <param name="isDone">Whether a piece was done before.</param>
    public GridSchedule(IReadOnlyList<GridItem> items, Func<GridItem, bool> isDone)
    {
        Total = items.Count;
        _order = items.Index().ToDictionary(pair => pair.Item.Id, pair => pair.Index);
        foreach (var item in items)
        {
            if (isDone(item)) _done.Add(item.Id);
            else _waiting.Add(item.Id, item);
        }
    }

    /// <summary>All pieces.</summary>
    public int Total { get; }

    /// <summary>Pieces that are done.</summary>
    public int Done => _done.Count;

    /// <summary>Pieces that failed or never can be tried, in the order of the study.</summary>
    public IReadOnlyList<GridFailure> Failures => [.. _failed.OrderBy(pair => _order[pair.Key]).Select(pair => pair.Value)];

    /// <summary>Whether nothing is left to do or under way.</summary>
    public bool IsFinished => _waiting.Count == 0 && _running.Count == 0;

    /// <summary>The next piece whose needs are met: the one that most others wait for comes first; null where all must wait.</summary>
    public GridItem? Next()
    {
        GridItem? next = null;
        foreach (var item in _waiting.Values)
        {
            if (item.Needs.All(_done.Contains) && (next is null || _order[item.Id] < _order[next.Id])) next = item;
        }
        if (next is null) return null;
        _waiting.Remove(next.Id);
        _running.Add(next.Id);
        return next;
    }

    /// <summary>A piece is done.</summary>
    public void Finish(GridItem item, double seconds)
    {
        _running.Remove(item.Id);
        _done.Add(item.Id);
        Add((item.Stage, item.Kind), seconds);
        Add((item.Stage, null), seconds);
    }

    /// <summary>A piece failed: all that needs it will never be tried.</summary>
    public void Fail(GridItem item, string why)
    {
        _running.Remove(item.Id);
        _failed.Add(item.Id, new GridFailure(item.Stage, item.Subject, why, IsConsequence: false));
        // Needs come before what needs them.
        foreach (var other in _waiting.Values.OrderBy(other => _order[other.Id]).ToArray())
        {
            if (other.Needs.FirstOrDefault(_failed.ContainsKey) is not { } missing) continue;
            _waiting.Remove(other.Id);
            _failed.Add(other.Id, new GridFailure(other.Stage, other.Subject, $"needs {missing}", IsConsequence: true));
        }
    }

    /// <summary>About how many seconds the rest takes, shared among so many workers; null while nothing is known.</summary>
    public double? SecondsLeft(int workers)
    {
        if (_took.Count == 0) return null;
        var stages = _took.Where(pair => pair.Key.Kind is null).ToArray();
        var usual = stages.Sum(pair => pair.Value.Seconds) / stages.Sum(pair => pair.Value.Count);
        var work = _waiting.Values.Sum(item => Mean((item.Stage, item.Kind)) ?? Mean((item.Stage, null)) ?? usual) + (_running.Count * usual / 2);
        return work / Math.Max(1, workers);
    }

    private double? Mean((string Stage, string? Kind) key) => _took.TryGetValue(key, out var took) ? took.Seconds / took.Count : null;

    private void Add((string Stage, string? Kind) key, double seconds)
    {
        var (sum, count) = _took.GetValueOrDefault(key);
        _took[key] = (sum + seconds, count + 1);
    }
}
