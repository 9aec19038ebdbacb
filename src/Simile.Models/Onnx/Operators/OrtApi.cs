using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Simile.Models.Onnx.Operators;

/// <summary>Functions of ONNX Runtime's C API that its .NET API does not expose, by their index in struct OrtApi.</summary>
internal static unsafe class OrtApi
{
    /// <summary>The API version: the first whose operators can report a failure.</summary>
    public const uint Version = 16;

    public const int CreateStatus = 0;
    public const int GetErrorMessage = 2;
    public const int CreateCustomOpDomain = 26;
    public const int CustomOpDomainAdd = 27;
    public const int AddCustomOpDomain = 28;
    public const int GetTensorMutableData = 51;
    public const int GetDimensionsCount = 61;
    public const int GetDimensions = 62;
    public const int GetTensorTypeAndShape = 65;
    public const int KernelContextGetInput = 90;
    public const int KernelContextGetOutput = 91;
    public const int ReleaseStatus = 93;
    public const int ReleaseTensorTypeAndShapeInfo = 99;

    private const int Fail = 1;

    private static readonly nint* Functions = Open();

    /// <summary>The function at an index of the table.</summary>
    public static nint Function(int place) => Functions[place];

    /// <summary>Throws if a status is a failure. 0 means success.</summary>
    /// <exception cref="InvalidOperationException">The status is a failure.</exception>
    public static void Check(nint status)
    {
        if (status == 0)
        {
            return;
        }

        var message = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<nint, byte*>)Function(GetErrorMessage))(status));
        ((delegate* unmanaged<nint, void>)Function(ReleaseStatus))(status);
        throw new InvalidOperationException(message);
    }

    /// <summary>Creates a status for a failure.</summary>
    public static nint Failure(string message)
    {
        var text = Marshal.StringToCoTaskMemUTF8(message);
        var status = ((delegate* unmanaged<int, byte*, nint>)Function(CreateStatus))(Fail, (byte*)text);
        Marshal.FreeCoTaskMem(text);
        return status;
    }

    private static nint* Open()
    {
        var library = NativeLibrary.Load("onnxruntime", typeof(OrtEnv).Assembly, null);
        var root = ((delegate* unmanaged<nint*>)NativeLibrary.GetExport(library, "OrtGetApiBase"))();
        return ((delegate* unmanaged<uint, nint*>)root[0])(Version);
    }
}
