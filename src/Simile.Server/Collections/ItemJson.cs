using System.Text.Json;

namespace Simile.Server.Collections;

/// <summary>Items of collections in JSON.</summary>
internal static class ItemJson
{
    /// <summary>Writes the fields of an item; its path is written by the caller.</summary>
    public static void Write(Utf8JsonWriter json, CorpusItem item)
    {
        switch (item)
        {
            case PassageItem passage:
                json.WriteString("kind", "passage");
                json.WriteNumber("line", passage.Line);
                if (passage.Place is { } place)
                {
                    json.WriteString("place", $"{place.Kind} {place.Name}");
                }

                json.WriteString("text", passage.Text);
                break;
            case SoundItem sound:
                json.WriteString("kind", "sound");
                json.WriteNumber("from", sound.From.TotalSeconds);
                json.WriteNumber("to", sound.To.TotalSeconds);
                break;
            default:
                json.WriteString("kind", "image");
                break;
        }
    }
}
