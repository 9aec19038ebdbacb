using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Patterns;

/// <summary>A part of a parsed pattern.</summary>
internal abstract record Node
{
    public static readonly Node Empty = new Sequence([]);

    /// <summary>Whether it can match the empty string.</summary>
    public abstract bool IsNullable { get; }

    /// <summary>Its possible first code points.</summary>
    public abstract CodePointRanges First { get; }
}

/// <summary>One code point of a set.</summary>
internal sealed record OneOf(CodePointRanges Set) : Node
{
    public override bool IsNullable => false;

    public override CodePointRanges First => Set;
}

/// <summary>A sequence.</summary>
internal sealed record Sequence(Node[] Items) : Node
{
    public override bool IsNullable { get; } = Items.All(i => i.IsNullable);

    public override CodePointRanges First { get; } =
        CodePointRanges.Union([.. Items.Take(1 + Items.TakeWhile(i => i.IsNullable).Count()).Select(i => i.First)]);
}

/// <summary>Alternatives: the first one that leads to a match.</summary>
internal sealed record Alternatives(Node[] Items) : Node
{
    public override bool IsNullable { get; } = Items.Any(i => i.IsNullable);

    public override CodePointRanges First { get; } = CodePointRanges.Union([.. Items.Select(i => i.First)]);
}

/// <summary>How a repetition chooses its count.</summary>
internal enum Greed
{
    /// <summary>Greedy: as many as possible, fewer if that leads to a match.</summary>
    Greedy,

    /// <summary>Lazy: as few as possible.</summary>
    Lazy,

    /// <summary>Possessive: as many as possible, never fewer.</summary>
    Possessive,
}

/// <summary>Min to Max times; Max is int.MaxValue for no limit.</summary>
internal sealed record Repeat(Node Item, int Min, int Max, Greed Greed) : Node
{
    public override bool IsNullable => Min == 0 || Item.IsNullable;

    public override CodePointRanges First => Max == 0 ? CodePointRanges.Empty : Item.First;
}

/// <summary>Atomic group: only its first way to match.</summary>
internal sealed record Atomic(Node Item) : Node
{
    public override bool IsNullable => Item.IsNullable;

    public override CodePointRanges First => Item.First;
}

/// <summary>Lookahead or lookbehind.</summary>
/// <param name="Item">The pattern to look for.</param>
/// <param name="Negative">Whether it must not match.</param>
/// <param name="MinBehind">For a lookbehind, its minimum length in code points; -1 for a lookahead.</param>
/// <param name="MaxBehind">For a lookbehind, its maximum length.</param>
internal sealed record Look(Node Item, bool Negative, int MinBehind, int MaxBehind) : Node
{
    public override bool IsNullable => true;

    public override CodePointRanges First => CodePointRanges.Empty;
}

/// <summary>A condition on a position.</summary>
internal enum Place
{
    TextStart,
    TextEnd,

    /// <summary>The end, or before the last line feed.</summary>
    LastLineEnd,

    /// <summary>The start, or after a line feed that is not the last character: Oniguruma's ^.</summary>
    LineStart,

    /// <summary>The start, or after any line feed: Rust's ^ with (?m).</summary>
    LineStartAnywhere,

    /// <summary>The end, or before a line feed.</summary>
    LineEnd,
    WordBoundary,
    NotWordBoundary,

    /// <summary>The position at which the lookbehind is tested.</summary>
    BehindEnd,
}

/// <summary>A zero-width test of a position.</summary>
internal sealed record At(Place Place) : Node
{
    public override bool IsNullable => true;

    public override CodePointRanges First => CodePointRanges.Empty;
}
