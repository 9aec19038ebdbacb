using System.Globalization;
using Simile.Models;
using Simile.Models.Projection;
using Simile.Numerics;

namespace Senses;

/// <summary>Photos by words: a folder of one photo for each class of ImageNet, named n01440764_tench.JPEG.</summary>
internal static class Photos
{
    public static void Run(string folder)
    {
        using var model = (ProjectedModel)MultimodalModel.Load();
        string[] files = [.. Directory.GetFiles(folder, "n*.JPEG").Order(StringComparer.Ordinal)];
        var probabilities = Probabilities(model, files);
        string[] names = [.. files.Select(file => Path.GetFileNameWithoutExtension(file).Split('_', 2)[1].Replace('_', ' '))];
        var sentences = Array.ConvertAll(names, name => model.Texts.Embed($"a photo of a {name}"));
        var kinds = Kind.Languages.Select((_, language) => Array.ConvertAll(Kind.All, kind => Words(model, kind.Word(language)))).ToArray();
        Console.WriteLine(
            $"\n| {files.Length} photos | its own name finds it first | \"a photo of a …\" among every sixth | words for kinds, "
            + $"mean average precision {string.Join(" / ", Kind.Languages)} |\n|---|---|---|---|");
        foreach (var rule in Rule.All)
        {
            var (classes, mean) = rule.Space(model.ImageSpace!.Vectors);
            var things = Array.ConvertAll(probabilities, row => rule.Place(row, classes));
            var own = Firsts(Array.ConvertAll(sentences, sentence => Rule.Query(sentence, mean)), things, step: 1);
            var few = Firsts(Array.ConvertAll(sentences, sentence => Rule.Query(sentence, mean)), things, step: 6);
            var precision = kinds.Select(words =>
                Kind.All.Select((kind, i) => Ranking.AveragePrecision(Ranking.Scores(Rule.Query(words[i], mean), things), kind.Has))
                    .Average());
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {rule} | {own:F3} | {few:F3} "
                + $"| {string.Join(" / ", precision.Select(value => value.ToString("F3", CultureInfo.InvariantCulture)))} |"));
        }
    }

    // What a search for words takes: the mean of the words and of the sentence of the classes.
    private static float[] Words(ProjectedModel model, string word) =>
        VectorMath.Normalize(
            VectorMath.Add(model.Texts.Embed(word), model.Texts.Embed(LabelTemplate.Fill(model.DefaultTemplate(MediaKind.Image), word))));

    private static double Firsts(float[][] queries, float[][] things, int step)
    {
        int[] chosen = [.. Enumerable.Range(0, things.Length).Where(i => i % step == 0)];
        var some = Array.ConvertAll(chosen, i => things[i]);
        return chosen.Select((thing, i) => Ranking.Best(Ranking.Scores(queries[thing], some)) == i ? 1.0 : 0).Average();
    }

    private static float[][] Probabilities(ProjectedModel model, string[] files)
    {
        var (scores, rows, refused) = model.Images!.Embed(files);
        return refused is [var first, ..]
            ? throw new InvalidDataException(first.Reason)
            : [.. rows.Select((_, row) => model.ImageSpace!.Probabilities(scores[row]))];
    }
}
