using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Simile.Cli;

/// <summary>The output of a verb: answers to standard output, everything else to standard error.</summary>
/// <remarks>Messages may come from any thread; answers from one thread at a time.</remarks>
internal sealed class Terminal : IDisposable
{
    // Noncharacters of Unicode: no text holds them, and they pass where control characters do not.
    private const string BoldMark = "\uFDD0";
    private const string DimMark = "\uFDD1";
    private const string PlainMark = "\uFDD2";

    private readonly Lock _errorLock = new();
    private readonly Lazy<Stream> _output;
    private readonly Action<string> _error;
    private ProgressLine? _progress;

    /// <summary>The streams of the process.</summary>
    public Terminal()
        : this(StandardOutput.Open, StandardError.Write)
    {
    }

    /// <summary>Uses other outputs.</summary>
    /// <param name="output">Opens the output for answers. Called before the first answer.</param>
    /// <param name="error">Receives messages. Must not throw.</param>
    public Terminal(Func<Stream> output, Action<string> error) => (_output, _error) = (new Lazy<Stream>(output), error);

    /// <summary>Standard output as a buffered byte stream. Flushed when the verb is done.</summary>
    public Stream Output => _output.Value;

    /// <summary>The message if a signal ends the work: what was kept, and how to continue. Null if nothing was kept.</summary>
    public string? KeptOnStop { get; set; }

    /// <summary>
    /// Whether the verb is a server, which a signal ends in order: it may finish what it has begun, and its exit code is 0.
    /// </summary>
    public bool IsServer { get; set; }

    /// <summary>Number of texts beyond the model's maximum length. Reported at the end.</summary>
    public int CutTexts { get; set; }

    /// <summary>Whether answers go to a screen. Then they are shortened to its width, and colored unless NO_COLOR is set.</summary>
    public bool IsInteractive { get; } = !Console.IsOutputRedirected;

    public bool HasColor { get; } = !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Number of columns; practically unlimited without a screen.</summary>
    public int Width { get; } = Console.IsOutputRedirected ? 1_000_000 : WindowWidth();

    /// <summary>Number of skipped items so far.</summary>
    public int Skipped { get; private set; }

    /// <summary>Prints a sentence for people to standard error.</summary>
    public void Say(string sentence)
    {
        lock (_errorLock)
        {
            _progress?.Clear();
            _error($"simile: {Visible.Of(sentence)}\n");
        }
    }

    /// <summary>Reports a skipped item. The count is in the last line and in the exit code.</summary>
    public void Skip(string sentence)
    {
        const int MostSentences = 20;
        lock (_errorLock)
        {
            Skipped++;
        }

        if (Skipped <= MostSentences)
        {
            Say(sentence);
        }
        else if (Skipped == MostSentences + 1)
        {
            Say("More were skipped: from here on they are only counted.");
        }
    }

    /// <summary>A progress line on standard error, if a person can see it.</summary>
    /// <param name="what">The name of the items: "texts".</param>
    /// <param name="total">The total number; null if unknown.</param>
    public ProgressLine Progress(string what, long? total = null) =>
        _progress = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb"
            ? new ProgressLine(what, total, _errorLock, WindowWidth())
            : new ProgressLine(what, total, _errorLock, width: 0);

    public string Bold(string text) => HasColor ? $"{BoldMark}{text}{PlainMark}" : text;

    public string Dim(string text) => HasColor ? $"{DimMark}{text}{PlainMark}" : text;

    /// <summary>
    /// Writes a line of the answer. Control characters, which file names may hold, are shown as visible signs.
    /// </summary>
    public void WriteLine(string line) => WriteText(Visible.Of(line));

    /// <summary>Writes a text as it is, and a line's end.</summary>
    public void WriteText(string text)
    {
        var styled = HasColor
            ? text.Replace(BoldMark, "\e[1m", StringComparison.Ordinal).Replace(DimMark, "\e[2m", StringComparison.Ordinal)
                .Replace(PlainMark, "\e[22m", StringComparison.Ordinal)
            : text;
        Output.Write(Encoding.UTF8.GetBytes(styled));
        Output.WriteByte((byte)'\n');
    }

    /// <summary>Writes a table or another widget for people.</summary>
    public void Write(Spectre.Console.Rendering.IRenderable widget)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = HasColor ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = HasColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = Width;
        console.Profile.Capabilities.Unicode = true;
        console.Write(widget);
        foreach (var line in text.ToString().TrimEnd('\n').Split('\n'))
        {
            WriteText(line.TrimEnd());
        }
    }

    public void Flush()
    {
        _progress?.Dispose();
        if (_output.IsValueCreated)
        {
            Output.Flush();
        }
    }

    public void Dispose() => _progress?.Dispose();

    private static int WindowWidth()
    {
        const int Usual = 80;
        const int Least = 20;
        try
        {
            return Console.WindowWidth is > 0 and var width ? Math.Max(width, Least) : Usual;
        }
        catch (IOException)
        {
            return Usual;
        }
    }
}
