namespace Simile.Index.Quantization;

/// <summary>What every quantiser checks of the spans that it is given.</summary>
internal static class CodeLength
{
    /// <exception cref="ArgumentException">The length is another than the quantiser's.</exception>
    public static void Check(int length, int expected, string what)
    {
        if (length != expected)
        {
            throw new ArgumentException($"The quantiser works on {expected} {what}, not {length}.");
        }
    }
}
