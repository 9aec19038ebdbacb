using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Simile.Models.Onnx;

/// <summary>
/// Keeps ONNX Runtime from telling its maker what is run: since 1.29 it writes a device's identity below the user's cache folder and calls
/// a server, unless ORT_DISABLE_TELEMETRY is set before it starts (microsoft/onnxruntime pull request 27379). Who sets it to 0 has it back.
/// </summary>
internal static partial class Telemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    // Whatever of this assembly touches ONNX Runtime first, it must come after this.
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The variable is read once, when the native library starts.")]
    internal static void Disable()
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable(Variable, Environment.GetEnvironmentVariable(Variable) ?? "1");
        }
        else if (!OperatingSystem.IsBrowser())
        {
            // .NET keeps its own copy of the environment; native code sees only what the C library has.
            _ = SetEnvironmentVariable(Variable, "1", overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
