namespace Simile.Models.Checkpoints;

/// <summary>The number type of a stored tensor, always little-endian.</summary>
internal enum DType
{
    F64,
    F32,
    F16,
    BF16,
    F8E4M3,
    F8E5M2,
    I64,
    I32,
    I16,
    I8,
    U64,
    U32,
    U16,
    U8,
    Bool,
}

/// <summary>Properties of the types.</summary>
internal static class DTypes
{
    /// <summary>Bytes per number.</summary>
    public static int Size(this DType type) => type switch
    {
        DType.F64 or DType.I64 or DType.U64 => 8,
        DType.F32 or DType.I32 or DType.U32 => 4,
        DType.F16 or DType.BF16 or DType.I16 or DType.U16 => 2,
        _ => 1,
    };

    /// <summary>The name in the safetensors format.</summary>
    public static string SafeTensorsName(this DType type) => type switch
    {
        DType.F8E4M3 => "F8_E4M3",
        DType.F8E5M2 => "F8_E5M2",
        DType.Bool => "BOOL",
        _ => type.ToString(),
    };

    /// <summary>The type of a name in the safetensors format; null if unknown.</summary>
    public static DType? Named(string? name)
    {
        foreach (var type in Enum.GetValues<DType>())
        {
            if (type.SafeTensorsName() == name)
            {
                return type;
            }
        }

        return null;
    }
}
