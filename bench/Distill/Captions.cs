namespace Distill;

/// <summary>
/// Sentences like photo captions, combined randomly from WordNet's common words: "A small boy is carrying the red basket near a river."
/// Their content is often odd, but the teacher still knows how similar two of them are.
/// </summary>
internal sealed class Captions(WordNet wordNet, int seed)
{
    private static readonly string[] Everyone =
    [
        "man", "woman", "boy", "girl", "child", "person", "baby", "dog", "cat", "horse", "bird", "player", "lady", "kid", "guy",
    ];
    private static readonly string[] Looks =
    [
        "black", "white", "red", "blue", "green", "brown", "yellow", "orange", "gray", "pink", "small", "large", "big", "little", "young",
        "old", "tall", "wooden", "wet",
    ];
    private static readonly string[] Many = ["Two", "Three", "Four", "Several", "Some", "Many", "A group of"];
    private static readonly string[] Places =
    [
        "in", "on", "near", "at", "by", "through", "under", "next to", "in front of", "over", "into", "across", "with",
    ];
    private static readonly string[] Owners = ["a", "the", "the", "some", "his", "her"];
    private readonly Random _random = new(seed);
    private readonly string[] _persons = wordNet.Common('n', 2, 18)[..400];
    private readonly string[] _animals = wordNet.Common('n', 1, 5);
    private readonly string[] _things = wordNet.Common('n', 3, 6);
    private readonly string[] _foods = wordNet.Common('n', 1, 13);
    private readonly string[] _sites = wordNet.Common('n', 3, 15, 17);
    private readonly string[] _adjectives = wordNet.Common('a', 10);

    // Topics: the body, change, contact, competition, consumption, creation, motion, perception, communication.
    private readonly string[] _verbs = wordNet.Common('v', 10, 29, 33, 34, 35, 36, 38, 39, 32);

    public string Next()
    {
        var text = Chance(.85) ? Action() : Scene();
        return char.ToUpperInvariant(text[0]) + text[1..] + (Chance(.7) ? "." : string.Empty);
    }

    private string Action()
    {
        var (subject, many) = Subject();
        var verb = Pick(_verbs);
        var action = _random.NextDouble() switch
        {
            < .6 => $"{subject} {Be(many)} {English.Participle(verb)} {Thing()}",
            < .75 => $"{subject} {Be(many)} {English.Participle(verb)}",
            _ => $"{subject} {(many ? verb : English.ThirdPerson(verb))} {Thing()}",
        };
        return Chance(.4) ? $"{action} {Place()}" : action;
    }

    private string Scene()
    {
        var (subject, many) = Subject();
        return _random.Next(4) switch
        {
            0 => $"{subject} {Place()}",
            1 => $"{subject} {Be(many)} {Place()}",
            2 => $"{Thing()} {Place()}",
            _ => $"{Thing()} and {Thing()}",
        };
    }

    private (string Text, bool Many) Subject()
    {
        var noun = _random.NextDouble() switch { < .5 => Pick(Everyone), < .75 => Pick(_persons.AsSpan(0, 200)), _ => Pick(_animals) };
        var look = Chance(.35) ? Pick(Looks) + " " : Chance(.1) ? Pick(_adjectives) + " " : string.Empty;
        return Chance(.2)
            ? ($"{Pick(Many)} {look}{English.Plural(noun)}", true)
            : (English.WithArticle(Chance(.5) ? "a" : "the", look + noun), false);
    }

    private string Thing()
    {
        var noun = _random.NextDouble() switch { < .6 => Pick(_things), < .8 => Pick(_foods), < .9 => Pick(_animals), _ => Pick(Everyone) };
        return English.WithArticle(Pick(Owners), (Chance(.25) ? Pick(Looks) + " " : string.Empty) + noun);
    }

    private string Place() => $"{Pick(Places)} {English.WithArticle(Chance(.5) ? "a" : "the", Chance(.4) ? Pick(_sites) : Pick(_things))}";

    private static string Be(bool many) => many ? "are" : "is";

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private string Pick(ReadOnlySpan<string> words) => words[_random.Next(words.Length)];
}
