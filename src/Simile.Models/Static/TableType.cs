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
    public static int BytesPerNumber(this TableType type) => type switch
    {
        TableType.Int8 => 1,
        TableType.Float16 => 2,
        _ => 4,
    };

    public static string SafeTensorsName(this TableType type) => type switch
    {
        TableType.Int8 => "I8",
        TableType.Float16 => "F16",
        _ => "F32",
    };
}
