using System.Text.Json;
using Simile.Models;
using Simile.Models.Checkpoints;

namespace Golden;

/// <content>Files that are read, and files that are refused.</content>
internal static partial class WordCase
{
    private const double OnFastText = 1e-6;
    private const double OnSums = 1e-3;

    private static void CheckReader(string folder, JsonElement entry, Checkpoint expected)
    {
        if (!entry.TryGetProperty("words", out _))
        {
            ReadOrRefuse(Locate(folder, Text(entry, "file")));
            return;
        }

        using var vectors = WordVectors.Load(Locate(folder, Text(entry, "file")));
        var kind = Text(entry, "kind");
        Assert.Equal(kind, KindOf(vectors.Format));
        Assert.Equal(entry.GetProperty("count").GetInt32(), vectors.Count);
        Assert.Equal(entry.GetProperty("dimension").GetInt32(), vectors.Dimensions);
        CheckVectors(entry, kind, vectors, expected.Find(Text(entry, "vectors"))!.ToFloats().ToArray());
        var sum = vectors.Words.Select((word, row) => word == "</s>" ? 0 : Sum(vectors.Vectors[row])).Sum();
        Assert.Equal(entry.GetProperty("sum_of_all").GetDouble(), sum, OnSums);
        if (entry.TryGetProperty("oov_words", out _))
        {
            CheckUnknown(Strings(entry, "oov_words"), vectors, expected.Find(Text(entry, "oov"))!.ToFloats().ToArray());
        }
    }

    private static void CheckVectors(JsonElement entry, string kind, WordVectors vectors, float[] expected)
    {
        var rows = Each(entry, "rows").Select(row => row.GetInt32()).ToArray();
        var words = Strings(entry, "words");
        for (var i = 0; i < rows.Length; i++)
        {
            // A word that is not UTF-8 is written by the reference in one of several ways.
            if (!entry.TryGetProperty("gensim_options", out _))
            {
                Assert.Equal(words[i], vectors.Words[rows[i]]);
                Assert.Equal(vectors.Vectors[rows[i]].ToArray(), vectors[words[i]]);
            }

            for (var j = 0; j < vectors.Dimensions; j++)
            {
                CheckNumber(kind, expected[(i * vectors.Dimensions) + j], vectors.Vectors[rows[i]][j]);
            }
        }
    }

    private static void CheckNumber(string kind, float expected, float actual)
    {
        if (kind.EndsWith("text", StringComparison.Ordinal))
        {
            Assert.InRange(actual, MathF.BitDecrement(expected), MathF.BitIncrement(expected));
        }
        else
        {
            Assert.Equal(expected, actual, kind == "fasttext binary" ? OnFastText : 0);
        }
    }

    private static void CheckUnknown(string[] words, WordVectors vectors, float[] expected)
    {
        var vector = new float[vectors.Dimensions];
        for (var i = 0; i < words.Length; i++)
        {
            _ = vectors.TryGet(words[i], vector);
            for (var j = 0; j < vector.Length; j++)
            {
                Assert.Equal(expected[(i * vector.Length) + j], vector[j], OnFastText);
            }
        }
    }

    private static void CheckBroken(string folder, JsonElement entry)
    {
        var path = Locate(folder, Text(entry, "file"));
        if (Text(entry, "expect") == "refused")
        {
            var refusal = Assert.ThrowsAny<Exception>(() => WordVectors.Load(path).Dispose());
            Assert.True(refusal is InvalidDataException or NotSupportedException, $"{path}: {refusal}");
            Assert.Contains(Path.GetFileName(path), refusal.Message);
        }
        else
        {
            ReadOrRefuse(path);
        }
    }

    private static void ReadOrRefuse(string path)
    {
        try
        {
            using var vectors = WordVectors.Load(path);
            Assert.All(vectors.Vectors.AsSpan().ToArray(), number => Assert.True(float.IsFinite(number)));
        }
        catch (Exception refusal) when (refusal is InvalidDataException or NotSupportedException)
        {
            Assert.Contains(Path.GetFileName(path), refusal.Message);
        }
    }

    private static double Sum(ReadOnlySpan<float> numbers)
    {
        var sum = 0.0;
        foreach (var number in numbers)
        {
            sum += number;
        }

        return sum;
    }

    private static string KindOf(WordVectorFormat format) => format switch
    {
        WordVectorFormat.Word2VecText => "word2vec text",
        WordVectorFormat.Word2VecBinary => "word2vec binary",
        WordVectorFormat.GloveText => "glove text",
        _ => "fasttext binary",
    };
}
