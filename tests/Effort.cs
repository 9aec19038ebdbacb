using System.Globalization;

namespace Simile.Testing;

/// <summary>How long the fuzzing goes on: seconds in CI; SIMILE_FUZZ=50 makes it fifty times as long, SIMILE_FUZZ_SEED takes other texts and files.</summary>
internal static class Effort
{
    private static readonly int Times = Read("SIMILE_FUZZ", 1);
    private static readonly int Seed = Read("SIMILE_FUZZ_SEED", 0);

    /// <summary>So many rounds, each with a seed of its own, which a failure names.</summary>
    public static IEnumerable<int> Rounds(int count) => Enumerable.Range(Seed * 1_000_000, count * Times);

    private static int Read(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
