using Simile.Models.Checkpoints;

namespace Simile.Models;

/// <summary>The number type of a static model's token table.</summary>
public enum TableType
{
    /// <summary>4 bytes per number.</summary>
    Float32,

    /// <summary>2 bytes per number, IEEE half precision.</summary>
    Float16,

    /// <summary>1 byte per number. The table shares one scale, which need not be stored because the sum is normalized.</summary>
    Int8,
}

/// <summary>Properties of the types.</summary>
internal static class TableTypes
{
    /// <summary>The type in a checkpoint.</summary>
    public static DType DType(this TableType type) => type switch
    {
        TableType.Int8 => Checkpoints.DType.I8,
        TableType.Float16 => Checkpoints.DType.F16,
        _ => Checkpoints.DType.F32,
    };
}
