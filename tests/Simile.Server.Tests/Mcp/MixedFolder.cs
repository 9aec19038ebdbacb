using Simile.Testing;

namespace Simile.Server.Tests.Mcp;

/// <summary>A folder with texts, a picture and a sound, and beside it a file that is not indexed.</summary>
internal sealed class MixedFolder : IDisposable
{
    private readonly string _top = Assets.NewFolder();

    public MixedFolder()
    {
        Directory.CreateDirectory(Path.Combine(Root, "notes"));
        Write(
            "notes/birds.md",
            "# Birds\n\nThe penguin is a bird that cannot fly.\nIt swims in cold water.\n\n# Owls\n\nOwls hunt mice at night.\n");
        Write("notes/taxes.txt", "Income tax is due in May.\nThe form has four pages.\n");
        File.WriteAllBytes(Path.Combine(Root, "gray.png"), Pictures.Png(600, 300));
        File.WriteAllBytes(Path.Combine(Root, "tone.wav"), Sounds.Wave(16000 * 12));
        File.WriteAllText(Secret, "the secret of the outer folder");
    }

    public string Root => Path.Combine(_top, "indexed");

    public string Secret => Path.Combine(_top, "secret.txt");

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Root, name), text);

    public void Dispose() => Directory.Delete(_top, recursive: true);
}
