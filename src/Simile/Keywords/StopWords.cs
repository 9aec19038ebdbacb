namespace Simile.Keywords;

/// <summary>English words that say little about the topic of a text. They are indexed, and count little in a query.</summary>
internal static class StopWords
{
    private static readonly HashSet<string> Stems = [.. """
        a about above after again all also am an and any are as at be because been before being below between both but by can
        could did do does doing down during each few for from further had has have having he her here him his how i if in into is
        it its just me more most my no nor not now of off on once only or other our out over own same she should so some such than
        that the their them then there these they this those through to too under until up very was we were what when where which
        while who whom why will with would you your don isn aren wasn weren doesn didn t
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(EnglishStemmer.Stem)];

    /// <summary>Whether a term is the stem of such a word.</summary>
    public static bool Contains(string term) => Stems.Contains(term);
}
