using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;

namespace Simile.Models;

/// <content>Saving to a file.</content>
public sealed partial class WordVectors
{
    private const int LongestNumber = 32;

    /// <summary>
    /// Writes the words and vectors in one of the original formats. The file is written atomically. Text formats preserve each number
    /// exactly.
    /// </summary>
    /// <param name="path">The file; an existing file is replaced.</param>
    /// <param name="format">Any but <see cref="WordVectorFormat.FastTextBinary"/>, which stores a complete model and not only
    /// vectors.</param>
    /// <exception cref="ArgumentException">A word is empty or contains whitespace, which the formats do not support.</exception>
    /// <exception cref="NotSupportedException">The format is <see cref="WordVectorFormat.FastTextBinary"/>.</exception>
    public void Save(string path, WordVectorFormat format = WordVectorFormat.Word2VecText)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (format == WordVectorFormat.FastTextBinary)
        {
            throw new NotSupportedException(
                "A .bin file of fastText holds a complete model: train one, or save the vectors in the text or binary format of word2vec.");
        }

        if (_words.FirstOrDefault(word => word.Length == 0 || word.AsSpan().ContainsAny(" \t\r\n")) is { } word)
        {
            throw new ArgumentException(
                $"The word \"{Quoted.Of(word)}\" is empty or contains whitespace, which is not supported in files of word vectors: "
                + "leave it out.");
        }

        WholeFile.Write(path, file => Write(file, format));
    }

    private void Write(FileStream file, WordVectorFormat format)
    {
        var stream = new BufferedStream(file, 1 << 20); // not disposed: that would close the file before it is on the disk
        if (format != WordVectorFormat.GloveText)
        {
            stream.Write(Encoding.UTF8.GetBytes($"{Count} {Dimensions}\n"));
        }

        for (var row = 0; row < Count; row++)
        {
            stream.Write(Encoding.UTF8.GetBytes(_words[row]));
            if (format == WordVectorFormat.Word2VecBinary)
            {
                stream.WriteByte((byte)' ');
                stream.Write(MemoryMarshal.AsBytes(Vectors[row]));
            }
            else
            {
                WriteNumbers(stream, Vectors[row]);
            }

            stream.WriteByte((byte)'\n');
        }

        stream.Flush();
    }

    // The shortest decimal that parses back to the same float.
    private static void WriteNumbers(Stream stream, ReadOnlySpan<float> numbers)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        foreach (var number in numbers)
        {
            stream.WriteByte((byte)' ');
            _ = Utf8Formatter.TryFormat(number, text, out var length);
            stream.Write(text[..length]);
        }
    }
}
