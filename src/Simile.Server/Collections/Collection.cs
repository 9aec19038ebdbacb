using Simile.Server.Mcp;

namespace Simile.Server.Collections;

/// <summary>A store that is served for reading. It is opened by its first request.</summary>
internal sealed class Collection(string folder) : IAsyncDisposable
{
    private readonly Lazy<Opened> _opened = new(() => Open(folder));

    /// <summary>The name of the folder, without .simile; of a folder .simile the name of the one above.</summary>
    public string Id { get; } = NameOf(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    public Corpus Corpus => _opened.Value.Corpus;

    /// <summary>The files by relative paths, which are their keys.</summary>
    public CorpusFiles Files => _opened.Value.Files;

    public CorpusTools Tools => _opened.Value.Tools;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_opened.IsValueCreated)
        {
            await Tools.DisposeAsync().ConfigureAwait(false);
            await Corpus.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static Opened Open(string folder)
    {
        var corpus = Corpus.Open(folder, options: new CorpusOptions { Access = CorpusAccess.ReadOnly, PreloadTexts = true });
        return new Opened(corpus, new CorpusFiles(corpus, []), new CorpusTools(corpus, []));
    }

    private static string NameOf(string path)
    {
        var name = Path.GetFileName(path);
        name = name.EndsWith(".simile", StringComparison.OrdinalIgnoreCase) ? name[..^".simile".Length] : name;
        return name.Length > 0 ? name : Path.GetFileName(Path.GetDirectoryName(path)) is { Length: > 0 } above ? above : "store";
    }

    private sealed record Opened(Corpus Corpus, CorpusFiles Files, CorpusTools Tools);
}
