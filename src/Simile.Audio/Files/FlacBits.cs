using System.Numerics;

namespace Simile.Audio.Files;

/// <summary>Reads bits, most significant first, and computes the checksum of the bytes read.</summary>
internal sealed class FlacBits(Stream stream)
{
    private static readonly ushort[] Table = MakeTable();

    private readonly byte[] _bytes = new byte[1 << 13];
    private int _at;
    private int _to;
    private ulong _ahead;
    private int _bits;

    /// <summary>CRC-16 of the bytes since <see cref="BeginFrame"/>.</summary>
    public ushort Checksum { get; private set; }

    /// <summary>Starts a frame at the next byte. False at the end of the file.</summary>
    public bool BeginFrame()
    {
        (_bits, Checksum) = (0, 0);
        return _at < _to || Load();
    }

    /// <summary>Reads an unsigned number of up to 33 bits.</summary>
    /// <exception cref="EndOfStreamException">The file ends first.</exception>
    public ulong Read(int count)
    {
        while (_bits < count)
        {
            _ahead = (_ahead << 8) | Next();
            _bits += 8;
        }

        _bits -= count;
        return (_ahead >> _bits) & ((1UL << count) - 1);
    }

    /// <summary>Reads a signed number of up to 33 bits.</summary>
    public long ReadSigned(int count) => count == 0 ? 0 : (long)(Read(count) << (64 - count)) >> (64 - count);

    /// <summary>Counts the 0 bits before the next 1.</summary>
    public int ReadZeros()
    {
        var zeros = 0;
        while (true)
        {
            var left = _ahead & ((1UL << _bits) - 1);
            if (left != 0)
            {
                var more = _bits - 1 - BitOperations.Log2(left);
                _bits -= more + 1;
                return zeros + more;
            }

            zeros += _bits;
            (_ahead, _bits) = (Next(), 8);
        }
    }

    /// <summary>Skips the rest of a byte.</summary>
    public void Align() => _bits -= _bits % 8;

    private byte Next()
    {
        if (_at == _to && !Load())
        {
            throw new EndOfStreamException();
        }

        var next = _bytes[_at++];
        Checksum = (ushort)((Checksum << 8) ^ Table[(Checksum >> 8) ^ next]);
        return next;
    }

    private bool Load()
    {
        (_at, _to) = (0, stream.Read(_bytes));
        return _to > 0;
    }

    private static ushort[] MakeTable()
    {
        var table = new ushort[256];
        for (var i = 0; i < table.Length; i++)
        {
            var value = i << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value << 1) ^ ((value & 0x8000) != 0 ? 0x8005 : 0);
            }

            table[i] = (ushort)value;
        }

        return table;
    }
}
