namespace Simile.Cli;

/// <summary>Opens lines of text for a verb, with hints for the user.</summary>
internal static class TextInput
{
    /// <summary>
    /// Opens a file of lines, or standard input for "-". If the file does not exist, the user may have meant the text itself:
    /// <paramref name="forWords"/> is the command for that; null for none.
    /// </summary>
    public static LineReader Open(string file, Terminal terminal, string? forWords = null)
    {
        if (forWords is not null && file != "-" && !Path.Exists(file))
        {
            throw new FileNotFoundException(
                $"The file {file} does not exist. To give a text itself, use {forWords} '{Cut.ToWidth(file, 40)}'.");
        }

        if (file == "-" && !Console.IsInputRedirected)
        {
            terminal.Say($"reading lines from the keyboard: {(OperatingSystem.IsWindows() ? "Ctrl-Z and Enter" : "Ctrl-D")} ends them.");
        }

        return LineReader.Open(file);
    }

    public static void ReportRepairs(LineReader lines, Terminal terminal)
    {
        if (lines.Repaired > 0)
        {
            terminal.Say(
                $"{lines.Name} is not valid UTF-8: invalid bytes were replaced by U+FFFD in {lines.Repaired} "
                + $"line{(lines.Repaired == 1 ? "" : "s")}, the first of them line {lines.FirstRepaired}.");
        }
    }
}
