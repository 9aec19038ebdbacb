using Simile.Testing;

namespace Docs;

/// <summary>The files that the pages' programs find in their current folder.</summary>
internal static class Fixtures
{
    // Short names for readers; each is a file of the assets.
    private static readonly Dictionary<string, string> Files = new()
    {
        ["photos/cat.png"] = "data/photos/chelsea.png",
        ["photos/kitten.png"] = "data/photos/coral_cat_test_0.png",
        ["photos/dog.png"] = "data/photos/coral_dog_test_0.png",
        ["photos/coffee.png"] = "data/photos/coffee.png",
        ["photos/owl.jpg"] = "data/photos/coral_owl.jpg",
        ["photos/parrot.jpg"] = "data/photos/coral_parrot.jpg",
        ["digits/images.gz"] = "data/mnist/t10k-images-idx3-ubyte.gz",
        ["digits/labels.gz"] = "data/mnist/t10k-labels-idx1-ubyte.gz",
        ["words/glove.txt"] = "data/glove/glove_10k.100d.txt",
        ["sounds/rain.wav"] = "data/esc10/rain__1-21189-A.wav",
        ["sounds/downpour.wav"] = "data/esc10/rain__1-54958-A.wav",
        ["sounds/rooster.wav"] = "data/esc10/rooster__1-27724-A.wav",
        ["sounds/dog.wav"] = "data/esc10/dog_bark__1-110389-A.wav",
    };

    // Published models that are too large for the assets: a small one of the same family replaces each.
    private static readonly Dictionary<string, Func<string, string>> Small = new()
    {
        ["clip-vit-base-patch32"] = folder => SmallDualEncoder.Make("clip_legacy_eos", folder),
        ["ms-marco-MiniLM-L6-v2"] = _ => Assets.Require("golden/architectures/ce_bert"),
        ["whisper-tiny"] = _ => Assets.Require("golden/audio/extractors/whisper"),
    };

    /// <summary>Links the folders that a program names. The test is skipped if they need assets that are not there.</summary>
    public static void Lay(string folder, string code)
    {
        Link(folder, "samples", Path.Combine(Assets.Repository, "samples"));
        foreach (var (name, asset) in Files.Where(file => code.Contains($"\"{Path.GetDirectoryName(file.Key)}", StringComparison.Ordinal)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            Link(folder, name, Assets.Require(asset));
        }

        if (code.Contains("\"models/", StringComparison.Ordinal))
        {
            LayModels(Directory.CreateDirectory(Path.Combine(folder, "models")).FullName, code);
        }
    }

    private static void LayModels(string folder, string code)
    {
        foreach (var model in Directory.EnumerateFileSystemEntries(Assets.Require("models")))
        {
            Link(folder, Path.GetFileName(model), model);
        }

        foreach (var (name, make) in Small.Where(small => code.Contains($"models/{small.Key}", StringComparison.Ordinal)))
        {
            var made = make(Path.Combine(folder, name));
            if (!Path.Exists(Path.Combine(folder, name)))
            {
                Link(folder, name, made);
            }
        }
    }

    private static void Link(string folder, string name, string target)
    {
        var link = Path.Combine(folder, name);
        if (File.Exists(target))
        {
            File.CreateSymbolicLink(link, target);
        }
        else
        {
            Directory.CreateSymbolicLink(link, target);
        }
    }
}
