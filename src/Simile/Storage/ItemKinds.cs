namespace Simile.Storage;

/// <summary>How the column kind writes what an item is.</summary>
internal static class ItemKinds
{
    public static string Word(MediaKind kind) => kind switch
    {
        MediaKind.Image => "image",
        MediaKind.Sound => "sound",
        _ => "passage",
    };

    public static MediaKind Parse(string word, string place) => word switch
    {
        "passage" => MediaKind.Text,
        "image" => MediaKind.Image,
        "sound" => MediaKind.Sound,
        _ => throw StoreFailures.Damaged(place, $"an item is of the kind '{word}'"),
    };
}
