using System.Globalization;
using System.Text.Json;

namespace Simile.Cli;

/// <summary>Prints answers, best first: a JSON object a line, or for people a line that a terminal makes a link, with the passage below it.</summary>
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
        var hit = found.Hit;
        writer.WriteString("path", found.Path);
        writer.WriteString("kind", Word(hit.Kind));
        if (hit.Kind == ItemKind.Passage)
        {
            writer.WriteNumber("line", hit.Line);
        }
        else if (hit.Kind == ItemKind.Sound)
        {
            writer.WriteNumber("from", Seconds(hit.From));
            writer.WriteNumber("to", Seconds(hit.To));
        }

        writer.WriteNumber("score", hit.Score);
        if (hit.Kind == ItemKind.Passage)
        {
            writer.WriteString("text", hit.Text);
        }
    }

    private static void PrintForPeople(int rank, FoundItem found, Terminal terminal)
    {
        const int Indent = 4;
        var hit = found.Hit;
        var path = Visible.Of(found.Path);
        var score = terminal.Dim(hit.Score.ToString("F3", CultureInfo.InvariantCulture));
        switch (hit.Kind)
        {
            case ItemKind.Image:
                terminal.WriteLine($"{rank,2}  {score}  {terminal.Bold(path)}  picture");
                break;
            case ItemKind.Sound:
                terminal.WriteLine($"{rank,2}  {score}  {terminal.Bold(path)}  sound {Clock(hit.From)}–{Clock(hit.To)}");
                break;
            default:
                terminal.WriteLine($"{rank,2}  {score}  {terminal.Bold($"{path}:{hit.Line}")}");
                terminal.WriteLine(new string(' ', Indent) + Cut.ToWidth(hit.Text, terminal.Width - Indent));
                break;
        }
    }

    /// <summary>What the kind is called in JSON.</summary>
    public static string Word(ItemKind kind) => kind switch
    {
        ItemKind.Image => "image",
        ItemKind.Sound => "sound",
        _ => "passage",
    };

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalMilliseconds) / 1000;

    private static string Clock(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
}
