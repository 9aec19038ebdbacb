using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Patterns;

internal sealed partial class Matcher
{
    // Matches up to max code points of a set; false if fewer than min. low: the end after min code points.
    private bool Scan(ReadOnlySpan<char> text, CodePointSet set, int min, int max, int at, int limit, out int end, out int low)
    {
        var start = at;
        low = min == 0 ? at : -1;
        for (var count = 0; count < max && at < limit;)
        {
            var c = CodePointAt(text, at, out var units);
            if (!set.Contains(c))
            {
                break;
            }

            at += units;
            count++;
            if (count == min)
            {
                low = at;
            }
        }

        end = at;
        _steps += at - start;
        return low >= 0;
    }

    private int EnterRun(ReadOnlySpan<char> text, Instruction step, int instruction, ref int at)
    {
        if (HasFailed(step.Mark, at))
        {
            return -1;
        }

        // A run that reaches into another whose ends were all tried need not continue or try them again.
        var known = Remembers && step.Max == int.MaxValue ? _runs[step.Mark] : default;
        var limit = at < known.Low ? known.Low : text.Length;
        if (at >= known.Low && at < known.End)
        {
            return -1;
        }

        if (!Scan(text, step.Set!, step.Min, step.Max, at, limit, out var end, out var low))
        {
            return -1;
        }

        if (limit < text.Length && end == limit && known.End > 0)
        {
            return ShortenRun(text, step, new Frame(instruction, end, low), ref at);
        }

        if (Remembers)
        {
            _runs[step.Mark] = (end, end);
        }

        _far = Math.Max(_far, end);
        if (end > low)
        {
            Push(instruction, end, low);
        }

        at = end;
        return CanEnd(text, step, at) ? instruction + 1 : -1;
    }

    private bool TakeRun(ReadOnlySpan<char> text, Instruction step, ref int at)
    {
        if (!Remembers || step.Max != int.MaxValue || step.Min > 1)
        {
            return Scan(text, step.Set!, step.Min, step.Max, at, text.Length, out at, out _);
        }

        // A run that reaches into a known one ends where that one ends.
        ref var known = ref _runs[step.Mark];
        var start = at;
        var isInside = at >= known.Low && at < known.End;
        var limit = at < known.Low ? known.Low : text.Length;
        if (!isInside && !Scan(text, step.Set!, step.Min, step.Max, at, limit, out at, out _))
        {
            return false;
        }

        var joins = isInside || (at == limit && limit < text.Length);
        at = joins ? known.End : at;
        known = (joins ? Math.Min(start, known.Low) : start, at);
        return !HasFailed(step.Mark + 1, at);
    }

    // Gives back one code point at a time until the following one matches.
    private int ShortenRun(ReadOnlySpan<char> text, Instruction step, Frame frame, ref int at)
    {
        at = frame.At;
        while (at > frame.Low)
        {
            var last = at;
            at = Before(text, at);
            _steps++;
            if (Remembers && _runs[step.Mark].Low == last)
            {
                _runs[step.Mark].Low = at;
            }

            if (CanEnd(text, step, at))
            {
                if (at > frame.Low)
                {
                    Push(frame.Instruction, at, frame.Low);
                }

                return frame.Instruction + 1;
            }
        }

        return -1;
    }

    private bool CanEnd(ReadOnlySpan<char> text, Instruction step, int at) =>
        (step.Follow is null || IsNext(step.Follow, text, at)) && !HasFailed(step.Mark + 1, at);

    private int EnterLazyRun(ReadOnlySpan<char> text, Instruction step, int instruction, ref int at)
    {
        if (HasFailed(step.Mark, at) || !Scan(text, step.Set!, step.Min, step.Min, at, text.Length, out at, out _))
        {
            return -1;
        }

        if (step.Max > step.Min)
        {
            Push(instruction, at, step.Max == int.MaxValue ? int.MaxValue : step.Max - step.Min);
        }

        return HasFailed(step.Mark + 1, at) ? -1 : instruction + 1;
    }

    private int LengthenRun(ReadOnlySpan<char> text, Instruction step, Frame frame, ref int at)
    {
        if ((step.Max == int.MaxValue && HasFailed(step.Mark + 2, at)) || at >= text.Length
            || !step.Set!.Contains(CodePointAt(text, at, out var units)))
        {
            return -1;
        }

        at += units;
        var left = frame.Low == int.MaxValue ? int.MaxValue : frame.Low - 1;
        if (left > 0)
        {
            Push(frame.Instruction, at, left);
        }

        return HasFailed(step.Mark + 1, at) ? -1 : frame.Instruction + 1;
    }
}
