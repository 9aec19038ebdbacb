using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Docs;

/// <summary>
/// Compiles a block as the Program.cs of a new project: implicit usings and nullable enabled, with packages of Simile and ASP.NET.
/// </summary>
internal static class SnippetCompiler
{
    // The templates of the SDK: 'dotnet new console', and 'dotnet new web' for pages with a web application.
    private static readonly string[] Usings =
        [
            "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
            "System.Threading.Tasks",
        ];

    private static readonly string[] WebUsings =
    [
        "System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing",
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection",
        "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    ];

    private static readonly Lazy<MetadataReference[]> References =
        new(() => [.. Assemblies().Select(path => MetadataReference.CreateFromFile(path))]);

    public static bool IsWeb(string code) => code.Contains("WebApplication.", StringComparison.Ordinal);

    /// <summary>Compiles a block into a program.</summary>
    /// <returns>The errors; empty if it compiles.</returns>
    public static IReadOnlyList<string> Compile(string code, string path)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        string[] namespaces = IsWeb(code) ? [.. Usings, .. WebUsings] : Usings;
        var implicitUsings = string.Concat(namespaces.Select(name => $"global using global::{name};\n"));
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path),
            [CSharpSyntaxTree.ParseText(code, options), CSharpSyntaxTree.ParseText(implicitUsings, options)],
            References.Value,
            new CSharpCompilationOptions(
                OutputKind.ConsoleApplication,
                optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable,
                allowUnsafe: false));
        var result = compilation.Emit(path);

        // A warning would be the first thing that a reader sees.
        return [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Select(diagnostic => diagnostic.ToString())];
    }

    private static IEnumerable<string> Assemblies() =>
        Frameworks.Folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.dll"))
            .Where(path => IsManaged(path) && !Path.GetFileName(path).StartsWith("mscor", StringComparison.Ordinal))
            .Concat(Packages());

    private static IEnumerable<string> Packages() =>
        from name in new[]
        {
            "Simile*", "Microsoft.Extensions.AI*", "Microsoft.Extensions.VectorData*", "Microsoft.ML.OnnxRuntime",
            "System.Numerics.Tensors",
        }
        from path in Directory.EnumerateFiles(AppContext.BaseDirectory, name + ".dll")
        select path;

    private static bool IsManaged(string path)
    {
        using var file = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(path));
        return file.HasMetadata;
    }
}
