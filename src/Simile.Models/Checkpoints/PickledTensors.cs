namespace Simile.Models.Checkpoints;

/// <summary>Finds a network's tensors in a training's output: a dictionary of tensors, nested dictionaries, or a whole module.</summary>
internal static class PickledTensors
{
    private const int Deepest = 64;
    private const int MostNames = 12;

    // The usual names of the weights, most likely first: the network itself before its moving average, the teacher before the student.
    private static readonly string[] Wrappers =
    [
        "state_dict", "model_state_dict", "model_state", "model", "module", "net", "network",
        "net_state_dict", "weights", "params", "generator", "backbone", "encoder",
        "state_dict_ema", "model_ema", "ema_state_dict", "ema_model", "ema", "params_ema", "g_ema", "teacher", "student",
    ];

    // Containers of tensors that are not weights.
    private static readonly string[] Others =
    [
        "optim", "sched", "scaler", "loss", "rng", "callback", "hyper", "queue", "history", "config", "args", "amp",
    ];

    /// <summary>The tensors with their names.</summary>
    /// <exception cref="InvalidDataException">There are no tensors. The message lists the content.</exception>
    public static IReadOnlyList<(string Name, PickleTensor Tensor)> Find(object? root)
    {
        var found = Search(root, 4);
        return found.Count > 0 ? found : throw new InvalidDataException($"it holds no tensors of a network, but {Seen(root)}");
    }

    /// <summary>Describes the content of a file for messages.</summary>
    public static string Seen(object? root)
    {
        var items = Items(root);
        if (items is null)
        {
            return Word(root);
        }

        var names = items.Take(MostNames).Select(item => $"{Shown(item.Key)} ({Word(item.Value)})");
        return items.Count == 0
            ? "an empty dictionary"
            : string.Join(", ", names) + (items.Count > MostNames ? $" and {items.Count - MostNames} more" : string.Empty);
    }

    private static List<(string Name, PickleTensor Tensor)> Search(object? value, int depth)
    {
        if (value is List<object?> or object?[])
        {
            // In a tuple, the network's weights come first.
            return ((IList<object?>)value).Take(8).Select(item => depth > 0 ? Search(item, depth - 1) : [])
                .FirstOrDefault(found => found.Count > 0)
                ?? [];
        }

        if (Items(value) is not { } items || depth == 0)
        {
            return Module(value);
        }

        foreach (var name in Wrappers)
        {
            if (items.TryGetValue(name, out var inner) && inner is not PickleTensor && Search(inner, depth - 1) is { Count: > 0 } found)
            {
                return found;
            }
        }

        var own = items.Where(item => item.Value is PickleTensor).Select(item => (item.Key, (PickleTensor)item.Value!)).ToList();
        return own.Count > 0 ? own : Largest(items, depth);
    }

    // Of several dictionaries with unexpected names, the one with the most tensors wins.
    private static List<(string Name, PickleTensor Tensor)> Largest(Dictionary<string, object?> items, int depth) => items
        .Where(item => !Array.Exists(Others, other => item.Key.Contains(other, StringComparison.OrdinalIgnoreCase))
            && item.Value is Dictionary<string, object?> or PickleObject)
        .Take(64)
        .Select(item => Search(item.Value, depth - 1))
        .MaxBy(found => found.Count) ?? [];

    private static Dictionary<string, object?>? Items(object? value) => value switch
    {
        Dictionary<string, object?> dictionary => dictionary,
        PickleObject { Items.Count: > 0 } item => item.Items,
        PickleObject { Arguments: [Dictionary<string, object?> dictionary] } => dictionary, // Counter and its like
        _ => null,
    };

    // For a network saved as a whole, its parts are in its state.
    private static List<(string Name, PickleTensor Tensor)> Module(object? value)
    {
        var found = new List<(string, PickleTensor)>();
        Walk(value, string.Empty, [], found);
        return found;
    }

    private static void Walk(object? value, string prefix, HashSet<object> above, List<(string Name, PickleTensor Tensor)> found)
    {
        if (value is not PickleObject { State: Dictionary<string, object?> state } item || above.Count >= Deepest || !above.Add(item))
        {
            return;
        }

        var isScript = item.Type.StartsWith("__torch__", StringComparison.Ordinal);
        foreach (var part in isScript
            ? [state]
            : ((string[])["_parameters", "_buffers", "_modules"]).Select(name => Items(state.GetValueOrDefault(name)))
                .OfType<Dictionary<string, object?>>())
        {
            foreach (var (name, inner) in part)
            {
                if (inner is PickleTensor tensor)
                {
                    found.Add((prefix + name, tensor));
                }
                else
                {
                    Walk(inner, $"{prefix}{name}.", above, found);
                }
            }
        }

        above.Remove(item);
    }

    private static string Word(object? value) => value switch
    {
        null => "nothing",
        PickleTensor tensor =>
            $"a tensor of {tensor.Storage.Kind.Replace("Storage", string.Empty, StringComparison.Ordinal)} "
            + $"[{string.Join(", ", tensor.Shape)}]",
        Dictionary<string, object?> => "a dictionary",
        List<object?> or object?[] => "a list",
        string => "a text",
        bool => "a switch",
        long or double or System.Numerics.BigInteger => "a number",
        byte[] => "bytes",
        PickleGlobal global => Shown(global.ToString()),
        PickleObject item => Shown(item.Type),
        _ => value.GetType().Name,
    };

    // Names come from the file: control characters must not reach the terminal.
    private static string Shown(string name)
    {
        var clean = new string([.. name.Take(60).Select(c => char.IsControl(c) ? '?' : c)]);
        return name.Length > 60 ? clean + "…" : clean;
    }
}
