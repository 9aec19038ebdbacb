namespace Simile.Index.Quantization;

/// <summary>Checks the lengths of spans for all quantizers.</summary>
internal static class CodeLength
{
    /// <exception cref="ArgumentException">The length differs from the expected one.</exception>
    public static void Check(int length, int expected, string what)
    {
        if (length != expected)
        {
            throw new ArgumentException($"The quantizer needs {expected} {what}, not {length}.");
        }
    }
}
