using Simile.Models.Checkpoints;

namespace Simile.Models;

/// <summary>How the numbers of a static model's token table are kept in its file.</summary>
public enum TableType
{
    /// <summary>4 bytes a number.</summary>
    Float32,

    /// <summary>2 bytes a number, IEEE half precision.</summary>
    Float16,

    /// <summary>1 byte a number: the whole table shares one scale, which normalisation of the sum makes unnecessary to keep.</summary>
    Int8,
}

/// <summary>What is known of each type.</summary>
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
