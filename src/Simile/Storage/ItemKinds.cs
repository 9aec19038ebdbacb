namespace Simile.Storage;

/// <summary>The values of the column kind.</summary>
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
