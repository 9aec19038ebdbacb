using Simile.Models;
using Simile.Models.Tests;

namespace Distill;

/// <summary>The correlation of a model's similarities with human scores on STS-B.</summary>
internal static class Evaluation
{
    /// <summary>
    /// Spearman's correlation between cosine and human score over the pairs of a file: per row two sentences and a score from 0 to 5, as
    /// CSV.
    /// </summary>
    public static double Spearman(TextEmbedder model, string file)
    {
        var pairs = File.ReadLines(file).Select(Fields).ToList();
        var left = model.Embed([.. pairs.Select(pair => pair[0])]);
        var right = model.Embed([.. pairs.Select(pair => pair[1])]);
        double[] cosines = [.. pairs.Select((_, i) => System.Numerics.Tensors.TensorPrimitives.CosineSimilarity<float>(left[i], right[i]))];
        return Correlation.Spearman(cosines, [.. pairs.Select(pair => double.Parse(pair[2]))]);
    }

    private static List<string> Fields(string line)
    {
        var fields = new List<string> { string.Empty };
        var quoted = false;
        foreach (var character in line)
        {
            if (character == '"')
            {
                quoted = !quoted;
            }
            else if (character == ',' && !quoted)
            {
                fields.Add(string.Empty);
            }
            else
            {
                fields[^1] += character;
            }
        }

        return fields;
    }
}
