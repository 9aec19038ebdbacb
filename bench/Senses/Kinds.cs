namespace Senses;

/// <summary>Words for kinds of things, and the classes of ImageNet, in its order, that are of that kind.</summary>
internal sealed record Kind(string English, string Chinese, string German, string Spanish, params (int First, int Last)[] Classes)
{
    public static readonly string[] Languages = ["en", "zh", "de", "es"];

    public static readonly Kind[] All =
    [
        new("dog", "狗", "Hund", "perro", (151, 268)),
        new("cat", "猫", "Katze", "gato", (281, 285)),
        new("bird", "鸟", "Vogel", "pájaro", (7, 24), (80, 100), (127, 146)),
        new("fish", "鱼", "Fisch", "pez", (0, 6), (389, 397)),
        new("snake", "蛇", "Schlange", "serpiente", (52, 68)),
        new("lizard", "蜥蜴", "Eidechse", "lagarto", (38, 48)),
        new("turtle", "乌龟", "Schildkröte", "tortuga", (33, 37)),
        new("frog", "青蛙", "Frosch", "rana", (30, 32)),
        new("spider", "蜘蛛", "Spinne", "araña", (72, 77)),
        new("insect", "昆虫", "Insekt", "insecto", (300, 326)),
        new("butterfly", "蝴蝶", "Schmetterling", "mariposa", (321, 326)),
        new("bear", "熊", "Bär", "oso", (294, 297)),
        new("monkey", "猴子", "Affe", "mono", (369, 382)),
        new("mushroom", "蘑菇", "Pilz", "seta", (947, 947), (991, 997)),
        new("fruit", "水果", "Obst", "fruta", (948, 957)),
    ];

    public string Word(int language) => language switch { 0 => English, 1 => Chinese, 2 => German, _ => Spanish };

    public bool Has(int @class) => Classes.Any(range => @class >= range.First && @class <= range.Last);
}
