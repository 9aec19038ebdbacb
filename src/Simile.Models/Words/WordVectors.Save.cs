using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;

namespace Simile.Models;

/// <content>Writing.</content>
public sealed partial class WordVectors
{
    private const int LongestNumber = 32;

    /// <summary>Writes the words and vectors in one of the original forms; the file appears whole or not at all. Text keeps each number exactly.</summary>
    /// <param name="path">The file; one of its name is replaced.</param>
    /// <param name="format">Any but <see cref="WordVectorFormat.FastTextBinary"/>, which holds what was trained and not only vectors.</param>
    /// <exception cref="ArgumentException">A word is empty or holds blanks, which the forms have no place for.</exception>
    /// <exception cref="NotSupportedException">The format is <see cref="WordVectorFormat.FastTextBinary"/>.</exception>
    public void Save(string path, WordVectorFormat format = WordVectorFormat.Word2VecText)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (format == WordVectorFormat.FastTextBinary)
        {
            throw new NotSupportedException("A .bin of fastText holds a trained model: train one, or save the vectors as word2vec's text or binary form.");
        }

        if (_words.FirstOrDefault(word => word.Length == 0 || word.AsSpan().ContainsAny(" \t\r\n")) is { } word)
        {
            throw new ArgumentException($"The word \"{Quoted.Of(word)}\" is empty or holds a blank, which files of word vectors have no place for: leave it out.");
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

    // The shortest digits that give the same float again.
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
