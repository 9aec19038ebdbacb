namespace Distill;

/// <summary>Word forms by the common spelling rules. Only very common irregular forms are included.</summary>
internal static class English
{
    private const string Vowels = "aeiou";

    public static string WithArticle(string article, string words) =>
        $"{(article == "a" && Vowels.Contains(words[0]) ? "an" : article)} {words}";

    public static string Plural(string noun) => noun switch
    {
        "man" or "woman" => noun[..^2] + "en",
        "child" => "children",
        "person" => "people",
        "mouse" => "mice",
        _ => WithS(noun),
    };

    public static string ThirdPerson(string verb) => verb switch
    {
        "have" => "has",
        [.., 'o'] => verb + "es",
        _ => WithS(verb),
    };

    public static string Participle(string verb) => verb switch
    {
        [.., 'i', 'e'] => verb[..^2] + "ying",
        [.., not ('e' or 'o' or 'y'), 'e'] => verb[..^1] + "ing",
        _ when EndsInShortSyllable(verb) => verb + verb[^1] + "ing",
        _ => verb + "ing",
    };

    private static string WithS(string word) => word switch
    {
        [.., 's' or 'x'] or [.., 'c' or 's', 'h'] => word + "es",
        [.., var before, 'y'] when !Vowels.Contains(before) => word[..^1] + "ies",
        _ => word + "s",
    };

    // One vowel and one consonant, which is doubled: sit, run, swim; not eat, turn, visit.
    private static bool EndsInShortSyllable(string verb) =>
        verb.Length >= 3 && "bdgmnprt".Contains(verb[^1]) && Vowels.Contains(verb[^2]) && !verb[..^2].Any(Vowels.Contains);
}
