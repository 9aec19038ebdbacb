namespace Simile.Tokenizers.Patterns;

/// <remarks>
/// When a match takes far more steps than characters, the matcher records every instruction and position where alternatives fork or join.
/// It reaches such a pair a second time only if the first time failed, so the second time fails at once: time is linear in the text.
/// (Not inside lookarounds and atomic groups, where the first time may have succeeded, and not for repetitions of what may be empty, which
/// depend on a register.)
/// </remarks>
internal sealed partial class Matcher
{
    private const int PatientSteps = 512;
    private const int PatientStepsPerUnit = 32;
    private const long MaxMemory = 1L << 30;

    // Bit m of position p: p * marks + m.
    private ulong[] _failed = [];
    private bool _remembers;
    private int _inside;
    private int _far;

    // For each run, by its mark: all ends in [Low, End] were tried.
    private (int Low, int End)[] _runs = [];

    private bool Remembers => _remembers && _inside == 0;

    private void Forget()
    {
        _remembers = false;
        _inside = 0;
        _far = 0;
        _checkAt = Math.Min(_allowed, PatientSteps);
    }

    // False if no more steps are allowed.
    private bool Check(int at)
    {
        if (_steps > _allowed)
        {
            _top = 0;
            return false;
        }

        _far = Math.Max(_far, at);
        var patience = PatientSteps + (PatientStepsPerUnit * (long)(_far - _from));
        if (_steps > patience && _program.Registers == 0 && !_remembers)
        {
            _remembers = true;
            _failed.AsSpan().Clear();
            _runs = new (int, int)[_program.Marks];
        }

        _checkAt = _remembers ? _allowed : Math.Min(_allowed, Math.Max(patience, _steps + PatientSteps));
        return true;
    }

    private bool HasFailed(int mark, int at)
    {
        if (!Remembers)
        {
            return false;
        }

        var bit = ((long)(at - _from) * _program.Marks) + mark;
        var word = bit >> 6;
        if (word >= _failed.Length)
        {
            if (bit > MaxMemory)
            {
                return false;
            }

            Array.Resize(ref _failed, (int)Math.Max(word + 1, _failed.Length * 2L));
        }

        var known = (_failed[word] >> (int)bit & 1) != 0;
        _failed[word] |= 1UL << (int)bit;
        return known;
    }
}
