using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Simile.Numerics;

namespace Irregular;

/// <summary>A NumPy file of float32 [n, d], as <c>simile embed --out</c> writes it.</summary>
internal static partial class NpyFloats
{
    // Magic and version; then the length of the header in two bytes.
    private const int Start = 10;

    public static VectorMatrix Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var header = BitConverter.ToUInt16(bytes, Start - 2);
        var shape = Shape().Match(Encoding.ASCII.GetString(bytes, Start, header));
        if (!shape.Success)
        {
            throw new InvalidDataException($"{path} is no NumPy file of float32 [n, d]: write one by simile embed --out.");
        }

        return new VectorMatrix(
            MemoryMarshal.Cast<byte, float>(bytes.AsSpan(Start + header)).ToArray(),
            int.Parse(shape.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"'<f4'.*'fortran_order': False.*\(\d+, (\d+)\)")]
    private static partial Regex Shape();
}
