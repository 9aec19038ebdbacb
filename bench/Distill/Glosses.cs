namespace Distill;

/// <summary>WordNet's definitions and their quoted examples, one text each.</summary>
internal static class Glosses
{
    private static readonly char[] Edges = [' ', ';', ':', ',', '-'];

    public static IEnumerable<string> Of(WordNet wordNet) =>
        wordNet.Synsets.SelectMany(synset => Split(synset.Gloss)).Where(text => text.Length >= 3);

    // Definition; "example"; "example"
    private static IEnumerable<string> Split(string gloss)
    {
        var pieces = gloss.Split('"');
        yield return string.Concat(pieces.Where((_, i) => i % 2 == 0)).Trim(Edges);
        foreach (var example in pieces.Where((_, i) => i % 2 == 1))
        {
            yield return example.Trim(Edges);
        }
    }
}
