using Simile.Models.Checkpoints;
using Simile.Models.Words;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>Vectors of words: word2vec, GloVe and fastText files. Row i of <see cref="Vectors"/> belongs to word i.</summary>
/// <remarks>
/// Thread-safe. Text files and word2vec's binary files are read into memory. A .bin file of fastText stays memory-mapped; its vectors are
/// means of the rows of a word and its n-grams, and are computed when all vectors are requested. Dispose it to close that file.
/// </remarks>
public sealed partial class WordVectors : IDisposable
{
    private readonly string[] _words;
    private readonly Lazy<VectorMatrix> _vectors;
    private readonly Lazy<float[]> _inverseNorms;
    private readonly Dictionary<string, int> _rows;
    private readonly FastTextFile? _subwords;

    /// <summary>Creates word vectors from existing words and vectors.</summary>
    /// <param name="words">The distinct words, most frequent first if the frequency is known.</param>
    /// <param name="vectors">Row i is the vector of word i; not copied.</param>
    /// <exception cref="ArgumentException">The numbers of rows and words differ, a word is a duplicate, or a number is NaN or
    /// infinite.</exception>
    public WordVectors(IReadOnlyList<string> words, VectorMatrix vectors)
        : this(Require(words, vectors), vectors, WordVectorFormat.Word2VecText, [])
    {
    }

    private WordVectors(string[] words, VectorMatrix vectors, WordVectorFormat format, IReadOnlyList<string> notes)
        : this(words, new Lazy<VectorMatrix>(vectors), vectors.Dimensions, format, notes)
    {
    }

    private WordVectors(FastTextFile file)
        : this(
            file.Words, new Lazy<VectorMatrix>(() => AllOf(file)), file.Header.Dimensions, WordVectorFormat.FastTextBinary, file.Notes) =>
            _subwords = file;

    private WordVectors(string[] words, Lazy<VectorMatrix> vectors, int dimensions, WordVectorFormat format, IReadOnlyList<string> notes)
    {
        (_words, _vectors, Dimensions, Format, Notes) = (words, vectors, dimensions, format, notes);
        _inverseNorms = new Lazy<float[]>(() => InverseNorms(Vectors));
        _rows = new Dictionary<string, int>(words.Length, StringComparer.Ordinal);
        for (var row = 0; row < words.Length; row++)
        {
            _rows.TryAdd(words[row], row);
        }
    }

    /// <summary>The words, in the order of the file; in most files the most frequent word is first.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>Size of the vocabulary: one row of vectors per word.</summary>
    public int Count => _words.Length;

    /// <summary>Components of each vector.</summary>
    public int Dimensions { get; }

    /// <summary>The format of the file that was read.</summary>
    public WordVectorFormat Format { get; }

    /// <summary>Notes from reading the file, one sentence each: words left out, invalid bytes replaced, an old format.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Whether words that are not in the list also have vectors, from their n-grams.</summary>
    public bool HasSubwords => _subwords?.Subwords.Any == true;

    /// <summary>All vectors; row i belongs to word i. For a .bin file of fastText they are computed at the first call.</summary>
    public VectorMatrix Vectors => _vectors.Value;

    /// <summary>The vector of a word; if the file has n-grams, the word need not be in the list.</summary>
    /// <exception cref="ArgumentException">The word is unknown; the message suggests similar spellings.</exception>
    public float[] this[string word]
    {
        get
        {
            var vector = new float[Dimensions];
            return TryGet(word, vector) ? vector : throw Unknown(word);
        }
    }

    /// <summary>
    /// Loads a file of word vectors: word2vec's text and binary formats, GloVe's text format, and .vec and .bin of fastText. The format is
    /// detected from the content, not from the name.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file contains no word vectors or is damaged; the message says where.</exception>
    /// <exception cref="NotSupportedException">The file is a quantized fastText model.</exception>
    public static WordVectors Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(Directory.Exists(path)
                ? $"{path} is a folder: name the file of word vectors in it."
                : $"There is no file {path}: name a file of word vectors (word2vec, GloVe, or .vec and .bin of fastText).");
        }

        var file = new MappedFile(path);
        try
        {
            var format = WordFile.FormatOf(file, path);
            return format == WordVectorFormat.FastTextBinary
                ? new WordVectors(FastTextFile.Open(file, path))
                : InMemory(file, path, format);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The row of a word; -1 if it is not in the list.</summary>
    public int IndexOf(string word) => _rows.GetValueOrDefault(word, -1);

    /// <summary>Whether a word is in the list. If <see cref="HasSubwords"/> is true, other words have vectors too.</summary>
    public bool Contains(string word) => _rows.ContainsKey(word);

    /// <summary>
    /// Gets the vector of a word. If the word is not in the list, the vector is computed from its n-grams, if the file has n-grams.
    /// </summary>
    /// <param name="word">The word.</param>
    /// <param name="vector">Output of <see cref="Dimensions"/> numbers; zeros if the word is unknown.</param>
    /// <returns>Whether the word has a vector.</returns>
    public bool TryGet(string word, Span<float> vector)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (_rows.TryGetValue(word, out var row))
        {
            Copy(row, vector);
            return true;
        }

        vector[..Dimensions].Clear();
        return _subwords?.Unknown(word, vector[..Dimensions]) == true;
    }

    /// <inheritdoc/>
    public void Dispose() => _subwords?.Dispose();

    /// <summary>The row of a word inside a longer text.</summary>
    internal bool TryFind(ReadOnlySpan<char> word, out int row) =>
        _rows.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out row);

    /// <summary>Copies the vector of a word of the list.</summary>
    internal void Copy(int row, Span<float> vector)
    {
        if (_subwords is null || _vectors.IsValueCreated)
        {
            Vectors[row].CopyTo(vector);
        }
        else
        {
            _subwords.Word(row, vector[..Dimensions], []);
        }
    }

    private static WordVectors InMemory(MappedFile file, string path, WordVectorFormat format)
    {
        using (file)
        {
            var table = format switch
            {
                WordVectorFormat.Word2VecText => WordText.ReadWord2Vec(file, path),
                WordVectorFormat.Word2VecBinary => Word2VecBinary.Read(file, path),
                _ => WordText.ReadGlove(file, path),
            };
            return new WordVectors(table.Words, table.Vectors, format, table.Notes);
        }
    }

    private static VectorMatrix AllOf(FastTextFile file)
    {
        const int AtOnce = 1024;
        if ((long)file.WordCount * file.Header.Dimensions > Array.MaxLength)
        {
            throw new NotSupportedException(
                $"{file.WordCount:N0} vectors of {file.Header.Dimensions} dimensions do not fit in memory: "
                + "get the vectors of single words instead.");
        }

        var vectors = new VectorMatrix(file.WordCount, file.Header.Dimensions);
        EachCore.Run((file.WordCount + AtOnce - 1) / AtOnce, part =>
        {
            var buckets = new List<int>();
            for (var word = part * AtOnce; word < Math.Min(file.WordCount, (part + 1) * AtOnce); word++)
            {
                file.Word(word, vectors[word], buckets);
            }
        }, default);
        return vectors;
    }

    private static string[] Require(IReadOnlyList<string> words, VectorMatrix vectors)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(vectors);
        if (words.Count != vectors.Count)
        {
            throw new ArgumentException($"{words.Count:N0} words have {vectors.Count:N0} vectors: each word needs one.", nameof(vectors));
        }

        if (words.GroupBy(word => word, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
        {
            throw new ArgumentException($"The word \"{twice.Key}\" is a duplicate: give each word once.", nameof(words));
        }

        VectorMath.ThrowIfNotFinite(vectors.AsSpan());
        return [.. words];
    }
}
