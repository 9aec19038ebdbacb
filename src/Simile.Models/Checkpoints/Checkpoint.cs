namespace Simile.Models.Checkpoints;

/// <summary>The tensors of a model by name, from any file format.</summary>
/// <remarks>Safe for concurrent readers. Owns the mapped files: tensors must not be read after disposal.</remarks>
internal sealed class Checkpoint(IReadOnlyDictionary<string, Tensor> tensors, params IReadOnlyList<IDisposable> owned) : IDisposable
{
    private readonly IReadOnlyDictionary<string, Tensor> _tensors = ByteScales.Attach(WrappedNames.WithoutCompiler(tensors));
    private string? _wrapper;

    /// <summary>All tensors.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => _tensors;

    /// <summary>The prefix of most names if a training wrapped the network, such as <c>module.</c>; otherwise empty.</summary>
    public string Wrapper => _wrapper ??= WrappedNames.Common(_tensors.Keys);

    /// <summary>A required tensor.</summary>
    /// <exception cref="InvalidDataException">The tensor is missing.</exception>
    public Tensor this[string name] =>
        Find(name) ?? throw new InvalidDataException($"The checkpoint has no tensor {name}.");

    /// <summary>A tensor, or null.</summary>
    public Tensor? Find(string name) => _tensors.TryGetValue(name, out var tensor) ? tensor : null;

    /// <summary>A tensor by its name within the network, with or without the wrapper's prefix; or null.</summary>
    public Tensor? FindWrapped(string name) => Find(name) ?? (Wrapper.Length > 0 ? Find(Wrapper + name) : null);

    /// <summary>Opens the shards listed in a model.safetensors.index.json or pytorch_model.bin.index.json.</summary>
    /// <exception cref="InvalidDataException">The index or a shard is damaged, or a shard lacks a tensor.</exception>
    public static Checkpoint OpenSharded(string indexPath)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(indexPath))!;
        var shards = new Dictionary<string, Checkpoint>();
        var tensors = new Dictionary<string, Tensor>();
        try
        {
            using var index = JsonFile.Parse(indexPath);
            foreach (var entry in JsonFile.Object(index.RootElement, "weight_map", indexPath).EnumerateObject())
            {
                var name = JsonFile.String(entry.Value, entry.Name, indexPath);
                if (name != Path.GetFileName(name))
                {
                    throw new InvalidDataException($"{indexPath} names the shard \"{Quoted.Of(name)}\", which is not a file beside it.");
                }

                if (!shards.TryGetValue(name, out var shard))
                {
                    var path = Path.Combine(folder, name);
                    shards[name] = shard = name.EndsWith(".safetensors", StringComparison.Ordinal)
                        ? SafeTensors.Open(path)
                        : PyTorchFile.Open(path);
                }

                tensors[entry.Name] = shard.Find(WrappedNames.WithoutCompiler(entry.Name))
                    ?? throw new InvalidDataException($"{name} has no tensor {Quoted.Of(entry.Name)}, where {indexPath} says it is.");
            }

            return new Checkpoint(tensors, [.. shards.Values]);
        }
        catch
        {
            foreach (var shard in shards.Values)
            {
                shard.Dispose();
            }

            throw;
        }
    }

    /// <summary>Some tensor names, for messages.</summary>
    public string Named()
    {
        const int Shown = 6;
        var names = _tensors.Keys.Order(StringComparer.Ordinal).Take(Shown)
            .Select(name => new string([.. name.Take(80).Select(c => char.IsControl(c) ? '?' : c)]));
        return _tensors.Count == 0
            ? "none"
            : string.Join(", ", names) + (_tensors.Count > Shown ? $" and {_tensors.Count - Shown} more" : string.Empty);
    }

    /// <summary>Removes the pages read so far from this process's memory. See <see cref="MappedFile.GiveBackPages"/>.</summary>
    public void GiveBackPages()
    {
        foreach (var item in owned)
        {
            (item as MappedFile)?.GiveBackPages();
            (item as Checkpoint)?.GiveBackPages();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var item in owned)
        {
            item.Dispose();
        }
    }
}
