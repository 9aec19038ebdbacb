using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Xml.Linq;
using Simile.Testing;

namespace PublicApi;

/// <summary>
/// A built assembly references only what its own project file names. Indirect references may be missing, or older, in
/// programs of others.
/// </summary>
public class ReferenceTests
{
    private static readonly string Frameworks =
        Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(typeof(object).Assembly.Location)))!;

    [Theory]
    [MemberData(nameof(ArrowTests.Projects), MemberType = typeof(ArrowTests))]
    public void An_assembly_refers_only_to_what_its_project_names(string project)
    {
        var named = Named(project);
        var strays = References(Path.GetFileNameWithoutExtension(project)).Where(reference => !named.Contains(reference));
        Assert.Empty(strays);
    }

    [Theory]
    [MemberData(nameof(ArrowTests.Projects), MemberType = typeof(ArrowTests))]
    public void A_reference_that_is_not_named_is_found(string project)
    {
        var references = References(Path.GetFileNameWithoutExtension(project)).ToArray();
        Assert.Contains("System.Runtime", references);

        var framework = FrameworkAssemblies(XDocument.Load(project));
        Assert.All(
            references.Where(reference => reference.StartsWith("Simile", StringComparison.Ordinal)),
            reference => Assert.DoesNotContain(reference, framework));
        Assert.DoesNotContain("System.Numerics.Tensors", framework);
    }

    private static IEnumerable<string> References(string name)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, name + ".dll")));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private static HashSet<string> Named(string project)
    {
        var xml = XDocument.Load(project);
        var named = FrameworkAssemblies(xml);
        named.UnionWith(Includes(xml, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference)));
        named.UnionWith(PackageAssemblies(Path.GetFileNameWithoutExtension(project), [.. Includes(xml, "PackageReference")]));
        return named;
    }

    // From the restore output: the assemblies that each package gives to the compiler.
    private static IEnumerable<string> PackageAssemblies(string name, string[] packages)
    {
        using var assets =
            JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Assets.Repository, "artifacts", "obj", name, "project.assets.json")));
        return
        [
            .. from target in assets.RootElement.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject()
               where packages.Contains(target.Name.Split('/')[0], StringComparer.OrdinalIgnoreCase)
                   && target.Value.TryGetProperty("compile", out _)
               from file in target.Value.GetProperty("compile").EnumerateObject()
               select Path.GetFileNameWithoutExtension(file.Name),
        ];
    }

    private static HashSet<string> FrameworkAssemblies(XDocument project) =>
    [
        .. from framework in Includes(project, "FrameworkReference").Prepend("Microsoft.NETCore.App")
           from file in Directory.EnumerateFiles(
               Directory.EnumerateDirectories(Path.Combine(Frameworks, framework), $"{Environment.Version.Major}.*").First(), "*.dll")
           select Path.GetFileNameWithoutExtension(file),
    ];

    private static IEnumerable<string> Includes(XDocument project, string kind) =>
        project.Descendants(kind).Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'));
}
