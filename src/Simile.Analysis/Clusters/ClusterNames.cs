using System.Globalization;
using System.Text;

namespace Simile.Analysis;

/// <summary>Names clusters of texts by words that are frequent in the cluster and rare in others (c-TF-IDF, Grootendorst 2022).</summary>
/// <remarks>
/// Words are lowercase runs of letters and digits. Chinese, Japanese and Thai do not separate words, so all bigrams of their characters are
/// used. Weights are √(share of the cluster's words) · ln(1 + (A − f + ½) / (f + ½)), where f is the frequency of the word and A the mean
/// number of words per cluster. Words that occur in more than a quarter of the texts outside the cluster, such as articles, do not name it
/// in any language.
/// </remarks>
public static class ClusterNames
{
    private const double MostOutside = 0.25;

    /// <summary>The most characteristic words of each cluster, best first.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="labels">The cluster of each text, from 0. Noise (−1) gets no name.</param>
    /// <param name="words">Number of words per name, at least 1.</param>
    /// <returns>The words of each cluster. Fewer or none if its texts have too few.</returns>
    /// <exception cref="ArgumentException">The number of labels differs from that of texts, or a label is below −1.</exception>
    public static string[][] OfTexts(IReadOnlyList<string> texts, IReadOnlyList<int> labels, int words = 3)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(words, 1);
        if (texts.Count != labels.Count)
        {
            throw new ArgumentException($"There are {labels.Count} labels for {texts.Count} texts: give one label for each text.");
        }

        if (labels.Any(l => l < -1))
        {
            throw new ArgumentException($"{labels.Min()} is not a cluster: clusters are numbered from 0, and −1 is noise.");
        }

        var counts = Enumerable.Range(0, labels.Count == 0 ? 0 : labels.Max() + 1)
            .Select(_ => new Dictionary<string, int>(StringComparer.Ordinal))
            .ToArray();
        var found = Array.ConvertAll(counts, _ => new Dictionary<string, int>(StringComparer.Ordinal));
        for (var i = 0; i < texts.Count; i++)
        {
            string[] own = labels[i] < 0 ? [] : [.. Words(texts[i])];
            foreach (var word in own)
            {
                counts[labels[i]][word] = counts[labels[i]].GetValueOrDefault(word) + 1;
            }

            foreach (var word in own.Distinct(StringComparer.Ordinal))
            {
                found[labels[i]][word] = found[labels[i]].GetValueOrDefault(word) + 1;
            }
        }

        var sizes = Array.ConvertAll(counts, _ => 0);
        foreach (var label in labels.Where(label => label >= 0))
        {
            sizes[label]++;
        }

        return Weigh(counts, (word, cluster) => IsCommon(word, cluster, found, sizes), words);
    }

    // Whether a word occurs in many texts of the other clusters.
    private static bool IsCommon(string word, int cluster, Dictionary<string, int>[] found, int[] sizes)
    {
        var (texts, outside) = (0, 0);
        for (var other = 0; other < found.Length; other++)
        {
            if (other != cluster)
            {
                texts += found[other].GetValueOrDefault(word);
                outside += sizes[other];
            }
        }

        return texts > MostOutside * outside;
    }

    private static string[][] Weigh(Dictionary<string, int>[] counts, Func<string, int, bool> isCommon, int words)
    {
        var all = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (word, count) in counts.SelectMany(c => c))
        {
            all[word] = all.GetValueOrDefault(word) + count;
        }

        var average = counts.Length == 0 ? 0 : all.Values.Sum() / (double)counts.Length;
        return [.. counts.Select((cluster, number) =>
        {
            var total = (double)cluster.Values.Sum();
            double Weight(string word, int count) =>
                Math.Sqrt(count / total) * Math.Log(1 + Math.Max(0, (average - all[word] + 0.5) / (all[word] + 0.5)));
            return cluster
                .OrderByDescending(w => Weight(w.Key, w.Value)).ThenByDescending(w => w.Value).ThenBy(w => w.Key, StringComparer.Ordinal)
                .Select(w => w.Key).Where(word => !isCommon(word, number)).Take(words).ToArray();
        })];
    }

    /// <summary>The words of a text: lowercase, without numbers, as bigrams in scripts without spaces.</summary>
    internal static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        Rune? before = null; // of a script without spaces
        foreach (var rune in text.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            var parted = HasNoSpaces(rune);
            if (parted && before is { } first)
            {
                yield return first.ToString() + rune;
            }

            before = parted ? rune : null;
            if (!parted
                && (Rune.IsLetterOrDigit(rune)
                    || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
            {
                word.Append(Rune.ToLowerInvariant(rune));
                continue;
            }

            if (IsWord(word))
            {
                yield return word.ToString();
            }

            word.Clear();
        }

        if (IsWord(word))
        {
            yield return word.ToString();
        }
    }

    // Single letters and numbers are not descriptive.
    private static bool IsWord(StringBuilder word)
    {
        var letters = false;
        for (var i = 0; i < word.Length; i++)
        {
            letters |= !char.IsDigit(word[i]);
        }

        return word.Length > 1 && letters;
    }

    // Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar.
    private static bool HasNoSpaces(Rune rune) =>
        rune.Value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x323AF)
            or (>= 0x3041 and <= 0x30FF) or (>= 0x0E01 and <= 0x0E4E) or (>= 0x0E81 and <= 0x0ECD)
            or (>= 0x1780 and <= 0x17D3) or (>= 0x1000 and <= 0x109F) or 0x3005;
}
