using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Patterns;

/// <summary>The operations of the matcher. By default it continues with the next instruction.</summary>
internal enum Operation : byte
{
    /// <summary>The match is complete.</summary>
    Accept,

    /// <summary>Matches one code point of Set.</summary>
    One,

    /// <summary>Matches Min to Max code points of Set, greedily; gives back later.</summary>
    Run,

    /// <summary>Matches greedily and never gives back (possessive).</summary>
    PossessiveRun,

    /// <summary>Matches as few as possible; takes more later (lazy).</summary>
    LazyRun,

    /// <summary>Continues at Target, and at Other on backtracking; directly at Other if the next code point is not in Set.</summary>
    Split,

    /// <summary>Jumps to Target.</summary>
    Jump,

    /// <summary>Tests a position.</summary>
    At,

    /// <summary>Lookahead or lookbehind: tries the instructions up to their own Accept, then continues at Target.</summary>
    Look,

    /// <summary>
    /// Atomic group: matches the instructions up to their own Accept in the first possible way, then continues at Target.
    /// </summary>
    Atomic,

    /// <summary>Stores the position in register Min.</summary>
    Note,

    /// <summary>Jumps to Target if the position equals register Min: a repetition without progress ends.</summary>
    LeaveIfNoted,
}

/// <summary>One step of a program.</summary>
internal sealed class Instruction(Operation operation)
{
    public Operation Operation { get; } = operation;

    public CodePointSet? Set { get; init; }

    /// <summary>For a run: the code points that must follow it, if known.</summary>
    public CodePointSet? Follow { get; init; }

    public int Min { get; init; }

    public int Max { get; init; }

    public Place Place { get; init; }

    public bool Negative { get; init; }

    public int Target { get; set; }

    public int Other { get; set; }

    /// <summary>
    /// The index of its first bit in the matcher's memory of failures, or -1. A run has two more: for its ends, and for continuing after an
    /// end.
    /// </summary>
    public int Mark { get; init; } = -1;
}
