using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Patterns;

/// <summary>Compiles a parsed pattern to a program.</summary>
internal sealed class ProgramWriter(Func<string, InvalidDataException> malformed)
{
    private const int MaxLength = 10_000;

    private readonly List<Instruction> _code = [];
    private readonly Dictionary<CodePointRanges, CodePointSet> _sets = [];
    private int _registers;
    private int _marks;

    /// <summary>Compiles a pattern.</summary>
    public MatchProgram Write(Node node)
    {
        Write(node, follow: null);
        Add(new Instruction(Operation.Accept));
        return new MatchProgram([.. _code], _marks, _registers, node.IsNullable ? null : SetOf(node.First), WordSet());
    }

    /// <summary>The word characters of \b.</summary>
    public required CodePointRanges Word { get; init; }

    private CodePointSet? WordSet() =>
        _code.Any(i => i.Operation == Operation.At && i.Place is Place.WordBoundary or Place.NotWordBoundary) ? SetOf(Word) : null;

    // follow: the possible next code points after the node; null if unknown.
    private void Write(Node node, CodePointRanges? follow)
    {
        switch (node)
        {
            case OneOf one:
                Add(new Instruction(Operation.One) { Set = SetOf(one.Set) });
                break;
            case Sequence sequence:
                WriteSequence(sequence.Items, follow);
                break;
            case Alternatives alternatives:
                WriteAlternatives(alternatives.Items, follow);
                break;
            case Repeat { Item: OneOf one } repeat:
                WriteRun(one, repeat, follow);
                break;
            case Repeat { Greed: Greed.Possessive } repeat:
                WriteInside(new Instruction(Operation.Atomic) { Mark = NextMarks(1) }, repeat with { Greed = Greed.Greedy });
                break;
            case Repeat repeat:
                WriteRepeat(repeat, follow);
                break;
            case Atomic atomic:
                WriteInside(new Instruction(Operation.Atomic) { Mark = NextMarks(1) }, atomic.Item);
                break;
            case Look look:
                WriteInside(
                    new Instruction(Operation.Look) { Negative = look.Negative, Min = look.MinBehind, Max = look.MaxBehind },
                    look.MinBehind < 0 ? look.Item : new Sequence([look.Item, new At(Place.BehindEnd)]));
                break;
            case At at:
                Add(new Instruction(Operation.At) { Place = at.Place });
                break;
        }
    }

    private void WriteSequence(Node[] items, CodePointRanges? follow)
    {
        var follows = new CodePointRanges?[items.Length];
        for (var i = items.Length - 1; i >= 0; i--)
        {
            follows[i] = follow;
            follow = !items[i].IsNullable ? items[i].First : follow is null ? null : CodePointRanges.Union(items[i].First, follow);
        }

        for (var i = 0; i < items.Length; i++)
        {
            Write(items[i], follows[i]);
        }
    }

    private void WriteAlternatives(Node[] items, CodePointRanges? follow)
    {
        var ends = new List<Instruction>();
        for (var i = 0; i < items.Length - 1; i++)
        {
            var split = Add(Split(items[i]));
            split.Target = _code.Count;
            Write(items[i], follow);
            ends.Add(Add(new Instruction(Operation.Jump)));
            split.Other = _code.Count;
        }

        Write(items[^1], follow);
        foreach (var end in ends)
        {
            end.Target = _code.Count;
        }
    }

    private void WriteRun(OneOf one, Repeat repeat, CodePointRanges? follow)
    {
        if (repeat.Max == 0)
        {
            return;
        }

        // Positions inside a run that the following code points exclude need not be tried.
        var isDisjoint = follow is not null && follow.Intersect(one.Set).IsEmpty && repeat.Max == int.MaxValue;
        var operation = repeat.Greed switch
        {
            Greed.Lazy => Operation.LazyRun,
            Greed.Greedy when !isDisjoint => Operation.Run,
            _ => Operation.PossessiveRun,
        };
        Add(new Instruction(operation)
        {
            Set = SetOf(one.Set),
            Follow = follow is null || operation != Operation.Run ? null : SetOf(follow),
            Min = repeat.Min,
            Max = repeat.Max,
            Mark = NextMarks(3),
        });
    }

    private void WriteRepeat(Repeat repeat, CodePointRanges? follow)
    {
        var inner = follow is null || repeat.Item.IsNullable ? null : CodePointRanges.Union(repeat.Item.First, follow);
        for (var i = 0; i < repeat.Min; i++)
        {
            var start = _code.Count;
            Write(repeat.Item, inner);
            if (_code.Count == start)
            {
                return;
            }
        }

        if (repeat.Max == int.MaxValue)
        {
            WriteLoop(repeat, inner);
        }
        else
        {
            WriteOptional(repeat, inner);
        }
    }

    private void WriteLoop(Repeat repeat, CodePointRanges? inner)
    {
        var loop = _code.Count;
        var split = Add(Split(repeat.Item, repeat.Greed));
        var body = _code.Count;
        var register = repeat.Item.IsNullable ? _registers++ : -1;
        var leave = new Instruction(Operation.LeaveIfNoted) { Min = register };
        if (register >= 0)
        {
            Add(new Instruction(Operation.Note) { Min = register });
        }

        Write(repeat.Item, inner);
        if (register >= 0)
        {
            Add(leave);
        }

        Add(new Instruction(Operation.Jump) { Target = loop });
        leave.Target = _code.Count;
        SetTargets(split, repeat.Greed, body, _code.Count);
    }

    private void WriteOptional(Repeat repeat, CodePointRanges? inner)
    {
        var splits = new List<(Instruction Split, int Body)>();
        for (var i = repeat.Min; i < repeat.Max; i++)
        {
            splits.Add((Add(Split(repeat.Item, repeat.Greed)), _code.Count));
            Write(repeat.Item, inner);
            if (_code.Count == splits[^1].Body)
            {
                break;
            }
        }

        foreach (var (split, body) in splits)
        {
            SetTargets(split, repeat.Greed, body, _code.Count);
        }
    }

    private static void SetTargets(Instruction split, Greed greed, int body, int exit) =>
        (split.Target, split.Other) = greed == Greed.Lazy ? (exit, body) : (body, exit);

    // The inner pattern chooses its match independently of what follows.
    private void WriteInside(Instruction instruction, Node item)
    {
        Add(instruction);
        Write(item, follow: null);
        Add(new Instruction(Operation.Accept));
        instruction.Target = _code.Count;
    }

    private Instruction Split(Node item, Greed greed = Greed.Greedy) =>
        new(Operation.Split) { Set = item.IsNullable || greed == Greed.Lazy ? null : SetOf(item.First), Mark = NextMarks(1) };

    private int NextMarks(int count)
    {
        _marks += count;
        return _marks - count;
    }

    private CodePointSet SetOf(CodePointRanges ranges)
    {
        if (!_sets.TryGetValue(ranges, out var set))
        {
            _sets.Add(ranges, set = new CodePointSet(ranges));
        }

        return set;
    }

    private Instruction Add(Instruction instruction)
    {
        _code.Add(instruction);
        return _code.Count <= MaxLength ? instruction : throw malformed($"it is longer than {MaxLength} steps");
    }
}
