using System.Buffers;
using System.Runtime.CompilerServices;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Patterns;

/// <summary>Runs a program on a text: a backtracking matcher with its own stack, so no text can overflow it. One per thread.</summary>
internal sealed partial class Matcher
{
    // Larger buffers come from an unusual match and are released.
    private const int KeptFrames = 1 << 14;

    [ThreadStatic]
    private static Matcher? _kept;

    private MatchProgram _program = null!;
    private Frame[] _frames = new Frame[256];
    private int _top;
    private int[] _registers = [];
    private long _steps;
    private long _checkAt;
    private long _allowed;
    private int _from;
    private int _behindEnd;

    /// <summary>Remaining steps; negative if they ran out.</summary>
    public long StepsLeft => _allowed - _steps;

    /// <summary>Rents the thread's matcher.</summary>
    public static Matcher Rent(MatchProgram program, long steps)
    {
        var matcher = _kept ?? new Matcher();
        _kept = null;
        matcher._program = program;
        matcher._top = 0;
        matcher._steps = 0;
        matcher._allowed = steps;
        if (matcher._registers.Length < program.Registers)
        {
            matcher._registers = new int[program.Registers];
        }

        matcher.Forget();
        return matcher;
    }

    /// <summary>Returns the matcher.</summary>
    public void Return() => _kept = _frames.Length <= KeptFrames && _failed.Length <= KeptFrames ? this : null;

    /// <summary>The leftmost match from a position on.</summary>
    public bool Find(ReadOnlySpan<char> text, int from, SearchValues<char>? starts, out int start, out int end)
    {
        _from = from;
        for (start = from; ; start += UnitsAt(text, start))
        {
            start = NextStart(text, start, starts);
            end = start < 0 ? -1 : Match(text, 0, start);
            if (end >= 0)
            {
                return true;
            }

            if (start < 0 || start >= text.Length || _steps > _allowed)
            {
                return false;
            }
        }
    }

    private int NextStart(ReadOnlySpan<char> text, int start, SearchValues<char>? starts)
    {
        if (starts is not null)
        {
            var skipped = text[start..].IndexOfAny(starts);
            return skipped < 0 ? -1 : start + skipped;
        }

        if (_program.First is not { } first)
        {
            return start;
        }

        while (start < text.Length)
        {
            var c = CodePointAt(text, start, out var units);
            if (first.Contains(c))
            {
                return start;
            }

            start += units;
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CodePointAt(ReadOnlySpan<char> text, int at, out int units)
    {
        int c = text[at];
        units = 1;
        if ((c & 0xFC00) != 0xD800 || at + 1 >= text.Length)
        {
            return c;
        }

        units = 2;
        return char.ConvertToUtf32((char)c, text[at + 1]);
    }

    private static int UnitsAt(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length)
        {
            return 1;
        }

        CodePointAt(text, at, out var units);
        return units;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNext(CodePointSet set, ReadOnlySpan<char> text, int at) =>
        at < text.Length && set.Contains(CodePointAt(text, at, out _));

    // The start of the code point before a position.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Before(ReadOnlySpan<char> text, int at) => at - (at >= 2 && char.IsLowSurrogate(text[at - 1]) ? 2 : 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Push(int instruction, int at, int low)
    {
        if (_top == _frames.Length)
        {
            Array.Resize(ref _frames, _top * 2);
        }

        _frames[_top++] = new Frame(instruction, at, low);
    }

    // An open alternative. Low is -1 for a plain choice, the smallest end for a greedy run, and the number of further code points for a
    // lazy one. A negative instruction ~r restores register r.
    private readonly record struct Frame(int Instruction, int At, int Low);
}
