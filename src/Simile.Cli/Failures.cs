using System.Reflection;
using Simile.Numerics.Files;

namespace Simile.Cli;

/// <summary>Turns any exception into one sentence and an exit code.</summary>
internal static class Failures
{
    public static int Guard(Terminal terminal, Func<int> work)
    {
        try
        {
            return Finish(terminal, work());
        }
        catch (OperationCanceledException)
        {
            if (terminal.KeptOnStop is { } kept)
            {
                terminal.Say(kept);
            }

            return ExitCode.Signal;
        }
        catch (IOException e) when (StandardOutput.IsClosedByReader(e))
        {
            return ExitCode.Done;
        }
        catch (Exception e)
        {
            terminal.Say(Sentence(e));
            if (Environment.GetEnvironmentVariable("SIMILE_DEBUG") == "1")
            {
                terminal.Say(e.ToString());
            }

            return ExitCode.Failure;
        }
    }

    private static int Finish(Terminal terminal, int code)
    {
        terminal.Flush();
        if (terminal.CutTexts > 0)
        {
            terminal.Say($"{terminal.CutTexts:N0} of the texts exceeded the model's maximum length: only their beginning was embedded.");
        }

        if (terminal.Skipped > 0)
        {
            terminal.Say($"{terminal.Skipped} skipped.");
        }

        return code == ExitCode.Done && terminal.Skipped > 0 ? ExitCode.SomeSkipped : code;
    }

    /// <summary>
    /// The error and what to do: the library's own sentence, or for unexpected errors the type and a request to report it.
    /// </summary>
    public static string Sentence(Exception e)
    {
        while (e is AggregateException or TypeInitializationException or TargetInvocationException && e.InnerException is not null)
        {
            e = e.InnerException;
        }

        var message = e.Message.ReplaceLineEndings(" ").Trim();
        return e switch
        {
            FileNotFoundException or FileLoadException or BadImageFormatException or DllNotFoundException when IsOfTheProgram(e) =>
                $"A part of Simile itself cannot be loaded ({Short(message)}): "
                + "raise the limits of memory and of open files (ulimit -a), or install it again.",
            IOException full when DiskFull.Is(full) => $"The disk is full ({message}): free some space and run again.",
            ArgumentOutOfRangeException when IsTooLarge(message) =>
                "A file would grow larger than 'ulimit -f' or its file system allows: raise the limit, or write elsewhere.",
            ArgumentException { ParamName: { } name } => message.Replace($" (Parameter '{name}')", string.Empty, StringComparison.Ordinal),
            IOException or UnauthorizedAccessException or InvalidDataException
                or NotSupportedException or ArgumentException or TimeoutException =>
                message,
            OutOfMemoryException => "There is not enough memory: try a smaller model or fewer texts at once.",
            _ => $"An unexpected error occurred ({e.GetType().Name}: {message}): please report it with the output of SIMILE_DEBUG=1.",
        };
    }

    private static bool IsOfTheProgram(Exception e) =>
        e is DllNotFoundException or BadImageFormatException
        || e.Message.StartsWith("Could not load file or assembly", StringComparison.Ordinal);

    // .NET throws this exception for EFBIG.
    private static bool IsTooLarge(string message) => message.StartsWith("Specified file length was too large", StringComparison.Ordinal);

    private static string Short(string message)
    {
        const int Most = 120;
        return message.Length <= Most ? message.TrimEnd('.') : message[..Most] + "…";
    }
}
