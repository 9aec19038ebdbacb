using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Simile.Tokenizers.Decoders;

/// <summary>
/// Joins runs of tokens such as &lt;0xE4&gt; to the text of their bytes. A run that is not UTF-8 gives one U+FFFD per byte.
/// </summary>
/// <remarks>A later byte can make the whole run invalid, so a run is held back until another token comes.</remarks>
internal sealed class ByteFallbackDecoder(TokenSink next) : WholeTokenDecoder(next)
{
    private readonly List<byte> _run = [];
    private int _whole;
    private bool _isSpoilt;

    /// <summary>The byte that a token stands for, or -1.</summary>
    public static int ByteOf(ReadOnlySpan<char> token) =>
        token is ['<', '0', 'x', var high, var low, '>']
        && byte.TryParse([high, low], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : -1;

    public override void Finish()
    {
        EndRun();
        base.Finish();
    }

    protected override void Push(ReadOnlySpan<char> token)
    {
        var value = ByteOf(token);
        if (value >= 0)
        {
            AddByte((byte)value);
            return;
        }

        EndRun();
        Next.Push(token, ends: true);
    }

    private void AddByte(byte value)
    {
        _run.Add(value);
        var rest = _isSpoilt ? OperationStatus.InvalidData : Rune.DecodeFromUtf8(CollectionsMarshal.AsSpan(_run)[_whole..], out _, out _);
        if (rest == OperationStatus.Done)
        {
            _whole = _run.Count;
        }
        else if (rest == OperationStatus.InvalidData)
        {
            _isSpoilt = true;
            GiveUpRun();
        }
    }

    private void EndRun()
    {
        if (_whole < _run.Count)
        {
            GiveUpRun();
        }
        else if (_whole > 0)
        {
            Next.Push(System.Text.Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(_run)), ends: true);
        }

        _run.Clear();
        (_whole, _isSpoilt) = (0, false);
    }

    private void GiveUpRun()
    {
        foreach (var _ in _run)
        {
            Next.Push("\uFFFD", ends: true);
        }

        _run.Clear();
        _whole = 0;
    }
}
