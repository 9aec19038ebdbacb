using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Patterns;

internal sealed partial class Matcher
{
    // The end of the match that starts with an instruction at a position, or -1. The recursion is as deep as the pattern, never as the
    // text.
    private int Match(ReadOnlySpan<char> text, int instruction, int at)
    {
        var code = _program.Code;
        var bottom = _top;
        while (true)
        {
            if (++_steps > _checkAt && !Check(at))
            {
                return -1;
            }

            var step = code[instruction];
            var next = instruction + 1;
            switch (step.Operation)
            {
                case Operation.Accept:
                    _top = bottom;
                    return at;
                case Operation.One:
                    next = at < text.Length && step.Set!.Contains(CodePointAt(text, at, out var units)) ? Advance(ref at, units, next) : -1;
                    break;
                case Operation.Run:
                    next = EnterRun(text, step, instruction, ref at);
                    break;
                case Operation.PossessiveRun:
                    next = TakeRun(text, step, ref at) ? next : -1;
                    break;
                case Operation.LazyRun:
                    next = EnterLazyRun(text, step, instruction, ref at);
                    break;
                case Operation.Split:
                    next = Choose(text, step, at);
                    break;
                case Operation.Jump:
                    next = step.Target;
                    break;
                case Operation.At:
                    next = IsAt(text, step.Place, at) ? next : -1;
                    break;
                case Operation.Look:
                    next = Looks(text, step, next, at) != step.Negative ? step.Target : -1;
                    break;
                case Operation.Atomic:
                    next = TakeAtomic(text, step, next, ref at) ? step.Target : -1;
                    break;
                case Operation.Note:
                    Push(~step.Min, _registers[step.Min], -1);
                    _registers[step.Min] = at;
                    break;
                case Operation.LeaveIfNoted:
                    next = _registers[step.Min] == at ? step.Target : next;
                    break;
            }

            instruction = next >= 0 ? next : Backtrack(text, bottom, ref at);
            if (instruction < 0)
            {
                return -1;
            }
        }
    }

    private static int Advance(ref int at, int units, int next)
    {
        at += units;
        return next;
    }

    private int Choose(ReadOnlySpan<char> text, Instruction step, int at)
    {
        if (HasFailed(step.Mark, at))
        {
            return -1;
        }

        if (step.Set is { } set && !IsNext(set, text, at))
        {
            return step.Other;
        }

        Push(step.Other, at, -1);
        return step.Target;
    }

    // Takes the last open alternative; -1 if there is none.
    private int Backtrack(ReadOnlySpan<char> text, int bottom, ref int at)
    {
        while (_top > bottom)
        {
            var frame = _frames[--_top];
            if (frame.Instruction < 0)
            {
                _registers[~frame.Instruction] = frame.At;
                continue;
            }

            at = frame.At;
            if (frame.Low < 0)
            {
                return frame.Instruction;
            }

            var step = _program.Code[frame.Instruction];
            var next = step.Operation == Operation.Run
                ? ShortenRun(text, step, frame, ref at)
                : LengthenRun(text, step, frame, ref at);
            if (next >= 0)
            {
                return next;
            }
        }

        return -1;
    }

    private bool TakeAtomic(ReadOnlySpan<char> text, Instruction step, int inside, ref int at)
    {
        if (HasFailed(step.Mark, at))
        {
            return false;
        }

        _inside++;
        var end = Match(text, inside, at);
        _inside--;
        at = end;
        return end >= 0;
    }

    private bool Looks(ReadOnlySpan<char> text, Instruction step, int inside, int at)
    {
        _inside++;
        var found = step.Min < 0 ? Match(text, inside, at) >= 0 : LooksBehind(text, step, inside, at);
        _inside--;
        return found;
    }

    // Tries every width that fits, shortest first. The inner match must end here.
    private bool LooksBehind(ReadOnlySpan<char> text, Instruction step, int inside, int at)
    {
        var outer = _behindEnd;
        _behindEnd = at;
        var found = false;
        var start = at;
        for (var width = 0; width <= step.Max && !found; width++)
        {
            found = width >= step.Min && Match(text, inside, start) >= 0;
            if (start == 0)
            {
                break;
            }

            start = Before(text, start);
        }

        _behindEnd = outer;
        return found;
    }

    private bool IsAt(ReadOnlySpan<char> text, Place place, int at) => place switch
    {
        Place.TextStart => at == 0,
        Place.TextEnd => at == text.Length,
        Place.LastLineEnd => at == text.Length || (at == text.Length - 1 && text[at] == '\n'),
        Place.LineStart => at == 0 || (at < text.Length && text[at - 1] == '\n'),
        Place.LineStartAnywhere => at == 0 || text[at - 1] == '\n',
        Place.BehindEnd => at == _behindEnd,
        Place.LineEnd => at == text.Length || text[at] == '\n',
        _ => (IsWord(text, at) != (at > 0 && IsWord(text, Before(text, at)))) == (place == Place.WordBoundary),
    };

    private bool IsWord(ReadOnlySpan<char> text, int at) => IsNext(_program.Word!, text, at);
}
