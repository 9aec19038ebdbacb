using System.Text;
using Simile.Numerics;
using Simile.Testing;

namespace Simile.Models.Tests.Words;

public sealed class WordVectorFileTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(WordVectorFormat.Word2VecText)]
    [InlineData(WordVectorFormat.Word2VecBinary)]
    [InlineData(WordVectorFormat.GloveText)]
    public void What_is_saved_is_read_again_to_the_bit(WordVectorFormat format)
    {
        var vectors = Some(words: 3000, dimensions: 25);
        var path = Path.Combine(_folder, "vectors.whatever");
        vectors.Save(path, format);
        using var read = WordVectors.Load(path);
        Assert.Equal(format, read.Format);
        Assert.Equal(vectors.Words, read.Words);
        Assert.True(vectors.Vectors.AsSpan().SequenceEqual(read.Vectors.AsSpan()));
    }

    [Fact]
    public void A_text_of_many_blocks_is_read_in_order()
    {
        var vectors = Some(words: 40_000, dimensions: 50);
        var path = Path.Combine(_folder, "large.txt");
        vectors.Save(path);
        Assert.True(new FileInfo(path).Length > 3 << 22);
        using var read = WordVectors.Load(path);
        Assert.Equal(vectors.Words, read.Words);
        Assert.True(vectors.Vectors.AsSpan().SequenceEqual(read.Vectors.AsSpan()));
    }

    [Theory]
    [InlineData("3 2\na 1 2\nb 3 4\n", "promises 3", "there are 2")]
    [InlineData("2 2\na 1 2\nb 3\n", "Line 3", "1 numbers, but must have 2")]
    [InlineData("2 2\na 1 2\nb 3 4 5\n", "Line 3", "3 numbers, but must have 2")]
    [InlineData("2 2\na 1 2\n\n\nb 3 x\n", "Line 5", "\"x\"")]
    [InlineData("a 1 2\nb 3 nan\n", "Line 2", "\"nan\"")]
    [InlineData("a 1,5 2,5\nb 3,5 4,5\n", "no word vectors")]
    [InlineData("2 0\na\nb\n", "dimensions")]
    [InlineData("-2 3\na 1 2 3\n", "promises -2")]
    [InlineData("It was the best of times, it was the worst of times", "no word vectors")]
    [InlineData("", "empty")]
    public void A_damaged_text_is_refused_in_a_sentence_that_says_where(string text, params string[] said)
    {
        var path = Path.Combine(_folder, "damaged.vec");
        File.WriteAllText(path, text);
        var refusal = Assert.Throws<InvalidDataException>(() => WordVectors.Load(path));
        Assert.All(said, part => Assert.Contains(part, refusal.Message));
        Assert.Contains("damaged.vec", refusal.Message);
    }

    [Fact]
    public void A_word_may_hold_blanks_where_its_numbers_are_clear()
    {
        var path = Path.Combine(_folder, "blanks.txt");
        File.WriteAllText(path, "the 1 2\n. . . 3 4\nat name@domain.com 5 6\n");
        using var read = WordVectors.Load(path);
        Assert.Equal(["the", ". . .", "at name@domain.com"], read.Words);
        Assert.Equal([5f, 6f], read["at name@domain.com"]);
    }

    [Fact]
    public void Tabs_part_fields_as_blanks_do()
    {
        var path = Path.Combine(_folder, "tabs.txt");
        File.WriteAllText(path, "a\t1\t2\r\nb\t3\t4\r\n");
        using var read = WordVectors.Load(path);
        Assert.Equal([3f, 4f], read["b"]);
    }

    [Fact]
    public void Words_that_are_not_UTF8_are_kept_and_told_of()
    {
        var path = Path.Combine(_folder, "latin.vec");
        File.WriteAllBytes(path, [.. "2 2\nclich"u8, 0xE9, .. " 1 2\nb 3 4\n"u8]);
        using var read = WordVectors.Load(path);
        Assert.Equal("clich\uFFFD", read.Words[0]);
        Assert.Contains(read.Notes, note => note.StartsWith("1 words are not valid UTF-8", StringComparison.Ordinal));
    }

    [Fact]
    public void A_header_that_claims_petabytes_reserves_nothing()
    {
        var path = Path.Combine(_folder, "huge.bin");
        File.WriteAllBytes(path, [.. "1000000000000 1000\na "u8, .. new byte[100]]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => WordVectors.Load(path));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void A_changed_file_is_read_or_refused_in_bounded_memory()
    {
        var golden = Assets.Require("golden/wordvec");
        string[] names = ["own_text.vec", "own_plain.bin", "own_glove.txt", "own_subword.bin", "own_nosubword.bin"];
        for (var i = 0; i < names.Length; i++)
        {
            var (good, other) =
                (File.ReadAllBytes(Path.Combine(golden, names[i])), File.ReadAllBytes(Path.Combine(golden, names[(i + 1) % names.Length])));
            ReaderFuzz.Run(_folder, "words " + names[i], good, other, Read, rounds: 60);
        }
    }

    [Fact]
    public void A_word_with_a_blank_cannot_be_saved()
    {
        var vectors = new WordVectors(["a b"], new VectorMatrix(1, 2));
        Assert.Contains("\"a b\"", Assert.Throws<ArgumentException>(() => vectors.Save(Path.Combine(_folder, "x.vec"))).Message);
    }

    internal static WordVectors Some(int words, int dimensions)
    {
        var random = new Random(words);
        var vectors = new VectorMatrix(words, dimensions);
        foreach (ref var number in vectors.AsSpan())
        {
            number = (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-3, 3));
        }

        return new WordVectors([.. Enumerable.Range(0, words).Select(i => $"wörd{i}")], vectors);
    }

    private static long Read(string path)
    {
        try
        {
            using var vectors = WordVectors.Load(path);
            return vectors.Vectors.AsSpan().Length + (16L * vectors.Count);
        }
        catch (NotSupportedException e)
        {
            throw new InvalidDataException(e.Message, e); // a changed byte may say that the file is quantized, or of a later version
        }
    }
}
