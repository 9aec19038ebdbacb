using System.Globalization;
using System.Text;
using Simile.Testing;

namespace Simile.Models.Tests;

/// <summary>The development set of STSbenchmark: pairs of sentences with a similarity that people gave, 0 to 5.</summary>
internal sealed record StsBenchmark(string[] First, string[] Second, double[] Scores)
{
    /// <summary>Reads a language (en, de, fr, zh) from the assets; the test is skipped without.</summary>
    public static StsBenchmark Dev(string language)
    {
        var rows = Rows(File.ReadAllText(Assets.Require($"data/text/stsb/stsb-{language}-dev.csv"))).ToArray();
        return new StsBenchmark(
            [.. rows.Select(r => r[0])],
            [.. rows.Select(r => r[1])],
            [.. rows.Select(r => double.Parse(r[2], CultureInfo.InvariantCulture))]);
    }

    /// <summary>Correlations of the model's cosines with the people's scores.</summary>
    public (double Pearson, double Spearman) Evaluate(TextEmbedder model)
    {
        var vectors = model.Embed([.. First, .. Second]);
        var cosines = new double[Scores.Length];
        for (var i = 0; i < cosines.Length; i++)
        {
            cosines[i] = System.Numerics.Tensors.TensorPrimitives.CosineSimilarity<float>(vectors[i], vectors[i + cosines.Length]);
        }

        return (Correlation.Pearson(cosines, Scores), Correlation.Spearman(cosines, Scores));
    }

    private static IEnumerable<List<string>> Rows(string csv)
    {
        var (row, field, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < csv.Length; i++)
        {
            switch (csv[i])
            {
                case '"' when quoted && i + 1 < csv.Length && csv[i + 1] == '"':
                    field.Append('"');
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' or '\n' when !quoted:
                    row.Add(field.ToString());
                    field.Clear();
                    if (csv[i] == '\n')
                    {
                        yield return row;
                        row = [];
                    }

                    break;
                case '\r' when !quoted:
                    break;
                default:
                    field.Append(csv[i]);
                    break;
            }
        }

        if (row.Count > 0)
        {
            row.Add(field.ToString());
            yield return row;
        }
    }
}
