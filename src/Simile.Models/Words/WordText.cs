using System.Text;
using System.Text.Unicode;
using Simile.Models.Checkpoints;
using Simile.Numerics;

namespace Simile.Models.Words;

/// <summary>
/// Reads word vectors from text: each line holds a word and its numbers. The lines are counted first, so memory is allocated only for
/// existing lines; then all cores read blocks of whole lines. A word may contain spaces (as in glove.840B): the last
/// <paramref name="dimensions"/> fields are the vector.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="path">For messages.</param>
/// <param name="start">Offset of the first vector.</param>
/// <param name="dimensions">Numbers per line, at least 1.</param>
internal sealed class WordText(MappedFile file, string path, long start, int dimensions)
{
    private const int BlockBytes = 1 << 22;
    private const int LongestLine = 1 << 24;
    private const int NotUtf8Shown = 1;

    private readonly Lock _faultLock = new();
    private (long Line, string Reason)? _fault;
    private int _notUtf8;

    /// <summary>A block of whole lines of the file.</summary>
    private struct Block
    {
        public long Start;
        public int Length;
        public long Lines;
        public long Rows;
    }

    /// <summary>Reads a file without a header; the number of dimensions is taken from the first line.</summary>
    /// <exception cref="InvalidDataException">A line is not a word and its numbers.</exception>
    public static WordTable ReadGlove(MappedFile file, string path)
    {
        var start = WordFile.First(file);
        var end = start.IndexOf((byte)'\n');
        var dimensions = CountNumbers(end < 0 ? start : start[..end]);
        return dimensions > 0 ? new WordText(file, path, 0, dimensions).Read(null, 1)
            : throw new InvalidDataException(
                $"{path} holds no word vectors: its first line is neither \"COUNT DIMENSIONS\" nor a word with its numbers, "
                + "and it is not a .bin file of fastText or word2vec.");
    }

    /// <summary>Reads a file whose first line holds the count and the dimensions.</summary>
    /// <exception cref="InvalidDataException">A line is not a word and its numbers, or there are fewer than the first line
    /// promises.</exception>
    public static WordTable ReadWord2Vec(MappedFile file, string path)
    {
        var header = WordFile.RequireHeader(file, path);
        return new WordText(file, path, header.Length, (int)header.Dimensions).Read(header.Count, 2);
    }

    private WordTable Read(long? promised, long firstLine)
    {
        var blocks = Cut();
        EachCore.Run(blocks.Length, i => Count(ref blocks[i]), default);
        var found = blocks.Sum(block => block.Rows);
        if (promised > found)
        {
            throw new InvalidDataException(
                $"The first line of {path} promises {promised:N0} vectors, but there are {found:N0}: the file is truncated or damaged. "
                + "Fetch it again.");
        }

        var rows = promised ?? found;
        var words = new string[Fits(rows)];
        var vectors = new VectorMatrix(words.Length, dimensions);
        var (line, row) = (firstLine, 0L);
        var starts = Array.ConvertAll(blocks, block => ((line += block.Lines) - block.Lines, (row += block.Rows) - block.Rows));
        EachCore.Run(blocks.Length, i => Parse(blocks[i], starts[i].Item1, starts[i].Item2, words, vectors), default);
        return _fault is { } fault ? throw new InvalidDataException($"Line {fault.Line} of {path} {fault.Reason}")
            : new WordTable(words, vectors, Notes()).WithoutDuplicates();
    }

    private string[] Notes() =>
        _notUtf8 < NotUtf8Shown ? [] : [$"{_notUtf8:N0} words are not valid UTF-8: the invalid bytes were replaced by U+FFFD."];

    private int Fits(long rows) => rows * dimensions <= Array.MaxLength ? (int)rows
        : throw new InvalidDataException(
            $"{path} holds {rows:N0} vectors of {dimensions} dimensions, more than the {Array.MaxLength:N0} numbers that fit: "
            + "keep the first lines, which are the most frequent words.");

    private Block[] Cut()
    {
        var blocks = new List<Block>();
        for (var at = start; at < file.Length;)
        {
            var length = (int)Math.Min(BlockBytes, file.Length - at);
            length = at + length == file.Length ? length : length + RestOfLine(at + length);
            blocks.Add(new Block { Start = at, Length = length });
            at += length;
        }

        return [.. blocks];
    }

    private int RestOfLine(long at)
    {
        var rest = file.Slice(at, (int)Math.Min(LongestLine, file.Length - at)).Span;
        var end = rest.IndexOf((byte)'\n');
        return end >= 0 ? end + 1
            : rest.Length < LongestLine ? rest.Length
            : throw new InvalidDataException($"{path} has a line of more than {LongestLine / (1 << 20)} MB: it holds no word vectors.");
    }

    private void Count(ref Block block)
    {
        var rest = (ReadOnlySpan<byte>)file.Slice(block.Start, block.Length).Span;
        while (!rest.IsEmpty)
        {
            block.Lines++;
            block.Rows += NextLine(ref rest).IsEmpty ? 0 : 1;
        }
    }

    private void Parse(Block block, long line, long row, string[] words, VectorMatrix vectors)
    {
        var rest = (ReadOnlySpan<byte>)file.Slice(block.Start, block.Length).Span;
        for (; !rest.IsEmpty && row < words.Length; line++)
        {
            var text = NextLine(ref rest);
            if (text.IsEmpty)
            {
                continue;
            }

            if (Complaint(text, vectors[(int)row], out words[row]) is { } reason)
            {
                Fail(line, reason);
                return;
            }

            row++;
        }
    }

    // The last line may have no line end; a line of only spaces is skipped.
    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return line.TrimEnd(" \t\r"u8);
    }

    // Fast path for the common case; if it fails, parse field by field.
    private string? Complaint(ReadOnlySpan<byte> line, Span<float> vector, out string word)
    {
        var at = line.IndexOfAny((byte)' ', (byte)'\t');
        word = string.Empty;
        if (at < 0 || !TryReadAll(line, at, vector))
        {
            at = StartOfNumbers(line);
            if (Reason(line, at, vector) is { } reason)
            {
                return reason;
            }
        }

        word = Decode(line[..at]);
        return null;
    }

    private static bool TryReadAll(ReadOnlySpan<byte> line, int at, Span<float> vector)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            SkipBlanks(line, ref at);
            if (at >= line.Length || !WordNumber.TryRead(line, ref at, out vector[i]))
            {
                return false;
            }
        }

        SkipBlanks(line, ref at);
        return at >= line.Length;
    }

    private string? Reason(ReadOnlySpan<byte> line, int at, Span<float> vector)
    {
        if (at < 0)
        {
            return $"has {CountFields(line) - 1} numbers, but must have {dimensions}: the file is damaged. Fetch it again.";
        }

        if (!TryReadAll(line, at, vector))
        {
            return line.Contains((byte)',')
                ? $"has a number with a decimal comma: use a decimal point."
                : $"has \"{FirstWrong(line, at)}\" instead of a finite number: the file is damaged. Fetch it again.";
        }

        // A word may contain spaces; but if it ends in a number, the line has too many numbers.
        var word = line[..at].TrimEnd(" \t"u8);
        var last = word.LastIndexOfAny((byte)' ', (byte)'\t') + 1;
        return last > 0 && WordNumber.TryRead(word, ref last, out _)
            ? $"has {CountFields(line) - 1} numbers, but must have {dimensions}: the file is damaged. Fetch it again."
            : null;
    }

    // Offset of the space before the last 'dimensions' fields; -1 if there are fewer fields.
    private int StartOfNumbers(ReadOnlySpan<byte> line)
    {
        for (var (i, end) = (0, line.Length); ; i++)
        {
            var field = line[..end].LastIndexOfAny((byte)' ', (byte)'\t');
            if (field < 0)
            {
                return -1;
            }

            end = line[..field].TrimEnd(" \t"u8).Length;
            if (i == dimensions - 1)
            {
                return end == 0 ? field : end;
            }
        }
    }

    private static string FirstWrong(ReadOnlySpan<byte> line, int at)
    {
        const int Shown = 40;
        while (at < line.Length)
        {
            SkipBlanks(line, ref at);
            var from = at;
            if (!WordNumber.TryRead(line, ref at, out _))
            {
                return Quoted.Of(Encoding.UTF8.GetString(line[from..Math.Min(at, from + Shown)]));
            }
        }

        return string.Empty;
    }

    private static int CountFields(ReadOnlySpan<byte> line)
    {
        var (count, at) = (0, 0);
        while (at < line.Length)
        {
            SkipBlanks(line, ref at);
            count += at < line.Length ? 1 : 0;
            while (at < line.Length && !WordNumber.IsBlank(line[at]))
            {
                at++;
            }
        }

        return count;
    }

    // Counts the numbers at the end of a line; the first field is always the word, even if it looks like a number.
    private static int CountNumbers(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd(" \t\r"u8);
        var count = 0;
        for (var field = line.LastIndexOfAny((byte)' ', (byte)'\t'); field >= 0; field = line.LastIndexOfAny((byte)' ', (byte)'\t'))
        {
            var at = field + 1;
            if (!WordNumber.TryRead(line, ref at, out _))
            {
                break;
            }

            count++;
            line = line[..field].TrimEnd(" \t"u8);
        }

        return count;
    }

    private static void SkipBlanks(ReadOnlySpan<byte> line, ref int at)
    {
        while (at < line.Length && WordNumber.IsBlank(line[at]))
        {
            at++;
        }
    }

    private string Decode(ReadOnlySpan<byte> word)
    {
        if (!Utf8.IsValid(word))
        {
            Interlocked.Increment(ref _notUtf8);
        }

        return Encoding.UTF8.GetString(word);
    }

    // Report the first invalid line of the file, not the one that was found first.
    private void Fail(long line, string reason)
    {
        lock (_faultLock)
        {
            _fault = _fault is { } fault && fault.Line < line ? fault : (line, reason);
        }
    }
}
