using Simile.Numerics;

namespace Simile.Index.Tests.Concurrency;

/// <summary>
/// Records which vectors had which ids when, with a clock that counts events: what a search may return, and what it must.
/// </summary>
/// <remarks>One thread changes, any number of threads search.</remarks>
internal sealed class History
{
    private const long Never = long.MaxValue;
    private const int Kept = 400; // versions of an id: a search that lasts longer is not judged

    private readonly Lock _lock = new();
    private readonly Dictionary<int, List<Version>> _versions = [];
    private List<Version> _coming = [];
    private long _clock;

    private sealed class Version(float[] vector, long begun)
    {
        public float[] Vector => vector;

        public long Begun => begun;

        public long Shown { get; set; } = Never;

        public long Ending { get; set; } = Never;

        public long Ended { get; set; } = Never;
    }

    /// <summary>The time now.</summary>
    public long Now() => Interlocked.Increment(ref _clock);

    /// <summary>Adds vectors by <paramref name="add"/>, which returns the id of the first.</summary>
    public void Add(float[][] vectors, Func<int> add)
    {
        lock (_lock)
        {
            _coming = [.. vectors.Select(vector => new Version(vector, Now()))];
        }

        var first = add();
        lock (_lock)
        {
            for (var i = 0; i < vectors.Length; i++)
            {
                _coming[i].Shown = Now();
                Of(first + i).Add(_coming[i]);
            }

            _coming = [];
        }
    }

    public void Update(int id, float[] vector, Action update)
    {
        Version last, next;
        lock (_lock)
        {
            last = Of(id)[^1];
            last.Ending = Now();
            next = new Version(vector, Now());
            Of(id).Add(next);
        }

        update();
        lock (_lock)
        {
            last.Ended = next.Shown = Now();
        }
    }

    public void Remove(int id, Action remove)
    {
        Version last;
        lock (_lock)
        {
            last = Of(id)[^1];
            last.Ending = Now();
        }

        remove();
        lock (_lock)
        {
            last.Ended = Now();
        }
    }

    /// <summary>Checks the result of a search that started after <paramref name="from"/> and ended before <paramref name="to"/>.</summary>
    /// <param name="all">Whether all vectors of that time must be among the hits.</param>
    public string? Fault(Metric metric, float[] query, ReadOnlySpan<Hit> hits, long from, long to, bool all)
    {
        lock (_lock)
        {
            var seen = new HashSet<int>();
            foreach (var hit in hits)
            {
                if (!seen.Add(hit.Id))
                {
                    return $"id {hit.Id} stands twice";
                }

                // A vector that is being added has no id yet.
                var versions = _versions.GetValueOrDefault(hit.Id) ?? [];
                if (_coming.Exists(version => IsScore(metric.Score(query, version.Vector), hit.Score)))
                {
                    continue;
                }

                if (!versions.Exists(version => version.Begun <= to && version.Ended >= from))
                {
                    return $"id {hit.Id} was not there";
                }

                if (!versions.Exists(
                    version => version.Begun <= to && version.Ended >= from && IsScore(metric.Score(query, version.Vector), hit.Score)))
                {
                    return $"id {hit.Id} never scored {hit.Score}";
                }
            }

            return all ? Missing(seen, from, to) : null;
        }
    }

    private string? Missing(HashSet<int> seen, long from, long to)
    {
        foreach (var (id, versions) in _versions)
        {
            // After a replacement, an id exists from the first vector's appearance to the last one's removal.
            var there = versions.Exists(version => version.Shown <= from && Continues(versions, version, to));
            if (there && !seen.Contains(id))
            {
                return $"id {id} is missing";
            }
        }

        return null;
    }

    private static bool Continues(List<Version> versions, Version version, long to)
    {
        for (var at = versions.IndexOf(version); ; at++)
        {
            if (versions[at].Ending > to)
            {
                return true;
            }

            // A vector that ends before the next one starts was removed.
            if (at + 1 == versions.Count || versions[at + 1].Begun > versions[at].Ended)
            {
                return false;
            }
        }
    }

    private List<Version> Of(int id)
    {
        if (!_versions.TryGetValue(id, out var versions))
        {
            _versions.Add(id, versions = []);
        }

        if (versions.Count > 2 * Kept)
        {
            versions.RemoveRange(0, Kept);
        }

        return versions;
    }

    private static bool IsScore(float exact, float score) => Math.Abs(exact - score) <= 1e-4f * (1 + Math.Abs(exact));
}
