using System.Globalization;

namespace Simile.Cli;

/// <summary>Prints answers, best first: a JSON object a line, or two lines for people, the first of which a terminal makes a link.</summary>
internal static class HitPrinter
{
    public static void Print(IReadOnlyList<FoundPassage> found, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            new JsonLines(terminal.Output).Write(found.Count, (writer, row) =>
            {
                writer.WriteString("path", found[row].Path);
                writer.WriteNumber("line", found[row].Line);
                writer.WriteNumber("score", found[row].Score);
                writer.WriteString("text", found[row].Text);
            });
            return;
        }

        for (var i = 0; i < found.Count; i++)
        {
            PrintForPeople(i + 1, found[i], terminal);
        }
    }

    private static void PrintForPeople(int rank, FoundPassage found, Terminal terminal)
    {
        const int Indent = 4;
        var score = found.Score.ToString("F3", CultureInfo.InvariantCulture);
        terminal.WriteLine($"{rank,2}  {terminal.Dim(score)}  {terminal.Bold($"{found.Path}:{found.Line}")}");
        terminal.WriteLine(new string(' ', Indent) + Cut.ToWidth(found.Text, terminal.Width - Indent));
    }
}
