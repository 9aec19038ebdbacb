namespace Simile.Models.Architectures;

/// <summary>The properties of a <see cref="FusedVit"/> that its tensors do not show.</summary>
internal sealed record FusedVitShape
{
    /// <summary>Attention heads.</summary>
    public required int Heads { get; init; }

    /// <summary>The learned vectors before the patches, by the names of their tensors: the class token, then registers.</summary>
    public required IReadOnlyList<string> First { get; init; }

    /// <summary>The number of those tensors with positions in the table; null: derived from the table's length.</summary>
    public int? FirstWithPositions { get; init; }

    /// <summary>Rows and columns of the position table; null for a square.</summary>
    public (int Rows, int Columns)? Grid { get; init; }

    /// <summary>How the table is resampled.</summary>
    public PositionFilter Filter { get; init; }

    /// <summary>Epsilon of the norms.</summary>
    public float Epsilon { get; init; } = 1e-6f;

    /// <summary>The activation between the two linear layers.</summary>
    public string Activation { get; init; } = "gelu";

    /// <summary>How the token vectors are pooled, by timm's name.</summary>
    public string Pool { get; init; } = "token";

    /// <summary>Whether mean or max pooling includes the first tokens.</summary>
    public bool PoolsFirst { get; init; }

    /// <summary>Whether a table of this length includes positions of the <paramref name="first"/> tokens.</summary>
    public bool TablePositions(int places, int first) => Grid is { } grid ? places == ((long)grid.Rows * grid.Columns) + first
        : first > 0 && Math.Sqrt(places - first) is var side && side == Math.Floor(side);

    /// <summary>The number of vectors in the first tensors. A tensor of registers holds several.</summary>
    public int Vectors(Weights weights, int hidden, int tensors = int.MaxValue) =>
        First.Take(tensors).Sum(name => weights.Require(name).Length / hidden);
}
