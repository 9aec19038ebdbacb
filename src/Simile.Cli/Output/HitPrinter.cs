using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Simile.Documents;
using Simile.Models;

namespace Simile.Cli;

/// <summary>
/// Prints answers, best first: one JSON object per line, or for people a line (a link in a terminal) with the passage below it.
/// </summary>
internal static class HitPrinter
{
    public static void Print(IReadOnlyList<FoundItem> found, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            new JsonLines(terminal.Output).Write(found.Count, (writer, row) => WriteJson(writer, found[row]));
            return;
        }

        for (var i = 0; i < found.Count; i++)
        {
            PrintForPeople(i + 1, found[i], terminal);
        }
    }

    private static void WriteJson(Utf8JsonWriter writer, FoundItem found)
    {
        var item = found.Hit.Item;
        writer.WriteString("path", found.Path);
        writer.WriteString("kind", Word(item.Kind));
        if (item is PassageItem { Place: { } place })
        {
            WritePlace(writer, place);
        }
        else if (item is PassageItem { Line: var line })
        {
            writer.WriteNumber("line", line);
        }
        else if (item is SoundItem sound)
        {
            writer.WriteNumber("from", Seconds(sound.From));
            writer.WriteNumber("to", Seconds(sound.To));
        }

        writer.WriteNumber("score", found.Hit.Score);
        if (item is PassageItem { Text: var text })
        {
            writer.WriteString("text", text);
        }
    }

    // "page": 3, "sheet": "Prices".
    private static void WritePlace(Utf8JsonWriter writer, DocumentPlace place)
    {
        if (int.TryParse(place.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && place.Kind is "page" or "slide" or "message")
        {
            writer.WriteNumber(place.Kind, number);
        }
        else
        {
            writer.WriteString(place.Kind, place.Name);
        }
    }

    private static void PrintForPeople(int rank, FoundItem found, Terminal terminal)
    {
        const int Indent = 4;
        const int Gaps = 4;
        const int LeastPath = 12;
        const int LongestPlace = 40;
        var (number, score) = ($"{rank,2}", found.Hit.Score.ToString("F3", CultureInfo.InvariantCulture));
        var (line, kind) = found.Hit.Item switch
        {
            PassageItem { Place: { } place } => ($", {place.Kind} {Cut.LeftToWidth(Visible.Of(place.Name), LongestPlace)}", string.Empty),
            PassageItem text => (string.Create(CultureInfo.InvariantCulture, $":{text.Line}"), string.Empty),
            SoundItem sound => (string.Empty, $"  sound {Clock.Of(sound.From)}–{Clock.Of(sound.To)}"),
            _ => (string.Empty, "  picture"),
        };
        var room = terminal.Width - number.Length - score.Length - Gaps - line.Length - kind.Length;
        var path = Cut.LeftToWidth(Visible.Of(ShownPath.Of(found.Path)), Math.Max(room, LeastPath));
        terminal.WriteLine($"{number}  {terminal.Dim(score)}  {terminal.Bold(path + line)}{kind}");
        if (found.Hit.Item is PassageItem passage)
        {
            terminal.WriteLine(
                new string(' ', Indent) + Highlighted(Cut.ToWidth(passage.Text, terminal.Width - Indent), found.Hit, passage, terminal));
        }
    }

    // The line was shortened, so words are looked for in it again.
    private static string Highlighted(string line, CorpusHit hit, PassageItem passage, Terminal terminal)
    {
        if (!terminal.HasColor || hit.Matches.Count == 0)
        {
            return line;
        }

        var words = hit.Matches.Select(range => Regex.Escape(passage.Text[range])).Distinct().OrderByDescending(word => word.Length);
        return Regex.Replace(line, string.Join('|', words), word => terminal.Bold(word.Value), RegexOptions.CultureInvariant);
    }

    /// <summary>The name of the kind in JSON.</summary>
    public static string Word(MediaKind kind) => kind switch
    {
        MediaKind.Image => "image",
        MediaKind.Sound => "sound",
        _ => "passage",
    };

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalMilliseconds) / 1000;
}
