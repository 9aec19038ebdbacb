using System.Globalization;

namespace Distill;

/// <summary>A synset of WordNet: a set of synonyms.</summary>
/// <param name="Words">Its words, with spaces instead of underscores.</param>
/// <param name="Part">n, v, a or r.</param>
/// <param name="Topic">
/// Number of the lexicographer's file: 5 animals, 6 artifacts, 13 food, 15 places, 17 natural objects, 18 persons, …
/// </param>
/// <param name="Gloss">Definition and quoted examples.</param>
internal sealed record Synset(string[] Words, char Part, int Topic, string Gloss);

/// <summary>
/// WordNet 3.0 as installed by Debian's package wordnet-base in /usr/share/wordnet (its own free license, Princeton University).
/// </summary>
internal sealed class WordNet
{
    private readonly Dictionary<(string Word, char Part), int> _counts = [];
    private readonly Dictionary<(string Word, char Part), Synset> _firstSenses = [];

    public WordNet(string folder)
    {
        ReadCounts(Path.Combine(folder, "cntlist.rev"));
        foreach (var part in new[] { "noun", "verb", "adj", "adv" })
        {
            Synsets.AddRange(File.ReadLines(Path.Combine(folder, "data." + part)).Where(line => line[0] != ' ').Select(ReadSynset));
        }

        ReadFirstSenses(folder);
    }

    public List<Synset> Synsets { get; } = [];

    /// <summary>
    /// Single words of one part of speech that occur at least <paramref name="count"/> times in WordNet's tagged texts, most frequent
    /// first.
    /// </summary>
    /// <param name="part">n, v or a.</param>
    /// <param name="count">Minimum number of occurrences.</param>
    /// <param name="topics">Topics of the most frequent sense; none for all.</param>
    public string[] Common(char part, int count, params int[] topics) =>
        [.. from entry in _counts
            where entry.Key.Part == part && entry.Value >= count && entry.Key.Word.Length > 2 && entry.Key.Word.All(char.IsAsciiLetterLower)
            where topics.Length == 0 || (_firstSenses.TryGetValue(entry.Key, out var sense) && topics.Contains(sense.Topic))
            orderby entry.Value descending, entry.Key.Word
            select entry.Key.Word];

    private static Synset ReadSynset(string line)
    {
        var bar = line.IndexOf('|', StringComparison.Ordinal);
        var fields = line[..bar].Split(' ');
        var words = new string[int.Parse(fields[3], NumberStyles.HexNumber)];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = Word(fields[4 + (2 * i)].Split('(')[0]);
        }

        return new Synset(words, fields[2][0] == 's' ? 'a' : fields[2][0], int.Parse(fields[1]), line[(bar + 1)..].Trim());
    }

    // lemma%part:topic:id:head:id sense count
    private void ReadCounts(string file)
    {
        foreach (var line in File.ReadLines(file))
        {
            var fields = line.Split(' ');
            var percent = fields[0].LastIndexOf('%');
            var key = (Word(fields[0][..percent]), "nvara"[fields[0][percent + 1] - '1']);
            _counts[key] = _counts.GetValueOrDefault(key) + int.Parse(fields[2]);
        }
    }

    // lemma part senses pointers [symbols] senses tagged offsets…: the first offset is the most frequent sense.
    private void ReadFirstSenses(string folder)
    {
        foreach (var part in new[] { "noun", "verb" })
        {
            var byOffset = File.ReadLines(Path.Combine(folder, "data." + part)).Where(line => line[0] != ' ')
                .ToDictionary(line => line[..8], ReadSynset);
            foreach (var fields in File.ReadLines(Path.Combine(folder, "index." + part)).Where(line => line[0] != ' ')
                .Select(line => line.TrimEnd().Split(' ')))
            {
                _firstSenses[(Word(fields[0]), part[0])] = byOffset[fields[^int.Parse(fields[2])]];
            }
        }
    }

    private static string Word(string lemma) => lemma.Replace('_', ' ');
}
