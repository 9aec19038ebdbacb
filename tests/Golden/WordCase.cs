using System.Text.Json;
using Simile.Models;
using Simile.Models.Checkpoints;
using Simile.Models.Words;
using Simile.Testing;

namespace Golden;

/// <summary>A case of golden/wordvec: files of word vectors that are read or refused, neighbors, evaluations, n-grams.</summary>
internal static partial class WordCase
{
    public static void Check(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "case.json")));
        var root = document.RootElement;
        using var expected = SafeTensors.Open(Path.Combine(folder, root.GetProperty("tensors").GetString()!));
        var tolerance = root.GetProperty("tolerance");
        Assert.All(Each(root, "hashes"), hash => Assert.Equal(
            hash.GetProperty("fnv1a_signed").GetUInt32(), Subwords.Hash(System.Text.Encoding.UTF8.GetBytes(Text(hash, "ngram")))));
        Assert.All(Each(root, "ngrams"), CheckNgrams);
        Assert.All(Each(root, "readers"), reader => CheckReader(folder, reader, expected));
        Assert.All(Each(root, "neighbours"), neighbors => CheckNeighbors(folder, neighbors, tolerance.GetProperty("scores").GetDouble()));
        Assert.All(
            Each(root, "evaluations"), evaluation => CheckEvaluation(folder, evaluation, tolerance.GetProperty("spearman").GetDouble()));
        Assert.All(Each(root, "broken"), broken => CheckBroken(folder, broken));
    }

    private static void CheckNgrams(JsonElement entry)
    {
        var subwords = new Subwords(entry.GetProperty("min_n").GetInt32(), entry.GetProperty("max_n").GetInt32(), 1);
        Assert.Equal(Strings(entry, "ngrams"), subwords.Of(Text(entry, "word")));
    }

    private static void CheckNeighbors(string folder, JsonElement entry, double tolerance)
    {
        using var vectors = WordVectors.Load(Locate(folder, Text(entry, "file")));
        var top = Each(entry, "top").Select(pair => (Word: pair[0].GetString()!, Score: pair[1].GetDouble())).ToArray();
        var found = vectors.Analogy(Strings(entry, "positive"), Strings(entry, "negative"), top.Length + 1);
        for (var i = 0; i < top.Length; i++)
        {
            Assert.Equal(top[i].Score, found[i].Score, tolerance);

            // Neighbors of nearly one score may change places.
            Assert.Contains(found, hit => hit.Word == top[i].Word && Math.Abs(hit.Score - top[i].Score) < 1e-5);
        }

        Assert.Equal(entry.GetProperty("next_score").GetDouble(), found[top.Length].Score, tolerance);
    }

    private static void CheckEvaluation(string folder, JsonElement entry, double tolerance)
    {
        using var vectors = WordVectors.Load(Locate(folder, Text(entry, "file")));
        var test = Locate(folder, Text(entry, "test"));
        if (entry.TryGetProperty("accuracy", out var accuracy))
        {
            var answers = vectors.EvaluateAnalogies(test, TestContext.Current.CancellationToken);
            Assert.Equal(accuracy.GetDouble(), answers.Accuracy, 1e-6);
            Assert.Equal(
                Each(entry, "sections")
                    .Where(section => section.GetProperty("of").GetInt32() > 0 && Text(section, "section") != "Total accuracy")
                    .Select(section =>
                        (Text(section, "section"), section.GetProperty("correct").GetInt32(), section.GetProperty("of").GetInt32())),
                answers.Sections.Select(section => (section.Name, section.Correct, section.Asked)));
            return;
        }

        var pairs = vectors.EvaluatePairs(test);
        Assert.Equal(entry.GetProperty("spearman").GetDouble(), pairs.Spearman, tolerance);
        Assert.Equal(entry.GetProperty("pearson").GetDouble(), pairs.Pearson, tolerance);
        Assert.Equal(entry.GetProperty("pairs_used").GetInt32(), pairs.Pairs);
        Assert.Equal(entry.GetProperty("oov_percent").GetDouble(), 100.0 * pairs.LeftOut / (pairs.LeftOut + pairs.Pairs), 1e-3);
    }

    private static string Locate(string folder, string file) =>
        file.StartsWith("data/", StringComparison.Ordinal) ? Assets.Require(file) : Path.Combine(folder, file);

    private static string Text(JsonElement entry, string name) => entry.GetProperty(name).GetString()!;

    private static string[] Strings(JsonElement entry, string name) => [.. Each(entry, name).Select(item => item.GetString()!)];

    private static JsonElement.ArrayEnumerator Each(JsonElement entry, string name) => entry.GetProperty(name).EnumerateArray();
}
