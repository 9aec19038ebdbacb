using System.Globalization;
using System.Runtime.InteropServices;
using Simile.Models.Words;
using Simile.Numerics;

namespace Simile.Models;

/// <content>Evaluation on word pairs and analogies.</content>
public sealed partial class WordVectors
{
    private static readonly char[] Blanks = [' ', '\t', ',', ';'];

    /// <summary>
    /// Compares cosines with the scores of a file of word pairs (WordSim-353, SimLex-999): each line has two words, and the first number
    /// after them is the score. Case is ignored; if several words differ only in case, the first one in the list is used. Lines that start
    /// with # and a header line are skipped.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">A line is not two words and a number, or there is no pair.</exception>
    public WordPairEvaluation EvaluatePairs(string path)
    {
        var (known, left) = (WithoutCase(), 0);
        var (cosines, scores) = (new List<double>(), new List<double>());
        foreach (var (a, b, score) in ReadPairs(path))
        {
            if (known.TryGetValue(a.ToUpperInvariant(), out var first) && known.TryGetValue(b.ToUpperInvariant(), out var second))
            {
                cosines.Add(VectorMath.Cosine(Vectors[first], Vectors[second]));
                scores.Add(score);
            }
            else
            {
                left++;
            }
        }

        if (scores.Count + left == 0)
        {
            throw new InvalidDataException($"{path} contains no pairs: each line must be two words and a number.");
        }

        var x = CollectionsMarshal.AsSpan(cosines);
        var y = CollectionsMarshal.AsSpan(scores);
        return new WordPairEvaluation(RankCorrelation.Spearman(x, y), RankCorrelation.Pearson(x, y), scores.Count, left);
    }

    /// <summary>
    /// Runs the analogy test of a file (questions-words.txt): four words per line; ": NAME" starts a section. A question is asked if all
    /// four words are known. It is correct if the fourth word has the greatest cosine of all words except the three given ones (3CosAdd).
    /// Case is ignored.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops between questions.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">A line is not four words.</exception>
    public AnalogyEvaluation EvaluateAnalogies(string path, CancellationToken cancellationToken = default)
    {
        var known = WithoutCase();
        var upper = Array.ConvertAll(_words, word => word.ToUpperInvariant());
        var questions = ReadQuestions(path).Where(question => question.Words.All(known.ContainsKey)).ToArray();
        var correct = new bool[questions.Length];
        _ = _inverseNorms.Value;
        EachCore.Run(
            questions.Length,
            i => correct[i] = upper[Answer(questions[i].Words, known, upper)] == questions[i].Words[3],
            cancellationToken);
        return new AnalogyEvaluation(
        [
            .. questions.Select((question, i) => (question.Section, Correct: correct[i]))
                .GroupBy(answer => answer.Section)
                .Select(section => new AnalogySection(section.Key, section.Count(answer => answer.Correct), section.Count())),
        ]);
    }

    // b - a + c, as in gensim: a is to b as c is to the answer.
    private int Answer(string[] question, Dictionary<string, int> known, string[] upper)
    {
        var query = new float[Dimensions];
        foreach (var (word, sign) in new[] { (question[0], -1f), (question[1], 1f), (question[2], 1f) })
        {
            WeightedRow.Add(Vectors[known[word]], sign * _inverseNorms.Value[known[word]], query);
        }

        var (best, at) = (float.NegativeInfinity, 0);
        for (var row = 0; row < Count; row++)
        {
            var score = System.Numerics.Tensors.TensorPrimitives.Dot(Vectors[row], query) * _inverseNorms.Value[row];
            if (score > best && upper[row] != question[0] && upper[row] != question[1] && upper[row] != question[2])
            {
                (best, at) = (score, row);
            }
        }

        return at;
    }

    private Dictionary<string, int> WithoutCase()
    {
        var rows = new Dictionary<string, int>(Count, StringComparer.Ordinal);
        for (var row = 0; row < Count; row++)
        {
            rows.TryAdd(_words[row].ToUpperInvariant(), row);
        }

        return rows;
    }

    private static IEnumerable<(string A, string B, double Score)> ReadPairs(string path)
    {
        var line = 0;
        foreach (var text in ReadLines(path))
        {
            line++;
            var fields = text.Split(
                text.Contains('\t', StringComparison.Ordinal) ? ['\t'] : Blanks,
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (text.StartsWith('#') || fields.Length == 0)
            {
                continue;
            }

            double? score = fields.Skip(2).Select(Number).FirstOrDefault(number => number is not null);
            if (score is { } value)
            {
                yield return (fields[0], fields[1], value);
            }
            else if (line > 1)
            {
                throw new InvalidDataException($"Line {line} of {path} is not two words and a number.");
            }
        }
    }

    private static IEnumerable<string> ReadLines(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                Directory.Exists(path)
                    ? $"{path} is a folder: give a file of word pairs or analogies."
                    : $"The file {path} does not exist.",
                path);
        }

        return File.ReadLines(path);
    }

    private static double? Number(string field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static IEnumerable<(string Section, string[] Words)> ReadQuestions(string path)
    {
        var (section, line) = ("", 0);
        foreach (var text in ReadLines(path))
        {
            line++;
            if (text.StartsWith(':'))
            {
                section = text[1..].Trim();
                continue;
            }

            var words = text.ToUpperInvariant().Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0)
            {
                yield return words.Length == 4
                    ? (section, words)
                    : throw new InvalidDataException($"Line {line} of {path} has {words.Length} words: an analogy has four.");
            }
        }
    }
}
