using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Simile.Testing;

namespace Packages;

/// <summary>The content of the packages.</summary>
public sealed class PackageTests(Feed feed)
{
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static IEnumerable<TheoryDataRow<string>> Libraries() =>
        from project in Directory.EnumerateFiles(Path.Combine(Assets.Repository, "src"), "*.csproj", SearchOption.AllDirectories)
        where !XDocument.Load(project).Descendants("PackAsTool").Any()
        select new TheoryDataRow<string>(Path.GetFileNameWithoutExtension(project));

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_package_says_what_it_is_and_documents_its_members(string library)
    {
        using var package = Open($"{library}.{feed.Version}.nupkg");
        var metadata = Metadata(package);

        Assert.Equal("Apache-2.0", Value(metadata, "license"));
        Assert.Equal("expression", Element(metadata, "license")!.Attribute("type")!.Value);
        Assert.DoesNotContain("Package Description", Value(metadata, "description"), StringComparison.Ordinal);
        Assert.Equal("The Simile founders", Value(metadata, "authors"));
        Assert.All(
            [Value(metadata, "readme"), Value(metadata, "icon"), "NOTICE", $"lib/net10.0/{library}.dll", $"lib/net10.0/{library}.xml"],
            file => Assert.True(package.GetEntry(file) is { Length: > 100 }, $"{library} lacks {file}."));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_package_depends_on_what_its_project_names(string library)
    {
        using var package = Open($"{library}.{feed.Version}.nupkg");
        var dependencies = Metadata(package).Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => element.Attribute("id")!.Value);
        var project = XDocument.Load(Path.Combine(Assets.Repository, "src", library, library + ".csproj"));
        var named = project.Descendants("PackageReference").Where(reference => reference.Attribute("PrivateAssets") is null)
            .Select(reference => reference.Attribute("Include")!.Value)
            .Concat(project.Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)));
        Assert.Empty(named.Except(dependencies, StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Symbols_hold_the_sources(string library)
    {
        using var package = Open($"{library}.{feed.Version}.snupkg");
        using var symbols = new MemoryStream();
        using (var entry = package.GetEntry($"lib/net10.0/{library}.pdb")!.Open())
        {
            entry.CopyTo(symbols);
        }

        symbols.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(symbols);
        var reader = provider.GetMetadataReader();
        var embedded = reader.CustomDebugInformation.Select(handle => reader.GetCustomDebugInformation(handle))
            .Where(information => reader.GetGuid(information.Kind) == EmbeddedSource)
            .Select(information => (EntityHandle)information.Parent)
            .ToHashSet();
        var missing = reader.Documents.Where(document => !embedded.Contains(document))
            .Select(document => reader.GetString(reader.GetDocument(document).Name));
        Assert.Empty(missing);
    }

    [Fact]
    public void The_tool_has_a_package_for_each_platform()
    {
        using var pointer = Open($"Simile.Cli.{feed.Version}.nupkg");
        using var settings = pointer.Entries.Single(entry => entry.Name == "DotnetToolSettings.xml").Open();
        Assert.Contains(
            XDocument.Load(settings).Descendants("RuntimeIdentifierPackage"),
            package => package.Attribute("RuntimeIdentifier")!.Value == Feed.Platform
                && package.Attribute("Id")!.Value == $"Simile.Cli.{Feed.Platform}");

        using var tool = Open($"Simile.Cli.{Feed.Platform}.{feed.Version}.nupkg");
        Assert.Contains(tool.Entries, entry => entry.Name == "base.simd");
        Assert.Single(tool.Entries, entry => Path.GetFileNameWithoutExtension(entry.Name) is "libonnxruntime" or "onnxruntime");
        Assert.DoesNotContain(tool.Entries, entry => entry.Name is "libSkiaSharp.pdb");
        Assert.SkipUnless(
            Feed.Platform is "linux-x64" or "linux-arm64" or "win-x64" or "osx-x64" or "osx-arm64",
            "The tool is not compiled for this platform before it runs.");
        Assert.All(
            tool.Entries.Where(entry =>
                entry.Name.StartsWith("Simile", StringComparison.Ordinal) && entry.Name.EndsWith(".dll", StringComparison.Ordinal)),
            entry => Assert.True(IsCompiled(entry), $"{entry.Name} is compiled each time that it runs."));
    }

    // A ReadyToRun image has a native header beside its metadata.
    private static bool IsCompiled(ZipArchiveEntry entry)
    {
        using var stream = new MemoryStream();
        using (var file = entry.Open())
        {
            file.CopyTo(stream);
        }

        stream.Position = 0;
        using var image = new PEReader(stream);
        return image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }

    private ZipArchive Open(string name) => ZipFile.OpenRead(Path.Combine(feed.Packages, name));

    private static XElement Metadata(ZipArchive package)
    {
        using var nuspec = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(nuspec).Root!.Elements().First();
    }

    private static XElement? Element(XElement metadata, string name) =>
        metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name);

    private static string Value(XElement metadata, string name) => Element(metadata, name)?.Value ?? "";
}
