using System.Runtime.InteropServices;
using Simile.Models.Architectures;

namespace Simile.Models.BuiltIn;

/// <summary>The section text/table of a packed file. A row is decoded from the mapped bytes each time it is read.</summary>
/// <remarks>
/// Thread-safe while the file is open. Decoded rows are not cached: 512 numbers take about a microsecond, the network's work on
/// them fifty times as long.
/// </remarks>
internal sealed partial class PackedTable : ITokenTable
{
    /// <summary>The name of the section.</summary>
    public const string Section = "text/table";

    private const int HeadBytes = 16;
    private const int BlockRows = 64;
    private const int MaxDimensions = 4096;

    private readonly PackedFile _file;
    private readonly Memory<byte> _section;
    private readonly int _classes;
    private readonly float[] _values;
    private readonly PrefixDecoder[] _decoders;
    private readonly (int Codes, int Blocks, int Offsets, int Stream) _at;

    /// <summary>Reads the header of the section.</summary>
    /// <exception cref="InvalidDataException">The section is damaged.</exception>
    public PackedTable(PackedFile file)
    {
        (_file, _section) = (file, file.Section(Section));
        ReadOnlySpan<byte> bytes = _section.Span;
        if (bytes.Length < HeadBytes
            || MemoryMarshal.Cast<byte, int>(bytes[..HeadBytes]) is not [> 0 and <= 1 << 24 and var rows,
                > 0 and <= MaxDimensions and var dimensions, > 0 and <= 256 and var classes, > 0 and <= 256 and var codes])
        {
            throw file.DamagedSection(Section);
        }

        (Rows, Dimensions, _classes) = (rows, dimensions, classes);
        var lengths = HeadBytes + (2 * sizeof(float) * classes);
        _at.Blocks = lengths + (PrefixCode.Symbols * codes);
        _at.Offsets = _at.Blocks + (sizeof(uint) * Blocks(rows));
        _at.Codes = _at.Offsets + (sizeof(ushort) * rows);
        _at.Stream = _at.Codes + rows;
        if (_at.Stream + Padding(dimensions) > bytes.Length
            || bytes[_at.Codes.._at.Stream].ContainsAnyExceptInRange((byte)0, (byte)(codes - 1)))
        {
            throw file.DamagedSection(Section);
        }

        _values = Values(MemoryMarshal.Cast<byte, float>(bytes[HeadBytes..lengths]), classes);
        _decoders = Decoders(bytes[lengths.._at.Blocks], codes);
    }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public int Dimensions { get; }

    /// <inheritdoc/>
    public void Read(int row, Span<float> numbers)
    {
        Span<byte> symbols = stackalloc byte[Dimensions + PrefixDecoder.Slack];
        ReadSymbols(row, symbols);
        ReadOnlySpan<float> values = _values.AsSpan(row % _classes * PrefixCode.Symbols, PrefixCode.Symbols);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = values[symbols[i]];
        }
    }

    private void ReadSymbols(int row, Span<byte> symbols)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        ReadOnlySpan<byte> bytes = _section.Span;
        var block = MemoryMarshal.Read<uint>(bytes[(_at.Blocks + (row / BlockRows * sizeof(uint)))..]);
        var start = _at.Stream + (long)block + MemoryMarshal.Read<ushort>(bytes[(_at.Offsets + (row * sizeof(ushort)))..]);
        if (start > bytes.Length - Padding(Dimensions))
        {
            throw _file.DamagedSection(Section);
        }

        _decoders[bytes[_at.Codes + row]].Decode(bytes[(int)start..], symbols, Dimensions);
    }

    private static int Blocks(int rows) => (rows + BlockRows - 1) / BlockRows;

    // Zero padding after the stream, so that no row is read beyond the end, whatever its bits are.
    private static int Padding(int dimensions) => (((PrefixCode.MaxBits * dimensions) + 7) / 8) + 16;

    private static float[] Values(ReadOnlySpan<float> scalesThenOffsets, int classes)
    {
        var values = new float[classes * PrefixCode.Symbols];
        for (var i = 0; i < values.Length; i++)
        {
            var which = i / PrefixCode.Symbols;
            values[i] = (i % PrefixCode.Symbols * scalesThenOffsets[which]) + scalesThenOffsets[classes + which];
        }

        return values;
    }

    private PrefixDecoder[] Decoders(ReadOnlySpan<byte> lengths, int codes)
    {
        var decoders = new PrefixDecoder[codes];
        for (var i = 0; i < codes; i++)
        {
            var code = lengths.Slice(i * PrefixCode.Symbols, PrefixCode.Symbols);
            decoders[i] = PrefixCode.IsComplete(code) ? new PrefixDecoder(code) : throw _file.DamagedSection(Section);
        }

        return decoders;
    }
}
