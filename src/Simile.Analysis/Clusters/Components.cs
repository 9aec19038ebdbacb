namespace Simile.Analysis;

/// <summary>Disjoint sets of rows (union-find: Tarjan 1975).</summary>
internal sealed class Components
{
    private readonly int[] _parents;
    private readonly int[] _sizes;

    public Components(int count)
    {
        _parents = [.. Enumerable.Range(0, count)];
        _sizes = new int[count];
        _sizes.AsSpan().Fill(1);
        Count = count;
    }

    /// <summary>How many sets are left: the number of rows at first, one less for each join of two sets.</summary>
    public int Count { get; private set; }

    /// <summary>The representative of a row's set.</summary>
    public int Find(int row)
    {
        while (_parents[row] != row)
        {
            _parents[row] = _parents[_parents[row]];
            row = _parents[row];
        }

        return row;
    }

    /// <summary>The size of a row's set.</summary>
    public int Size(int row) => _sizes[Find(row)];

    /// <summary>Joins two sets. False if they are the same.</summary>
    public bool Join(int a, int b)
    {
        (a, b) = (Find(a), Find(b));
        if (a == b)
        {
            return false;
        }

        (a, b) = _sizes[a] >= _sizes[b] ? (a, b) : (b, a);
        _parents[b] = a;
        _sizes[a] += _sizes[b];
        Count--;
        return true;
    }

    /// <summary>The set of every row.</summary>
    public int[] All() => [.. Enumerable.Range(0, _parents.Length).Select(Find)];
}
