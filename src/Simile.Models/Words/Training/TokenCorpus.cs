using System.Runtime.InteropServices;
using Simile.Models.Checkpoints;

namespace Simile.Models.Words;

/// <summary>
/// Texts as token ids in a temporary file, so texts of any size are read only once. Each token takes 4 bytes: the id of the word, in the
/// order in which words were first seen, or -1 for the end of a line. The file is split into chunks of about ten thousand words, the unit
/// of work of a thread.
/// </summary>
/// <remarks>Safe for concurrent readers. Dispose it to delete the file.</remarks>
internal sealed class TokenCorpus : TokenReader.ISink, IDisposable
{
    public const int EndOfLine = -1;
    private const int ChunkTokens = 10_000;
    private const int BufferTokens = 1 << 16;

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _words = [];
    private readonly List<long> _counts = [];
    private readonly List<Chunk> _chunks = [];
    private readonly int[] _buffer = new int[BufferTokens];
    private readonly FileStream _stream;
    private readonly IProgress<WordTrainingProgress>? _progress;
    private MappedFile? _file;
    private int _filled;
    private long _written;
    private long _chunkStart;
    private int _chunkTokens;

    private TokenCorpus(IProgress<WordTrainingProgress>? progress)
    {
        _progress = progress;
        _lookup = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
        _stream = TemporaryFile.Open();
    }

    /// <summary>A run of tokens.</summary>
    /// <param name="Start">Index of the first token, including line ends.</param>
    /// <param name="Length">Number of tokens, including line ends.</param>
    /// <param name="Words">Number of words, without line ends.</param>
    public readonly record struct Chunk(long Start, int Length, int Words);

    /// <summary>The distinct words, in the order in which they were first seen.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>The count of each distinct word.</summary>
    public IReadOnlyList<long> Counts => _counts;

    public IReadOnlyList<Chunk> Chunks => _chunks;

    /// <summary>Total number of words, including repetitions.</summary>
    public long Tokens { get; private set; }

    /// <summary>Number of lines that are not empty.</summary>
    public long Lines { get; private set; }

    /// <summary>Reads the files.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The files contain no words.</exception>
    public static TokenCorpus Read(
        IReadOnlyList<string> files,
        WordSplit split,
        bool lowercase,
        IProgress<WordTrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        foreach (var missing in files.Where(file => !File.Exists(file)))
        {
            throw new FileNotFoundException(
                Directory.Exists(missing) ? $"{missing} is a folder: give a text file." : $"The text file {missing} does not exist.",
                missing);
        }

        var corpus = new TokenCorpus(progress);
        try
        {
            var reader = new TokenReader(split, lowercase);
            foreach (var file in files)
            {
                reader.Read(file, corpus, cancellationToken);
            }

            corpus.Finish(files);
            return corpus;
        }
        catch
        {
            corpus.Dispose();
            throw;
        }
    }

    public ReadOnlySpan<int> Of(Chunk chunk) =>
        MemoryMarshal.Cast<byte, int>(_file!.Slice(chunk.Start * sizeof(int), chunk.Length * sizeof(int)).Span);

    void TokenReader.ISink.Token(ReadOnlySpan<char> token)
    {
        if (!_lookup.TryGetValue(token, out var id))
        {
            id = _words.Count;
            var word = token.ToString();
            _ids.Add(word, id);
            _words.Add(word);
            _counts.Add(0);
        }

        CollectionsMarshal.AsSpan(_counts)[id]++;
        Write(id);
        _chunkTokens++;
        Tokens++;
        if (_chunkTokens >= 2 * ChunkTokens)
        {
            CloseChunk(); // the last line has no line end
        }
    }

    void TokenReader.ISink.EndLine()
    {
        if (_written + _filled == _chunkStart || Last() == EndOfLine)
        {
            return;
        }

        Write(EndOfLine);
        Lines++;
        if (_chunkTokens >= ChunkTokens)
        {
            CloseChunk();
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _stream.Dispose();
    }

    private int Last() => _filled > 0 ? _buffer[_filled - 1] : 0;

    private void Write(int id)
    {
        if (_filled == _buffer.Length)
        {
            Flush();
        }

        _buffer[_filled++] = id;
    }

    private void Flush()
    {
        // Keep the last token in the buffer, to know whether a line has started.
        var kept = _filled > 0 ? _buffer[_filled - 1] : 0;
        var count = Math.Max(_filled - 1, 0);
        _stream.Write(MemoryMarshal.AsBytes(_buffer.AsSpan(0, count)));
        _written += count;
        _filled -= count;
        _buffer[0] = kept;
    }

    private void CloseChunk()
    {
        var end = _written + _filled;
        _chunks.Add(new Chunk(_chunkStart, (int)(end - _chunkStart), _chunkTokens));
        (_chunkStart, _chunkTokens) = (end, 0);
        _progress?.Report(new WordTrainingProgress("words read", Tokens, 0));
    }

    private void Finish(IReadOnlyList<string> files)
    {
        if (_chunkTokens > 0)
        {
            CloseChunk();
        }

        if (Tokens == 0)
        {
            throw new InvalidDataException($"There are no words in {string.Join(", ", files)}: give text files.");
        }

        _stream.Write(MemoryMarshal.AsBytes(_buffer.AsSpan(0, _filled)));
        _stream.Flush();
        _file = new MappedFile(_stream.Name);
    }
}
