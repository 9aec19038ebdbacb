using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Patterns;

/// <summary>A part of a parsed pattern.</summary>
internal abstract record Node
{
    public static readonly Node Empty = new Sequence([]);

    /// <summary>Whether it can match without taking anything.</summary>
    public abstract bool IsNullable { get; }

    /// <summary>What its first code point can be, when it takes one.</summary>
    public abstract CodePointRanges First { get; }
}

/// <summary>One code point of a set.</summary>
internal sealed record OneOf(CodePointRanges Set) : Node
{
    public override bool IsNullable => false;

    public override CodePointRanges First => Set;
}

/// <summary>One after another.</summary>
internal sealed record Sequence(Node[] Items) : Node
{
    public override bool IsNullable { get; } = Items.All(i => i.IsNullable);

    public override CodePointRanges First { get; } = CodePointRanges.Union([.. Items.Take(1 + Items.TakeWhile(i => i.IsNullable).Count()).Select(i => i.First)]);
}

/// <summary>The first that leads to a match.</summary>
internal sealed record Alternatives(Node[] Items) : Node
{
    public override bool IsNullable { get; } = Items.Any(i => i.IsNullable);

    public override CodePointRanges First { get; } = CodePointRanges.Union([.. Items.Select(i => i.First)]);
}

/// <summary>How a repetition chooses its count.</summary>
internal enum Greed
{
    /// <summary>As many as possible, fewer if that leads to a match.</summary>
    Greedy,

    /// <summary>As few as possible.</summary>
    Lazy,

    /// <summary>As many as possible, never fewer.</summary>
    Possessive,
}

/// <summary>Min to Max times; Max is int.MaxValue where there is no limit.</summary>
internal sealed record Repeat(Node Item, int Min, int Max, Greed Greed) : Node
{
    public override bool IsNullable => Min == 0 || Item.IsNullable;

    public override CodePointRanges First => Max == 0 ? CodePointRanges.Empty : Item.First;
}

/// <summary>Its first way to match and no other.</summary>
internal sealed record Atomic(Node Item) : Node
{
    public override bool IsNullable => Item.IsNullable;

    public override CodePointRanges First => Item.First;
}

/// <summary>Whether something stands before or behind a place.</summary>
/// <param name="Item">What is looked for.</param>
/// <param name="Negative">Whether it must not stand there.</param>
/// <param name="MinBehind">Looking behind: the fewest code points it can take; -1 when looking ahead.</param>
/// <param name="MaxBehind">Looking behind: the most.</param>
internal sealed record Look(Node Item, bool Negative, int MinBehind, int MaxBehind) : Node
{
    public override bool IsNullable => true;

    public override CodePointRanges First => CodePointRanges.Empty;
}

/// <summary>What a place must be.</summary>
internal enum Place
{
    TextStart,
    TextEnd,

    /// <summary>The end, or before the last line feed.</summary>
    LastLineEnd,

    /// <summary>The start, or behind a line feed that is not the last character: Oniguruma's ^.</summary>
    LineStart,

    /// <summary>The start, or behind any line feed: Rust's ^ with (?m).</summary>
    LineStartAnywhere,

    /// <summary>The end, or before a line feed.</summary>
    LineEnd,
    WordBoundary,
    NotWordBoundary,

    /// <summary>Where a look behind was asked for.</summary>
    BehindEnd,
}

/// <summary>A place without width.</summary>
internal sealed record At(Place Place) : Node
{
    public override bool IsNullable => true;

    public override CodePointRanges First => CodePointRanges.Empty;
}
