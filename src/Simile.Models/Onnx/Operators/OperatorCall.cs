namespace Simile.Models.Onnx.Operators;

/// <summary>One call of an operator, with its inputs and outputs.</summary>
/// <param name="context">ONNX Runtime's OrtKernelContext.</param>
internal readonly unsafe struct OperatorCall(nint context)
{
    /// <summary>The numbers of an input; null if it was omitted.</summary>
    public T* Input<T>(int index)
        where T : unmanaged => InputValue(index) is var value && value == 0 ? null : (T*)Data(value);

    /// <summary>The shape of an input.</summary>
    public long[] Shape(int index)
    {
        nint info;
        nuint count;
        OrtApi.Check(((delegate* unmanaged<nint, nint*, nint>)OrtApi.Function(OrtApi.GetTensorTypeAndShape))(InputValue(index), &info));
        OrtApi.Check(((delegate* unmanaged<nint, nuint*, nint>)OrtApi.Function(OrtApi.GetDimensionsCount))(info, &count));
        var shape = new long[count];
        fixed (long* sizes = shape)
        {
            OrtApi.Check(((delegate* unmanaged<nint, long*, nuint, nint>)OrtApi.Function(OrtApi.GetDimensions))(info, sizes, count));
        }

        ((delegate* unmanaged<nint, void>)OrtApi.Function(OrtApi.ReleaseTensorTypeAndShapeInfo))(info);
        return shape;
    }

    /// <summary>The memory of an output; null if it is not used.</summary>
    public T* Output<T>(int index, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        nint value;
        fixed (long* sizes = shape)
        {
            OrtApi.Check(((delegate* unmanaged<nint, nuint, long*, nuint, nint*, nint>)OrtApi.Function(OrtApi.KernelContextGetOutput))(
                context, (nuint)index, sizes, (nuint)shape.Length, &value));
        }

        return value == 0 ? null : (T*)Data(value);
    }

    private nint InputValue(int index)
    {
        nint value;
        OrtApi.Check(
            ((delegate* unmanaged<nint, nuint, nint*, nint>)OrtApi.Function(OrtApi.KernelContextGetInput))(context, (nuint)index, &value));
        return value;
    }

    private static nint Data(nint value)
    {
        nint data;
        OrtApi.Check(((delegate* unmanaged<nint, nint*, nint>)OrtApi.Function(OrtApi.GetTensorMutableData))(value, &data));
        return data;
    }
}
