using System.Buffers.Text;
using System.Text;
using Simile.Models.Checkpoints;

namespace Simile.Models.Words;

/// <summary>Detects the format of a file of word vectors from its first bytes; the file name is ignored.</summary>
internal static class WordFile
{
    private const int Sample = 1 << 16;
    private const int LongestHeader = 64;
    private const int MostDimensions = 1 << 16;

    /// <summary>The first line "COUNT DIMENSIONS" of word2vec, as it was written.</summary>
    /// <param name="Count">Number of vectors; not validated.</param>
    /// <param name="Dimensions">Components of each vector; not validated.</param>
    /// <param name="Length">Bytes of the line, including its line end.</param>
    public readonly record struct Header(long Count, long Dimensions, int Length);

    /// <summary>
    /// Whether a single file given as a model should be read as word vectors: it has one of the binary formats, or it is text.
    /// </summary>
    public static bool Is(string path)
    {
        if (!File.Exists(path) || Path.GetExtension(path) is ".onnx" or ".safetensors" or ".pth" or ".pt")
        {
            return false;
        }

        using var file = new MappedFile(path);
        var start = First(file);
        return start.Length == 0 || FastTextHeader.IsLikely(start) || ReadHeader(start) is not null
            || !start.Contains((byte)0) || (HasItsName(path) && !IsOfPyTorch(start));
    }

    private static bool HasItsName(string path) => Path.GetExtension(path) is ".bin" or ".vec" or ".txt" or ".glove" or ".w2v";

    // A zip file, or a pickle.
    private static bool IsOfPyTorch(ReadOnlySpan<byte> start) => start.StartsWith("PK"u8) || start[0] == 0x80;

    /// <summary>The format of a file.</summary>
    /// <exception cref="InvalidDataException">The file is empty.</exception>
    public static WordVectorFormat FormatOf(MappedFile file, string path)
    {
        var start = First(file);
        if (start.Length == 0)
        {
            throw new InvalidDataException($"{path} is empty: it holds no word vectors. Fetch it again.");
        }

        return ReadHeader(start) is not { } header ? start[..Math.Min(start.Length, LongestHeader)].Contains((byte)0)
            ? WordVectorFormat.FastTextBinary
            : WordVectorFormat.GloveText
            : IsText(start[header.Length..], header.Dimensions) ? WordVectorFormat.Word2VecText
            : WordVectorFormat.Word2VecBinary;
    }

    /// <summary>The header of a word2vec file.</summary>
    /// <exception cref="InvalidDataException">Its numbers are out of range.</exception>
    public static Header RequireHeader(MappedFile file, string path)
    {
        var header = ReadHeader(First(file))!.Value;
        return header.Count > 0 && header.Dimensions is > 0 and <= MostDimensions ? header
            : throw new InvalidDataException(
                $"The first line of {path} promises {header.Count} vectors of {header.Dimensions} dimensions: "
                + $"both must be above 0, and the dimensions at most {MostDimensions}. The file is damaged; fetch it again.");
    }

    /// <summary>The first bytes of the file.</summary>
    public static ReadOnlySpan<byte> First(MappedFile file) =>
        file.Length == 0 ? [] : file.Slice(0, (int)Math.Min(file.Length, Sample)).Span;

    private static Header? ReadHeader(ReadOnlySpan<byte> start)
    {
        var end = start[..Math.Min(start.Length, LongestHeader)].IndexOf((byte)'\n');
        var line = end < 0 ? (start.Length <= LongestHeader ? start : []) : start[..end];
        line = line.TrimEnd(" \t\r"u8);
        var blank = line.IndexOfAny((byte)' ', (byte)'\t');
        return blank > 0 && IsNumber(line[..blank], out var count) && IsNumber(line[blank..].TrimStart(" \t"u8), out var dimensions)
            ? new Header(count, dimensions, end < 0 ? start.Length : end + 1)
            : null;
    }

    private static bool IsNumber(ReadOnlySpan<byte> word, out long number) =>
        Utf8Parser.TryParse(word, out number, out var read) && read == word.Length;

    // In the binary format, floats follow the first word. It is very unlikely that many bytes of floats are all printable text.
    private static bool IsText(ReadOnlySpan<byte> body, long dimensions)
    {
        const int Enough = 512;
        var blank = body.IndexOf((byte)' ');
        var numbers = body[(blank + 1)..];
        numbers = numbers[..(int)Math.Min(numbers.Length, Math.Clamp(dimensions * sizeof(float), 1, Enough))];
        return IsFirstLine(body, blank)
            || (!numbers.ContainsAnyInRange((byte)0, (byte)8) && !numbers.ContainsAnyInRange((byte)14, (byte)31) && IsUtf8(numbers));
    }

    private static bool IsFirstLine(ReadOnlySpan<byte> body, int blank)
    {
        var end = body.IndexOf((byte)'\n');
        var at = blank + 1;
        return blank > 0 && end > blank && WordNumber.TryRead(body[..end], ref at, out _);
    }

    // The last character may be cut.
    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        for (var cut = 0; cut < 4 && cut <= bytes.Length; cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(bytes[..^cut]))
            {
                return true;
            }
        }

        return false;
    }
}
