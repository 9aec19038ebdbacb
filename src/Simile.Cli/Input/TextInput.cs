namespace Simile.Cli;

/// <summary>Lines of text for a verb, with what a person should know about them.</summary>
internal static class TextInput
{
    /// <summary>
    /// Opens a file of lines, or standard input for "-". Where there is no such file, a person may have meant the words themselves:
    /// <paramref name="forWords"/> is the command that takes them, null for none.
    /// </summary>
    public static LineReader Open(string file, Terminal terminal, string? forWords = null)
    {
        if (forWords is not null && file != "-" && !Path.Exists(file))
        {
            throw new FileNotFoundException($"There is no file {file}; words themselves are given with {forWords} '{Cut.ToWidth(file, 40)}'.");
        }

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
