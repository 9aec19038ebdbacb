namespace Simile.Cli;

/// <summary>Lines of text for a verb, with what a person should know about them.</summary>
internal static class TextInput
{
    public static LineReader Open(string file, Terminal terminal)
    {
        if (file == "-" && !Console.IsInputRedirected)
        {
            terminal.Say($"reading lines from the keyboard; {(OperatingSystem.IsWindows() ? "Ctrl-Z and Enter" : "Ctrl-D")} ends them.");
        }

        return LineReader.Open(file);
    }

    public static void ReportRepairs(LineReader lines, Terminal terminal)
    {
        if (lines.Repaired > 0)
        {
            terminal.Say($"{lines.Name} is not all UTF-8: invalid bytes were replaced by U+FFFD in {lines.Repaired} line{(lines.Repaired == 1 ? "" : "s")}, the first of them line {lines.FirstRepaired}.");
        }
    }
}
