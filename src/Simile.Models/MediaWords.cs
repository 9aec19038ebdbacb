namespace Simile.Models;

/// <summary>What kinds are called in messages. The engine and the tool link this file.</summary>
internal static class MediaWords
{
    /// <summary>picture, sound or text: "a" and "s" go with each.</summary>
    public static string Name(this MediaKind kind) => kind switch
    {
        MediaKind.Image => "picture",
        MediaKind.Sound => "sound",
        _ => "text",
    };

    /// <summary>The complaint of a model that is asked for a kind that it does not know.</summary>
    public static NotSupportedException Unknown(string model, MediaKind kind) =>
        new($"The model {model} has no vectors of {kind.Name()}s: take another model.");
}
