using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Simile.Models.Checkpoints;
using Simile.Numerics;

namespace Simile.Models.Words;

/// <summary>Reads word2vec's binary format: each word, a space, its numbers as floats, and a line end that only some writers add.</summary>
internal sealed class Word2VecBinary(MappedFile file, string path)
{
    private const int LongestWord = 1 << 16;
    private int _notUtf8;

    /// <exception cref="InvalidDataException">The file is truncated, or contains NaN or infinity.</exception>
    public static WordTable Read(MappedFile file, string path) => new Word2VecBinary(file, path).Read(WordFile.RequireHeader(file, path));

    private WordTable Read(WordFile.Header header)
    {
        var (rowBytes, at) = ((int)header.Dimensions * sizeof(float), (long)header.Length);
        if (header.Count > (file.Length - at) / (rowBytes + 1) || header.Count * header.Dimensions > Array.MaxLength)
        {
            throw new InvalidDataException(header.Count > (file.Length - at) / (rowBytes + 1)
                ? $"The first line of {path} promises {header.Count:N0} vectors of {header.Dimensions} dimensions, "
                    + $"but the file has room for {(file.Length - at) / (rowBytes + 1):N0} at most: it is truncated or damaged. "
                    + "Fetch it again."
                : $"{path} holds {header.Count:N0} vectors of {header.Dimensions} dimensions, "
                    + $"more than the {Array.MaxLength:N0} numbers that fit.");
        }

        var words = new string[header.Count];
        var vectors = new VectorMatrix(words.Length, (int)header.Dimensions);
        for (var row = 0; row < words.Length; row++)
        {
            words[row] = ReadWord(ref at, row, words.Length);
            ReadVector(ref at, vectors[row], words[row], row, words.Length);
        }

        return new WordTable(
            words, vectors, _notUtf8 == 0 ? [] : [$"{_notUtf8:N0} words are not valid UTF-8: the invalid bytes were replaced by U+FFFD."])
            .WithoutDuplicates();
    }

    private string ReadWord(ref long at, int row, int count)
    {
        var rest = file.Slice(at, (int)Math.Min(LongestWord, file.Length - at)).Span;
        var end = rest.IndexOf((byte)' ');
        if (end < 0)
        {
            throw rest.Length < LongestWord
                ? Short(row, count)
                : new InvalidDataException($"Word {row + 1} of {path} has no end: the file is damaged. Fetch it again.");
        }

        at += end + 1;
        var word = (ReadOnlySpan<byte>)rest[..end].TrimStart("\r\n"u8);
        _notUtf8 += Utf8.IsValid(word) ? 0 : 1;
        return Encoding.UTF8.GetString(word);
    }

    private void ReadVector(ref long at, Span<float> vector, string word, int row, int count)
    {
        var bytes = MemoryMarshal.AsBytes(vector);
        if (file.Length - at < bytes.Length)
        {
            throw Short(row, count);
        }

        file.Slice(at, bytes.Length).Span.CopyTo(bytes);
        at += bytes.Length;
        if (!Finite.All(vector))
        {
            throw new InvalidDataException(
                $"The vector of \"{Quoted.Of(word)}\", number {row + 1} of {path}, holds NaN or infinity: the file is damaged. "
                + "Fetch it again.");
        }
    }

    private InvalidDataException Short(int row, int count) =>
        new($"{path} ends inside vector {row + 1:N0} of the {count:N0} that its first line promises: it is truncated. Fetch it again.");
}
