using System.Globalization;
using System.Text;

namespace Simile.Testing;

/// <summary>
/// The effort of fuzzing: seconds in CI. SIMILE_FUZZ=50 takes fifty times as long; SIMILE_FUZZ_SEED uses other texts and files.
/// </summary>
internal static class Effort
{
    private static readonly int Times = Read("SIMILE_FUZZ", 1);
    private static readonly int Seed = Read("SIMILE_FUZZ_SEED", 0);

    /// <summary>The rounds, each with its own seed, which a failure names.</summary>
    public static IEnumerable<int> Rounds(int count) => Enumerable.Range(Seed * 1_000_000, count * Times);

    /// <summary>Checks that a message is readable: one sentence, without control characters or invisible text.</summary>
    public static void AssertIsSentence(string message)
    {
        var bad = message.EnumerateRunes()
            .FirstOrDefault(c => Rune.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
        Assert.True(bad == default, $"U+{bad.Value:X4} is in the message: {message}");
        Assert.DoesNotContain('\0', message);
        Assert.InRange(message.Length, 10, 10_000);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
    }

    private static int Read(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
