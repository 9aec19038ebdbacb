namespace Simile.Models.Architectures;

/// <summary>What the tensors of a <see cref="FusedVit"/> do not show.</summary>
internal sealed record FusedVitShape
{
    /// <summary>Attention heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Learnt vectors before the patches, by the names of their tensors: the class token, then registers.</summary>
    public required IReadOnlyList<string> First { get; init; }

    /// <summary>How many of those tensors have places in the table of places; null where the length of the table says.</summary>
    public int? FirstWithPlaces { get; init; }

    /// <summary>Rows and columns of the table of places; null for a square.</summary>
    public (int Rows, int Columns)? Grid { get; init; }

    /// <summary>How the table is resampled.</summary>
    public PlaceFilter Filter { get; init; }

    /// <summary>Of the norms.</summary>
    public float Epsilon { get; init; } = 1e-6f;

    /// <summary>Between the two linear layers.</summary>
    public string Activation { get; init; } = "gelu";

    /// <summary>How the vectors of the tokens become one, by timm's name.</summary>
    public string Pool { get; init; } = "token";

    /// <summary>Whether the mean or the greatest is taken of the first tokens too.</summary>
    public bool PoolsFirst { get; init; }

    /// <summary>Whether a table of so many places holds those of <paramref name="first"/> tokens before the patches.</summary>
    public bool TablePlaces(int places, int first) => Grid is { } grid ? places == ((long)grid.Rows * grid.Columns) + first
        : first > 0 && Math.Sqrt(places - first) is var side && side == Math.Floor(side);

    /// <summary>How many vectors the first of those tensors hold; registers are several in one.</summary>
    public int Vectors(Weights weights, int hidden, int tensors = int.MaxValue) => First.Take(tensors).Sum(name => weights.Require(name).Length / hidden);
}
