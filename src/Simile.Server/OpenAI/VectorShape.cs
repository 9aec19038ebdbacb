using System.Runtime.InteropServices;
using System.Text.Json;
using Simile.Numerics;
using Simile.Server.Http;

namespace Simile.Server.OpenAI;

/// <summary>How vectors are written: in numbers or in base64, whole or their first components.</summary>
internal readonly record struct VectorShape(bool IsBase64, int Dimensions, bool IsCut)
{
    /// <exception cref="RequestFailure">A value is out of range.</exception>
    public static VectorShape Of(string? format, int? dimensions, int most)
    {
        if (format is not (null or "float" or "base64"))
        {
            throw new RequestFailure(FailureKind.Validation, "`encoding_format` must be float or base64.") { Param = "encoding_format" };
        }

        if (dimensions < 1 || dimensions > most)
        {
            throw new RequestFailure(
                FailureKind.Validation, $"`dimensions` is {dimensions}, but must be 1 to {most}, the dimensions of the model.")
            {
                Param = "dimensions",
            };
        }

        return new VectorShape(format == "base64", dimensions ?? most, dimensions < most);
    }

    public void Write(Utf8JsonWriter json, ReadOnlySpan<float> vector)
    {
        var shown = Take(vector);
        if (IsBase64)
        {
            // The machines that .NET runs on are little-endian.
            json.WriteBase64StringValue(MemoryMarshal.AsBytes(shown));
        }
        else
        {
            JsonAnswer.WriteVector(json, shown);
        }
    }

    /// <summary>The first components, normalized again if some are left out.</summary>
    public ReadOnlySpan<float> Take(ReadOnlySpan<float> vector) => IsCut ? VectorMath.Normalize(vector[..Dimensions].ToArray()) : vector;
}
