using System.Runtime.InteropServices;
using System.Xml.Linq;
using Simile.Testing;

[assembly: AssemblyFixture(typeof(Packages.Feed))]

namespace Packages;

/// <summary>
/// All packages in one folder, packed once, and a folder outside the repository whose nuget.config adds it to the machine's sources.
/// </summary>
/// <remarks>
/// NuGet unpacks packages to artifacts/packages: the machine's package folder is not changed, and is used for packages that it
/// already has.
/// </remarks>
public sealed class Feed : IDisposable
{
    /// <summary>Where NuGet unpacks what the programs use.</summary>
    public static readonly string Unpacked = Path.Combine(Assets.Repository, "artifacts", "packages");

    private static readonly string UserHome = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static readonly string Machine = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
        ? named
        : Path.Combine(UserHome, ".nuget", "packages");

    public Feed()
    {
        Folder = Assets.NewFolder();
        Packages = Path.Combine(Folder, "feed");
        Picture = Media.Picture(Folder);
        Sound = Media.Sound(Folder);
        Version = XDocument.Load(Path.Combine(Assets.Repository, "Directory.Build.props")).Descendants("VersionPrefix").Single().Value;
        foreach (var earlier in Directory.CreateDirectory(Unpacked).EnumerateDirectories("simile*"))
        {
            earlier.Delete(recursive: true);
        }

        WriteConfig();
        WriteNotes();
        Pack();
    }

    /// <summary>A folder outside the repository; gone after the tests.</summary>
    public string Folder { get; }

    /// <summary>A separate home folder that knows the machine's package sources.</summary>
    public string Home { get; } = Assets.NewFolder();

    /// <summary>The folder of packages.</summary>
    public string Packages { get; }

    public string Picture { get; }

    public string Sound { get; }

    public string Notes => Path.Combine(Folder, "notes");

    public string Version { get; }

    /// <summary>The platform that the tests run on, as packages name it.</summary>
    public static string Platform => RuntimeInformation.RuntimeIdentifier;

    /// <summary>A copy of one of the programs in its own folder, with a project file.</summary>
    /// <param name="name">The folder of its sources.</param>
    /// <param name="copy">The folder to make.</param>
    /// <param name="sdk">Microsoft.NET.Sdk or one that builds on it.</param>
    /// <param name="reference">The project to reference; null to reference the packages themselves.</param>
    internal Shell Program(string name, string copy, string sdk = "Microsoft.NET.Sdk", string? reference = null)
    {
        var target = Directory.CreateDirectory(Path.Combine(Folder, copy)).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Programs", name)))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        var isProgram = File.Exists(Path.Combine(target, "Program.cs"));
        new XElement(
            "Project",
            new XAttribute("Sdk", sdk),
            new XElement(
                "PropertyGroup",
                new XElement("TargetFramework", "net10.0"),
                new XElement("ImplicitUsings", "enable"),
                new XElement("Nullable", "enable"),
                isProgram ? new XElement("OutputType", "Exe") : null),
            new XElement(
                "ItemGroup",
                reference is null ? [Package("Simile")] : [new XElement("ProjectReference", new XAttribute("Include", reference))]))
            .Save(Path.Combine(target, name + ".csproj"));
        return At(target);
    }

    internal Shell At(string folder) => new(
        folder,
        ("NUGET_PACKAGES", Unpacked),
        ("SIMILE_MODEL", ""),
        ("XDG_CACHE_HOME", Path.Combine(Folder, "cache")),
        ("LOCALAPPDATA", Path.Combine(Folder, "cache")));

    /// <summary>A shell in which only the page's commands say where the packages are.</summary>
    internal Shell AtHome(string folder) => new(
        folder,
        ("HOME", Home),
        ("DOTNET_CLI_HOME", Home),
        ("NUGET_PACKAGES", Unpacked),
        ("NUGET_FALLBACK_PACKAGES", Machine),
        ("SIMILE_MODEL", ""));

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        Directory.Delete(Home, recursive: true);
    }

    private XElement Package(string name) => new("PackageReference", new XAttribute("Include", name), new XAttribute("Version", Version));

    private void WriteConfig()
    {
        new XElement(
            "configuration",
            new XElement("packageSources", Entry("simile", Packages)),
            Directory.Exists(Machine) ? new XElement("fallbackPackageFolders", Entry("machine", Machine)) : null)
                .Save(Path.Combine(Folder, "nuget.config"));
        Directory.CreateDirectory(Packages);
        var sources = Path.Combine(UserHome, ".nuget", "NuGet", "NuGet.Config");
        if (File.Exists(sources))
        {
            Directory.CreateDirectory(Path.Combine(Home, ".nuget", "NuGet"));
            File.Copy(sources, Path.Combine(Home, ".nuget", "NuGet", "NuGet.Config"));
        }
    }

    private static XElement Entry(string key, string value) => new("add", new XAttribute("key", key), new XAttribute("value", value));

    private void WriteNotes()
    {
        Directory.CreateDirectory(Notes);
        File.WriteAllText(
            Path.Combine(Notes, "birds.md"),
            "# Birds\n\nOwls hunt in the dark by ear.\n\nThe ostrich is a bird that cannot fly at all: it runs.\n");
        File.WriteAllText(
            Path.Combine(Notes, "space.html"),
            "<html><body><h1>Space</h1><p>The moon goes around the earth once a month.</p></body></html>\n");
        File.WriteAllText(
            Path.Combine(Notes, "kitchen.csv"),
            "title,text\nSoup,Soup is boiled from bones and vegetables.\nBread,Bread is baked from flour and water in a hot oven.\n");
    }

    private void Pack()
    {
        var repository = new Shell(Assets.Repository);
        repository.Run(
            "dotnet", "pack", "Simile.slnx", "-c", "Release", "--no-build", "-p:PackTool=false", "-o", Packages, "--nologo", "-v", "quiet")
            .Lines();
        repository.Run(
            "dotnet", "pack", "src/Simile.Cli", "-c", "Release", "--no-restore",
            $"-p:ToolPackageRuntimeIdentifiers={Platform}", "-o", Packages, "--nologo", "-v", "quiet")
                .Lines();
    }
}
