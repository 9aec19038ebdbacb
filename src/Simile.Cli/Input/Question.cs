namespace Simile.Cli;

/// <summary>Asks the person at the terminal before something is done that cannot be seen beforehand.</summary>
internal static class Question
{
    /// <summary>Whether the answer begins with y. Anything else, and no answer, is a no.</summary>
    /// <exception cref="ArgumentException">Nobody is there to answer.</exception>
    public static bool Ask(string question)
    {
        if (Console.IsInputRedirected)
        {
            throw new ArgumentException($"{question} Nobody is there to answer: add --yes, or run it in a terminal.");
        }

        StandardError.Write($"simile: {Visible.Of(question)} [y/N] ");
        return Console.In.ReadLine()?.TrimStart().StartsWith("y", StringComparison.OrdinalIgnoreCase) == true;
    }
}
