using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Patterns;

/// <summary>What the matcher can do; where nothing else is said, it goes on with the next instruction.</summary>
internal enum Operation : byte
{
    /// <summary>The match is complete.</summary>
    Accept,

    /// <summary>Takes one code point of Set.</summary>
    One,

    /// <summary>Takes Min to Max code points of Set, as many as possible; later fewer.</summary>
    Run,

    /// <summary>As many as possible and never fewer.</summary>
    PossessiveRun,

    /// <summary>As few as possible; later more.</summary>
    LazyRun,

    /// <summary>Goes to Target, later to Other; to Other at once where the next code point is not in Set.</summary>
    Split,

    /// <summary>Goes to Target.</summary>
    Jump,

    /// <summary>Asks for a place.</summary>
    At,

    /// <summary>Tries what follows, up to its own Accept, ahead or behind; goes to Target.</summary>
    Look,

    /// <summary>Matches what follows, up to its own Accept, in the first way; goes to Target.</summary>
    Atomic,

    /// <summary>Notes the place in register Min.</summary>
    Note,

    /// <summary>Goes to Target when the place is the one in register Min: a repetition that took nothing ends.</summary>
    LeaveIfNoted,
}

/// <summary>One step of a program.</summary>
internal sealed class Instruction(Operation operation)
{
    public Operation Operation { get; } = operation;

    public CodePointSet? Set { get; init; }

    /// <summary>Of a run: what must follow it, where that is known.</summary>
    public CodePointSet? Follow { get; init; }

    public int Min { get; init; }

    public int Max { get; init; }

    public Place Place { get; init; }

    public bool Negative { get; init; }

    public int Target { get; set; }

    public int Other { get; set; }

    /// <summary>Number of its first bit in the matcher's memory of what failed, or -1. A run has two more: for its ends, and for going on after an end.</summary>
    public int Mark { get; init; } = -1;
}
