namespace Simile.Storage;

/// <summary>How the column kind writes what an item is.</summary>
internal static class ItemKinds
{
    public static string Word(ItemKind kind) => kind switch
    {
        ItemKind.Image => "image",
        ItemKind.Sound => "sound",
        _ => "passage",
    };

    public static ItemKind Parse(string word, string place) => word switch
    {
        "passage" => ItemKind.Passage,
        "image" => ItemKind.Image,
        "sound" => ItemKind.Sound,
        _ => throw StoreFailures.Damaged(place, $"an item is of the kind '{word}'"),
    };
}
