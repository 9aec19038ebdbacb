using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Simile.Models.Onnx;

/// <summary>
/// Switches off ONNX Runtime's telemetry: since 1.29 it writes a device identity to the user's cache folder and contacts
/// a server, unless ORT_DISABLE_TELEMETRY is set before it starts (microsoft/onnxruntime pull request 27379). Setting it to 0 keeps
/// telemetry.
/// </summary>
internal static partial class Telemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    // This must run before anything in this assembly uses ONNX Runtime.
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
            // .NET keeps its own copy of the environment. Native code sees only that of the C library.
            _ = SetEnvironmentVariable(Variable, "1", overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
