using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Simile.Models.Checkpoints;
using Simile.Numerics;

namespace Simile.Models.Words;

/// <summary>
/// A memory-mapped .bin file of fastText: header, dictionary, and the rows of words and n-grams, which are not copied. Row i of the input
/// matrix belongs to word i, row <see cref="WordCount"/> + b belongs to bucket b.
/// </summary>
/// <remarks>Safe for concurrent readers until it is disposed.</remarks>
internal sealed class FastTextFile : IDisposable
{
    private const int LongestWord = 1 << 16;

    // Size of the shortest dictionary entry: an empty word, its count and its type.
    private const int LeastEntry = 1 + sizeof(long) + 1;

    private readonly MappedFile _file;
    private readonly string _path;
    private readonly List<string> _labels = [];
    private readonly List<string> _notes = [];
    private Dictionary<int, int>? _kept;
    private string[] _words = [];
    private long[] _counts = [];
    private long _at;
    private long _inputAt;
    private long _outputAt;

    private FastTextFile(MappedFile file, string path) =>
        (_file, _path, Header, Subwords) = (file, path, new FastTextHeader(), new Subwords(0, 0, 0));

    /// <summary>The training options, from the header.</summary>
    public FastTextHeader Header { get; private set; }

    /// <summary>Splits words into n-grams.</summary>
    public Subwords Subwords { get; private set; }

    /// <summary>Words, without labels, most frequent first.</summary>
    public string[] Words => _words;

    /// <summary>The counts of the words, then of the labels.</summary>
    public long[] Counts => _counts;

    /// <summary>The labels of a supervised model.</summary>
    public IReadOnlyList<string> Labels => _labels;

    /// <summary>Notes on the file, for the user.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public int WordCount => _words.Length;

    /// <summary>Rows of the output matrix: one per label, or one per word.</summary>
    public long OutputRows { get; private set; }

    /// <summary>Opens a file and reads everything except the matrices.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="NotSupportedException">The file is quantized.</exception>
    public static FastTextFile Open(MappedFile file, string path)
    {
        var model = new FastTextFile(file, path);
        model.ReadHeader();
        model.ReadDictionary();
        model._inputAt = model.ReadMatrix("words", model.ExpectedRows(), out _);
        model._outputAt = model.ReadMatrix("outputs", null, out var rows);
        model.OutputRows = rows;
        return model;
    }

    /// <summary>A row of the input matrix.</summary>
    public ReadOnlySpan<float> Row(long row) => Row(_inputAt, row);

    /// <summary>A row of the output matrix.</summary>
    public ReadOnlySpan<float> OutputRow(long row) => Row(_outputAt, row);

    /// <summary>
    /// The vector of a known word: the mean of its own row and the rows of its n-grams. The sentence end &lt;/s&gt; uses only its own row,
    /// as in all fastText versions with a magic number.
    /// </summary>
    public void Word(int word, Span<float> vector, List<int> buckets)
    {
        buckets.Clear();
        if (_words[word] != "</s>")
        {
            Subwords.Add(Encoding.UTF8.GetBytes(_words[word]), buckets);
        }

        Row(word).CopyTo(vector);
        Average(buckets, 1, vector);
    }

    /// <summary>The vector of a word that is not in the dictionary, from its n-grams; zeros if it has none.</summary>
    /// <returns>Whether the word has n-grams.</returns>
    public bool Unknown(string word, Span<float> vector)
    {
        var buckets = new List<int>();
        Subwords.Add(Encoding.UTF8.GetBytes(word), buckets);
        vector.Clear();
        return Average(buckets, 0, vector) > 0;
    }

    /// <summary>The row of a bucket; -1 if it was pruned.</summary>
    public long RowOf(int bucket) =>
        _kept is null ? (long)WordCount + bucket : _kept.TryGetValue(bucket, out var row) ? (long)WordCount + row : -1;

    public void Dispose() => _file.Dispose();

    private int Average(List<int> buckets, int count, Span<float> vector)
    {
        foreach (var bucket in buckets)
        {
            if (RowOf(bucket) is >= 0 and var row)
            {
                WeightedRow.Add(Row(row), 1, vector);
                count++;
            }
        }

        if (count > 1)
        {
            var scale = 1f / count;
            foreach (ref var number in vector)
            {
                number *= scale;
            }
        }

        return count;
    }

    private ReadOnlySpan<float> Row(long matrix, long row)
    {
        var bytes = Header.Dimensions * sizeof(float);
        return MemoryMarshal.Cast<byte, float>(_file.Slice(matrix + (row * bytes), bytes).Span);
    }

    private void ReadHeader()
    {
        var first = ReadInt32("header");
        var hasMagic = first == FastTextHeader.Magic;
        var version = hasMagic ? ReadInt32("header") : 0;
        if (version > FastTextHeader.Version)
        {
            throw new NotSupportedException(
                $"{_path} has version {version} of fastText's format; versions up to {FastTextHeader.Version} are supported. "
                + "Save the vectors as text (.vec) with the fastText that made it.");
        }

        _at -= hasMagic ? 0 : sizeof(int);
        Header = FastTextHeader.Read(Take(FastTextHeader.Length, "header"), hasMagic, version);
        if (Header.Complaint is { } complaint)
        {
            throw new InvalidDataException(hasMagic
                ? $"{_path} is a damaged fastText model: {complaint}. Fetch it again."
                : $"{_path} holds no word vectors: it has neither fastText's magic number nor a valid header of the old format without one "
                    + $"({complaint}), and its first line is not \"COUNT DIMENSIONS\". Fetch it again.");
        }

        if (!hasMagic)
        {
            _notes.Add("The file has the old fastText format without a magic number (before 2017).");
        }

        Subwords = new Subwords(Header.MinN, Header.MaxN, Header.Buckets);
    }

    private void ReadDictionary()
    {
        var (size, words, labels) = (ReadInt32("dictionary"), ReadInt32("dictionary"), ReadInt32("dictionary"));
        var tokens = BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long), "dictionary"));
        var pruned = Header.HasMagic ? BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long), "dictionary")) : -1;
        if (words < 0 || labels < 0 || tokens < 0 || (long)words + labels != size || size > (_file.Length - _at) / LeastEntry)
        {
            throw new InvalidDataException(
                $"The dictionary of {_path} claims {size:N0} entries, {words:N0} words and {labels:N0} labels, "
                + $"which {(size > (_file.Length - _at) / LeastEntry ? "do not fit into the file" : "do not add up")}: it is damaged. "
                + "Fetch it again.");
        }

        (_words, _counts) = (new string[words], new long[size]);
        for (var (i, word) = (0, 0); i < size; i++)
        {
            ReadEntry(i, ref word, labels);
        }

        ReadPruned(pruned);
    }

    private void ReadEntry(int entry, ref int word, int labels)
    {
        var text = ReadWord();
        _counts[entry] = BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long), "dictionary"));
        var isLabel = Take(1, "dictionary")[0] == 1;
        if (isLabel ? _labels.Count == labels : word == _words.Length)
        {
            throw new InvalidDataException(
                $"The dictionary of {_path} has more {(isLabel ? "labels" : "words")} than it claims: it is damaged. Fetch it again.");
        }

        if (isLabel)
        {
            _labels.Add(text);
        }
        else
        {
            _words[word++] = text;
        }
    }

    private string ReadWord()
    {
        var rest = _file.Slice(_at, (int)Math.Min(LongestWord, _file.Length - _at)).Span;
        var end = rest.IndexOf((byte)0);
        if (end < 0)
        {
            throw Short("dictionary");
        }

        _at += end + 1;
        return Encoding.UTF8.GetString(rest[..end]);
    }

    private void ReadPruned(long count)
    {
        if (count < 0)
        {
            return;
        }

        if (count > (_file.Length - _at) / (2 * sizeof(int)))
        {
            throw Short("list of kept n-grams");
        }

        _kept = new Dictionary<int, int>((int)count);
        for (var i = 0L; i < count; i++)
        {
            var bucket = ReadInt32("list of kept n-grams");
            _kept[bucket] = ReadInt32("list of kept n-grams");
        }
    }

    private long ExpectedRows() => _kept is { } kept ? WordCount + (long)kept.Count : WordCount + (long)Header.Buckets;

    private long ReadMatrix(string what, long? expected, out long rows)
    {
        if (Header.HasMagic && Take(1, $"matrix of {what}")[0] != 0)
        {
            throw new NotSupportedException(
                $"{_path} is a quantized fastText model (.ftz), which is not supported: use the .bin that it was made from, "
                + "or save its vectors as text with fastText's print-word-vectors.");
        }

        rows = BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long), $"matrix of {what}"));
        var columns = BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long), $"matrix of {what}"));
        if (columns != Header.Dimensions || rows < 0 || (expected is { } count && rows != count))
        {
            throw new InvalidDataException(
                $"The matrix of {what} in {_path} has {rows:N0} rows of {columns:N0} numbers, but must have {expected ?? rows:N0} rows "
                + $"of {Header.Dimensions:N0}: the file is damaged. Fetch it again.");
        }

        var rowBytes = columns * sizeof(float);
        if (rows > (_file.Length - _at) / rowBytes)
        {
            throw Short($"matrix of {what}");
        }

        var start = _at;
        if (expected is not null)
        {
            RequireFinite(start, rows, what);
        }

        _at += rows * rowBytes;
        return start;
    }

    // Check every row once: a NaN or infinity would spoil all vectors that are computed from it.
    private void RequireFinite(long start, long rows, string what)
    {
        const int RowsAtOnce = 4096;
        EachCore.Run((int)((rows + RowsAtOnce - 1) / RowsAtOnce), block =>
        {
            var first = (long)block * RowsAtOnce;
            var bytes = (int)Math.Min(RowsAtOnce, rows - first) * (long)Header.Dimensions * sizeof(float);
            for (var at = 0L; at < bytes; at += int.MaxValue / 2 / sizeof(float) * sizeof(float))
            {
                var part = _file.Slice(
                    start + (first * Header.Dimensions * sizeof(float)) + at,
                    (int)Math.Min(bytes - at, int.MaxValue / 2 / sizeof(float) * sizeof(float)));
                if (!Finite.All(MemoryMarshal.Cast<byte, float>(part.Span)))
                {
                    throw new InvalidDataException(
                        $"The matrix of {what} in {_path} holds NaN or infinity: the file is damaged. Fetch it again.");
                }
            }
        }, default);
    }

    private int ReadInt32(string part) => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int), part));

    private ReadOnlySpan<byte> Take(int length, string part)
    {
        if (_file.Length - _at < length)
        {
            throw Short(part);
        }

        _at += length;
        return _file.Slice(_at - length, length).Span;
    }

    private InvalidDataException Short(string part) =>
        new($"{_path} ends inside the {part} of a fastText model: it is truncated or damaged. Fetch it again.");
}
