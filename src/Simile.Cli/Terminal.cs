using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Simile.Cli;

/// <summary>Where a verb writes: answers to standard output, everything else to standard error.</summary>
/// <remarks>Messages may come from any thread; answers come from one at a time.</remarks>
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

    /// <summary>Other places to write to.</summary>
    /// <param name="output">Opens where answers go; not called before the first of them.</param>
    /// <param name="error">Takes messages; must not throw.</param>
    public Terminal(Func<Stream> output, Action<string> error) => (_output, _error) = (new Lazy<Stream>(output), error);

    /// <summary>Standard output as bytes, buffered; flushed when the verb is done.</summary>
    public Stream Output => _output.Value;

    /// <summary>What is said where a signal ends the work: what is kept of it, and how it goes on. Null where nothing is kept.</summary>
    public string? KeptOnStop { get; set; }

    /// <summary>Texts that were longer than the model takes; a line at the end tells how many.</summary>
    public int CutTexts { get; set; }

    /// <summary>Whether people read the answers: then they are cut to the width, and coloured unless NO_COLOR forbids it.</summary>
    public bool IsInteractive { get; } = !Console.IsOutputRedirected;

    public bool HasColour { get; } = !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Columns of the screen; as good as endless where no screen is.</summary>
    public int Width { get; } = Console.IsOutputRedirected ? 1_000_000 : WindowWidth();

    /// <summary>Items that were reported and left out so far.</summary>
    public int Skipped { get; private set; }

    /// <summary>A sentence for people, on standard error.</summary>
    public void Say(string sentence)
    {
        lock (_errorLock)
        {
            _progress?.Clear();
            _error($"simile: {Visible.Of(sentence)}\n");
        }
    }

    /// <summary>Reports an item that is left out; the count is in the last line and in the exit code.</summary>
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
            Say("More were skipped; from here on they are only counted.");
        }
    }

    /// <summary>A line on standard error that says how far the work is, where a person can see it.</summary>
    /// <param name="what">What is counted: "texts".</param>
    /// <param name="total">How many there will be; null when that is unknown.</param>
    public ProgressLine Progress(string what, long? total = null) =>
        _progress = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb"
            ? new ProgressLine(what, total, _errorLock, WindowWidth())
            : new ProgressLine(what, total, _errorLock, width: 0);

    public string Bold(string text) => HasColour ? $"{BoldMark}{text}{PlainMark}" : text;

    public string Dim(string text) => HasColour ? $"{DimMark}{text}{PlainMark}" : text;

    /// <summary>Writes a line of an answer for people. Of control characters in it, which names of files may hold, a sign is shown.</summary>
    public void WriteLine(string line) => WriteText(Visible.Of(line));

    /// <summary>Writes a text as it is, and a line's end.</summary>
    public void WriteText(string text)
    {
        var styled = HasColour ? text.Replace(BoldMark, "\e[1m", StringComparison.Ordinal).Replace(DimMark, "\e[2m", StringComparison.Ordinal).Replace(PlainMark, "\e[22m", StringComparison.Ordinal) : text;
        Output.Write(Encoding.UTF8.GetBytes(styled));
        Output.WriteByte((byte)'\n');
    }

    /// <summary>Writes a table or other widget for people.</summary>
    public void Write(Spectre.Console.Rendering.IRenderable widget)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = HasColour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = HasColour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
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
