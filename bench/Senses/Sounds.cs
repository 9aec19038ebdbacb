using System.Globalization;
using Simile.Models;
using Simile.Models.Projection;
using Simile.Numerics;

namespace Senses;

/// <summary>Sounds by words: a folder of clips of ESC-10, named dog_bark__1-59513-A.wav.</summary>
internal static class Sounds
{
    // What people call each class of sound, in the order of Kind.Languages.
    private static readonly Dictionary<string, string[]> Names = new()
    {
        ["baby_cry"] = ["crying baby", "婴儿哭声", "weinendes Baby", "bebé llorando"],
        ["chainsaw"] = ["chainsaw", "电锯", "Kettensäge", "motosierra"],
        ["clock_tick"] = ["clock tick", "时钟滴答声", "Ticken einer Uhr", "tictac de un reloj"],
        ["dog_bark"] = ["dog bark", "狗叫", "Hundegebell", "ladrido de un perro"],
        ["fire_crackling"] = ["crackling fire", "火焰噼啪声", "knisterndes Feuer", "fuego crepitante"],
        ["helicopter"] = ["helicopter", "直升机", "Hubschrauber", "helicóptero"],
        ["person_sneeze"] = ["sneezing", "打喷嚏", "Niesen", "estornudo"],
        ["rain"] = ["rain", "雨声", "Regen", "lluvia"],
        ["rooster"] = ["rooster", "公鸡打鸣", "krähender Hahn", "gallo"],
        ["sea_waves"] = ["sea waves", "海浪声", "Meereswellen", "olas del mar"],
    };

    public static void Run(string folder)
    {
        using var model = (ProjectedModel)MultimodalModel.Load();
        string[] files = [.. Directory.GetFiles(folder, "*.wav").Order(StringComparer.Ordinal)];
        string[] classes = [.. Names.Keys];
        int[] truth = [.. files.Select(file => Array.IndexOf(classes, Path.GetFileName(file).Split("__")[0]))];
        var probabilities = Probabilities(model, files);
        Console.WriteLine(
            $"\n| {files.Length} clips | right class of ten {string.Join(" / ", Kind.Languages)} | mean average precision |\n"
            + "|---|---|---|");
        foreach (var rule in Rule.All)
        {
            var (vectors, mean) = rule.Space(model.SoundSpace!.Vectors);
            var things = Array.ConvertAll(probabilities, row => rule.Place(row, vectors));
            var measured = Kind.Languages.Select(
                (_, language) => Measure(model, Array.ConvertAll(classes, name => Names[name][language]), mean, things, truth))
                .ToArray();
            Console.WriteLine($"| {rule} | {Row(measured.Select(m => m.Right))} | {Row(measured.Select(m => m.Precision))} |");
        }
    }

    private static (double Right, double Precision) Measure(
        ProjectedModel model, string[] words, float[] mean, float[][] things, int[] truth)
    {
        var scores = Array.ConvertAll(words, word => Ranking.Scores(Rule.Query(model.Texts.Embed(word), mean), things));
        var right = Enumerable.Range(0, things.Length).Count(i => Enumerable.Range(0, words.Length).MaxBy(c => scores[c][i]) == truth[i]);
        return (right / (double)things.Length, scores.Select((row, c) => Ranking.AveragePrecision(row, i => truth[i] == c)).Average());
    }

    private static string Row(IEnumerable<double> values) =>
        string.Join(" / ", values.Select(value => value.ToString("F3", CultureInfo.InvariantCulture)));

    private static float[][] Probabilities(ProjectedModel model, string[] files)
    {
        var (scores, rows, refused) = model.Sounds!.Embed(files);
        return refused is [var first, ..]
            ? throw new InvalidDataException(first.Reason)
            : [.. rows.Select((_, row) => model.SoundSpace!.Probabilities(scores[row]))];
    }
}
