namespace Simile.Models.Checkpoints;

/// <summary>PyTorch's names of number types.</summary>
internal static class TorchTypes
{
    /// <summary>The number type of a storage class; null if it is not supported.</summary>
    public static DType? Storage(PickleGlobal storage) => storage.Name switch
    {
        "FloatStorage" => DType.F32,
        "DoubleStorage" => DType.F64,
        "HalfStorage" => DType.F16,
        "BFloat16Storage" => DType.BF16,
        "LongStorage" => DType.I64,
        "IntStorage" => DType.I32,
        "ShortStorage" => DType.I16,
        "CharStorage" => DType.I8,
        "ByteStorage" or "UntypedStorage" => DType.U8,
        "BoolStorage" => DType.Bool,
        _ => null,
    };

    /// <summary>The type of a name in the module torch; null if it is not supported.</summary>
    public static DType? Number(PickleGlobal type) => type.Name switch
    {
        "float32" or "float" => DType.F32,
        "float64" or "double" => DType.F64,
        "float16" or "half" => DType.F16,
        "bfloat16" => DType.BF16,
        "float8_e4m3fn" => DType.F8E4M3,
        "float8_e5m2" => DType.F8E5M2,
        "int64" or "long" => DType.I64,
        "int32" or "int" => DType.I32,
        "int16" or "short" => DType.I16,
        "int8" => DType.I8,
        "uint64" => DType.U64,
        "uint32" => DType.U32,
        "uint16" => DType.U16,
        "uint8" => DType.U8,
        "bool" => DType.Bool,
        _ => null,
    };

    /// <summary>Bytes per number in a storage class, including unsupported ones, so that they can be skipped; null if unknown.</summary>
    public static int? Size(PickleStorage storage) => storage.Type?.Size() ?? storage.Kind switch
    {
        "ComplexDoubleStorage" => 16,
        "ComplexFloatStorage" => 8,
        "QInt32Storage" => 4,
        "QInt8Storage" or "QUInt8Storage" or "QUInt4x2Storage" or "QUInt2x4Storage" => 1,
        _ => null,
    };
}
