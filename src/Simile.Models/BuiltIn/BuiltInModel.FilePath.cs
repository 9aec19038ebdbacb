using System.Diagnostics.CodeAnalysis;

namespace Simile.Models.BuiltIn;

/// <content>Where the packed file is.</content>
public static partial class BuiltInModel
{
    /// <summary>
    /// The packed file that came with this Simile: beside the program, as every build and publish puts it, or beside the assembly, where a host
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

    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "A single file has the model beside the program; the empty location is expected.")]
    private static string? BesideAssembly() =>
        typeof(BuiltInModel).Assembly.Location is { Length: > 0 } location ? Path.Combine(Path.GetDirectoryName(location)!, FileName) : null;
}
