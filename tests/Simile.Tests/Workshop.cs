using Microsoft.Data.Sqlite;
using Simile.Models;
using Simile.Storage;
using Simile.Sync;
using Simile.Tokenizers;

namespace Simile.Testing;

/// <summary>A folder of files, a store beside it, an embedder and a tokenizer of few words.</summary>
internal sealed class Workshop : IDisposable
{
    private static readonly Lazy<Tokenizer> SmallTokenizer = new(MakeTokenizer);

    public Workshop()
    {
        Directory.CreateDirectory(Files);
    }

    public static Tokenizer Tokenizer => SmallTokenizer.Value;

    public string Root { get; } = Assets.NewFolder();

    public string Files => Path.Combine(Root, "files");

    public string StoreFolder => Path.Combine(Root, "store");

    public BagOfWords Embedder { get; set; } = new();

    public string In(string name) => Path.Combine(Files, name);

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file that looks a minute old, so that its time stamp is trusted.</summary>
    public string Write(string name, byte[] bytes)
    {
        var path = In(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-1));
        return path;
    }

    /// <summary>Opens the store, synchronizes it with the folder or with the given paths, and closes it.</summary>
    public SyncReport Index(params string[] paths)
    {
        using var store = Store.Open(StoreFolder);
        return Index(store, paths);
    }

    public SyncReport Index(Store store, params string[] paths) => Index(store, new SyncOptions(), paths);

    public SyncReport Index(Store store, SyncOptions options, params string[] paths) =>
        Index(store, new WorkshopModel(Embedder), options, paths);

    public SyncReport Index(Store store, CorpusModel model, SyncOptions options, string[] paths, CancellationToken stop = default) =>
        new FolderSync(store, model, options).RunAsync(paths.Length == 0 ? [Files] : paths, null, stop).GetAwaiter().GetResult();

    /// <summary>Synchronizes texts, pictures and sounds, whose vectors are made by <see cref="FirstBytes"/>.</summary>
    public SyncReport IndexMedia(FirstBytes images, FirstBytes sounds, CancellationToken stop = default)
    {
        using var store = Store.Open(StoreFolder);
        return Index(store, new WorkshopModel(Embedder) { Images = images, Sounds = sounds }, new SyncOptions(), [Files], stop);
    }

    public IReadOnlyList<Found> Search(string query, int top = 5)
    {
        using var store = Store.Open(StoreFolder, CorpusAccess.ReadOnly);
        return Found.Of(store.Search(Embedder.Embed(query), top));
    }

    /// <summary>What SQLite itself says of the database.</summary>
    public string Ask(string statement)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(StoreFolder, "store.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        return $"{command.ExecuteScalar()}";
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    // Letters and marks are tokens, words are not known: a word is as many tokens as it has letters.
    private static Tokenizer MakeTokenizer()
    {
        var folder = Assets.NewFolder();
        var path = Path.Combine(folder, "vocab.txt");
        var letters = "abcdefghijklmnopqrstuvwxyz0123456789".Select(c => $"{c}");
        var words =
            """
            the a of and to in is it that bird birds fly cannot which ostrich penguin swim tea water leaf word sentence one two
            three four
            """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        File.WriteAllLines(path,
        [
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. letters, .. letters.Select(l => $"##{l}"), .. words.Where(w => w.Length > 1),
            .. ".,;:!?-'\"()#".Select(c => $"{c}"),
        ]);
        try
        {
            return Tokenizer.Load(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
