using System.Buffers.Binary;

namespace Simile.Imaging.Decoders;

/// <summary>Iterates over the segments of a JPEG file (ITU T.81, annex B).</summary>
internal ref struct JpegMarkers(ReadOnlySpan<byte> file)
{
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;

    private readonly ReadOnlySpan<byte> _file = file;
    private int _at = 2;

    /// <summary>The marker of the current segment.</summary>
    public byte Marker { get; private set; }

    /// <summary>The content of the current segment, without its length field.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>
    /// Whether the file has an end marker. Without this check, a truncated progressive JPEG looks complete to its decoder.
    /// </summary>
    public static bool IsComplete(ReadOnlySpan<byte> file)
    {
        var markers = new JpegMarkers(file);
        while (markers.Next())
        {
        }

        return markers.Marker == EndOfImage;
    }

    /// <summary>Moves to the next segment. False after the last one, whether the end marker or the end of the file comes next.</summary>
    public bool Next()
    {
        SkipScan();
        if (_at + 1 >= _file.Length)
        {
            return false;
        }

        Marker = _file[_at + 1];
        _at += 2;
        if (Marker == EndOfImage)
        {
            return false;
        }

        return IsAlone(Marker) || ReadContent();
    }

    private bool ReadContent()
    {
        if (_at + 2 > _file.Length)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(_file[_at..]);
        if (length < 2 || length > _file.Length - _at)
        {
            return false;
        }

        Content = _file.Slice(_at + 2, length - 2);
        _at += length;
        return true;
    }

    // Seeks the FF of the next marker. In scan data, FF is followed by 0 or by a restart marker.
    // Elsewhere, bytes between segments are padding.
    private void SkipScan()
    {
        var isScan = Marker == StartOfScan || IsAlone(Marker);
        while (true)
        {
            var found = _at < _file.Length ? _file[_at..].IndexOf((byte)0xFF) : -1;
            _at = found < 0 ? _file.Length : _at + found;
            if (_at + 1 >= _file.Length)
            {
                return;
            }

            var next = _file[_at + 1];
            if (next != 0xFF && next != 0 && !(isScan && IsAlone(next)))
            {
                return;
            }

            _at++;
        }
    }

    // Restart markers and TEM have no content.
    private static bool IsAlone(byte marker) => marker is >= 0xD0 and <= 0xD7 or 0x01;
}
