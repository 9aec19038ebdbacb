namespace Simile.Tokenizers.Patterns;

/// <remarks>
/// Once a match takes far more steps than it has seen characters, the matcher notes every instruction and place where a way forks or joins.
/// It comes to such a pair a second time only when the first time led to nothing, so the second ends at once: time is linear in the text.
/// (Inside of looks and atomic groups that is not so: it may have led to something there; and a repetition of what may be empty depends on its register too.)
/// </remarks>
internal sealed partial class Matcher
{
    private const int PatientSteps = 512;
    private const int PatientStepsPerUnit = 32;
    private const long MaxMemory = 1L << 30;

    // Bit m of the place p: p * marks + m.
    private ulong[] _failed = [];
    private bool _remembers;
    private int _inside;
    private int _far;

    // Of each run by its mark: the ends in [Low, End] have all been tried.
    private (int Low, int End)[] _runs = [];

    private bool Remembers => _remembers && _inside == 0;

    private void Forget()
    {
        _remembers = false;
        _inside = 0;
        _far = 0;
        _checkAt = Math.Min(_allowed, PatientSteps);
    }

    // false when no more steps are allowed.
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
