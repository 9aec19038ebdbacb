using System.Runtime.InteropServices;
using System.Text.Json;
using Simile.Models.Checkpoints;
using Simile.Models.Words;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>A name, such as that of an item, with its score; greater is better.</summary>
/// <param name="Name">As in the training data.</param>
/// <param name="Score">The dot product of the vectors for recommendations, their cosine for similar items.</param>
public readonly record struct RecommendedItem(string Name, float Score);

/// <summary>Vectors of users and items: recommends items to a user and finds similar items.</summary>
/// <remarks>
/// Thread-safe. Stored as a folder: config.json with model_type "als"; users.json and items.json (the names in order); model.safetensors
/// with "users" and "items" (one row of numbers each), "seen.starts" and "seen.items" (the items that each user has already seen).
/// </remarks>
public sealed class AlsRecommender
{
    private const string ModelType = "als";
    private readonly string[] _users;
    private readonly string[] _items;
    private readonly Dictionary<string, int> _userRows;
    private readonly Dictionary<string, int> _itemRows;
    private readonly int[] _starts;
    private readonly int[] _seen;

    internal AlsRecommender(string[] users, VectorMatrix userVectors, string[] items, VectorMatrix itemVectors, SparseRows seen)
        : this(users, userVectors, items, itemVectors, seen.Starts, seen.Columns)
    {
    }

    private AlsRecommender(string[] users, VectorMatrix userVectors, string[] items, VectorMatrix itemVectors, int[] starts, int[] seen)
    {
        (_users, UserVectors, _items, ItemVectors, _starts, _seen) = (users, userVectors, items, itemVectors, starts, seen);
        (_userRows, _itemRows) = (Rows(users), Rows(items));
    }

    /// <summary>The users, in the order of <see cref="UserVectors"/>.</summary>
    public IReadOnlyList<string> Users => _users;

    /// <summary>The items, in the order of <see cref="ItemVectors"/>.</summary>
    public IReadOnlyList<string> Items => _items;

    /// <summary>Row i is the vector of user i.</summary>
    public VectorMatrix UserVectors { get; }

    /// <summary>Row i is the vector of item i.</summary>
    public VectorMatrix ItemVectors { get; }

    /// <summary>Recommends items to a user, best first.</summary>
    /// <param name="user">A user's name.</param>
    /// <param name="k">How many, at least 1.</param>
    /// <param name="withSeen">Whether the results include items that the user has already seen.</param>
    /// <exception cref="ArgumentException">The user does not exist; the message suggests similar names.</exception>
    public IReadOnlyList<RecommendedItem> Recommend(string user, int k = 10, bool withSeen = false)
    {
        ArgumentNullException.ThrowIfNull(user);
        var row = Find(_userRows, _users, user, "user");
        var seen = withSeen ? [] : new HashSet<int>(_seen[_starts[row].._starts[row + 1]]);
        return Best(i => VectorMath.Dot(UserVectors[row], ItemVectors[i]), k, seen);
    }

    /// <summary>The items most similar to an item, by the cosine of their vectors.</summary>
    /// <param name="item">An item's name.</param>
    /// <param name="k">How many, at least 1.</param>
    /// <exception cref="ArgumentException">The item does not exist; the message suggests similar names.</exception>
    public IReadOnlyList<RecommendedItem> Similar(string item, int k = 10)
    {
        ArgumentNullException.ThrowIfNull(item);
        var row = Find(_itemRows, _items, item, "item");
        return Best(i => VectorMath.Cosine(ItemVectors[row], ItemVectors[i]), k, [row]);
    }

    /// <summary>Writes the folder. model.safetensors is written last, so a folder without it is incomplete.</summary>
    /// <param name="folder">The output folder. It is created if it does not exist; existing files of the same names are replaced.</param>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, "config.json"),
            $"{{\n  \"model_type\": \"{ModelType}\",\n  \"hidden_size\": {ItemVectors.Dimensions}\n}}\n");
        File.WriteAllBytes(Path.Combine(folder, "users.json"), JsonSerializer.SerializeToUtf8Bytes(_users, NamesJson.Default.StringArray));
        File.WriteAllBytes(Path.Combine(folder, "items.json"), JsonSerializer.SerializeToUtf8Bytes(_items, NamesJson.Default.StringArray));
        SafeTensorsWriter.Write(Path.Combine(folder, "model.safetensors"),
        [
            new TensorPart(
                "users", DType.F32, [_users.Length, UserVectors.Dimensions], () => MemoryMarshal.AsBytes(UserVectors.AsSpan()).ToArray()),
            new TensorPart(
                "items", DType.F32, [_items.Length, ItemVectors.Dimensions], () => MemoryMarshal.AsBytes(ItemVectors.AsSpan()).ToArray()),
            new TensorPart("seen.starts", DType.I32, [_starts.Length], () => MemoryMarshal.AsBytes(_starts.AsSpan()).ToArray()),
            new TensorPart("seen.items", DType.I32, [_seen.Length], () => MemoryMarshal.AsBytes(_seen.AsSpan()).ToArray()),
        ]);
    }

    /// <summary>Loads a folder that <see cref="Save"/> wrote.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the folder holds another kind of model.</exception>
    public static AlsRecommender Load(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(
                $"{(File.Exists(folder) ? $"{folder} is a file" : $"The folder {folder} does not exist")}: "
                + "give one that \"simile recommend train\" made.");
        }

        var files = ModelFolder.Find(folder);
        using (var config = files.Exists("config.json") ? files.Json("config.json") : throw Other(folder))
        {
            if (JsonFile.Text(config.RootElement, "model_type") != ModelType)
            {
                throw Other(folder);
            }
        }

        var (users, items) = (Names(files, "users.json"), Names(files, "items.json"));
        using var checkpoint = SafeTensors.Open(files.File("model.safetensors"));
        var (userVectors, itemVectors) =
            (Vectors(checkpoint, "users", users.Length, folder), Vectors(checkpoint, "items", items.Length, folder));
        var (starts, seen) = (Numbers(checkpoint, "seen.starts", folder), Numbers(checkpoint, "seen.items", folder));
        var fits = userVectors.Dimensions == itemVectors.Dimensions
            && starts.Length == users.Length + 1 && starts[0] == 0 && starts[^1] == seen.Length
            && starts.Zip(starts.Skip(1)).All(pair => pair.First <= pair.Second) && seen.All(item => item >= 0 && item < items.Length);
        return fits ? new AlsRecommender(users, userVectors, items, itemVectors, starts, seen) : throw Damaged(folder);
    }

    private static Dictionary<string, int> Rows(string[] names)
    {
        var rows = new Dictionary<string, int>(names.Length, StringComparer.Ordinal);
        for (var row = 0; row < names.Length; row++)
        {
            rows.TryAdd(names[row], row);
        }

        return rows;
    }

    private static int Find(Dictionary<string, int> rows, string[] names, string name, string what)
    {
        if (rows.TryGetValue(name, out var row))
        {
            return row;
        }

        var near = NearNames.Find(name, names, 3);
        throw new ArgumentException(
            $"There is no {what} \"{Quoted.Of(name)}\" "
            + $"among {names.Length:N0}{(near.Length > 0 ? $"; similar names: {string.Join(", ", near)}" : string.Empty)}.");
    }

    private RecommendedItem[] Best(Func<int, float> score, int k, HashSet<int> without)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return
        [
            .. Enumerable.Range(0, _items.Length).Where(item => !without.Contains(item))
                .Select(item => (item, score: score(item)))
                .OrderByDescending(entry => entry.score)
                .ThenBy(entry => entry.item)
                .Take(k)
                .Select(entry => new RecommendedItem(_items[entry.item], entry.score)),
        ];
    }

    private static string[] Names(ModelFolder files, string name)
    {
        using var json = files.Json(name);
        return json.RootElement.ValueKind == JsonValueKind.Array
            && json.RootElement.EnumerateArray().All(entry => entry.ValueKind == JsonValueKind.String)
            ? [.. json.RootElement.EnumerateArray().Select(entry => entry.GetString()!)]
            : throw Damaged(files.Path);
    }

    private static VectorMatrix Vectors(Checkpoint checkpoint, string name, int rows, string folder)
    {
        if (checkpoint.Find(name) is not { Shape: [var count, > 0 and <= 65536 and var dimensions] } tensor
            || count != rows || tensor.ToFloats().ToArray() is not { } numbers || !Finite.All(numbers))
        {
            throw Damaged(folder);
        }

        return new VectorMatrix(numbers, (int)dimensions);
    }

    private static int[] Numbers(Checkpoint checkpoint, string name, string folder) =>
        checkpoint.Find(name) is { Type: DType.I32, Shape.Length: 1 } tensor
            ? MemoryMarshal.Cast<byte, int>(tensor.Bytes.Span).ToArray()
            : throw Damaged(folder);

    private static InvalidDataException Other(string folder) =>
        new($"{folder} holds no vectors of users and items: make it with \"simile recommend train\".");

    private static InvalidDataException Damaged(string folder) =>
        new($"The files of {folder} do not match: the folder is damaged. Make it again.");
}

/// <summary>Names as JSON, without reflection.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(string[]))]
internal sealed partial class NamesJson : System.Text.Json.Serialization.JsonSerializerContext;
