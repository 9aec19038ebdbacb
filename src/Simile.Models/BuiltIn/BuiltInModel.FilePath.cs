using System.Diagnostics.CodeAnalysis;

namespace Simile.Models.BuiltIn;

/// <content>The location of the packed file.</content>
public static partial class BuiltInModel
{
    /// <summary>
    /// The packed file of this Simile: beside the program, where every build and publish puts it, or beside the assembly, if a host
    /// loads packages without building a program (F# Interactive, notebooks, plug-ins).
    /// </summary>
    internal static string FilePath
    {
        get
        {
            var besideProgram = Path.Combine(AppContext.BaseDirectory, FileName);
            return !File.Exists(besideProgram) && BesideAssembly() is { } path && File.Exists(path) ? path : besideProgram;
        }
    }

    [UnconditionalSuppressMessage(
        "SingleFile", "IL3000", Justification = "A single file has the model beside the program; the empty location is expected.")]
    private static string? BesideAssembly() =>
        typeof(BuiltInModel).Assembly.Location is { Length: > 0 } location
            ? Path.Combine(Path.GetDirectoryName(location)!, FileName)
            : null;
}
