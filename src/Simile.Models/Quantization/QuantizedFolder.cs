using System.Text.Json;
using System.Text.Json.Nodes;

namespace Simile.Models;

/// <summary>
/// The folder of a quantized model: all files of the original except its weights, and a config.json that describes the quantization.
/// </summary>
internal static class QuantizedFolder
{
    private static readonly string[] Weights =
    [
        ".safetensors", ".bin", ".pt", ".pth", ".onnx", ".onnx_data", ".h5", ".msgpack", ".ot", ".gguf", ".tflite", ".index.json",
    ];
    private static readonly string[] ReadyNetworks = ["onnx", "openvino", "coreml"];

    /// <summary>Copies the files and returns the folder for the weights.</summary>
    /// <param name="whole">The model's folder.</param>
    /// <param name="network">The folder of its network, inside it or the same.</param>
    /// <param name="folder">The folder to write.</param>
    /// <param name="kept">The matrices that are not quantized.</param>
    public static string Begin(ModelFolder whole, ModelFolder network, string folder, IEnumerable<string> kept)
    {
        var (source, target) = (Full(whole.Path), Full(folder));
        if (source == target)
        {
            throw new ArgumentException($"{folder} is the model itself: use another folder.", nameof(folder));
        }

        var weights = Path.Combine(target, Path.GetRelativePath(source, Full(network.Path)));
        Directory.CreateDirectory(weights);
        File.Delete(Path.Combine(weights, "model.safetensors"));
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories)
            .Where(file => IsKept(file, Full(network.Path)) && !Inside(file, target))
            .ToArray())
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            CopyContents(file, copy);
        }

        WriteConfig(network.File("config.json"), Path.Combine(weights, "config.json"), kept);
        return Path.GetFullPath(weights);
    }

    private static string Full(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static bool Inside(string file, string folder) =>
        file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // Weights of modules after the network (Dense) are in their own folders.
    private static bool IsKept(string file, string network)
    {
        var folder = Path.GetDirectoryName(file)!;
        var isNetwork = folder == network || ReadyNetworks.Any(name => folder == Path.Combine(network, name));
        return !(isNetwork && Array.Exists(Weights, end => file.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
            && !folder.Split(Path.DirectorySeparatorChar).Contains(".git");
    }

    // Copies the content: a file in the hub's cache is a link and may be read-only.
    private static void CopyContents(string file, string copy)
    {
        File.Delete(copy);
        using var source = File.OpenRead(file);
        using var target = File.Create(copy);
        source.CopyTo(target);
    }

    private static void WriteConfig(string source, string target, IEnumerable<string> kept)
    {
        var config = JsonNode.Parse(File.ReadAllBytes(source)) as JsonObject
            ?? throw new InvalidDataException($"{source} is not a JSON object.");
        config["quantization_config"] = JsonNode.Parse(
            """
            {
              "quant_method": "compressed-tensors",
              "format": "int-quantized",
              "quantization_status": "compressed",
              "config_groups": {
                "group_0": {
                  "targets": ["Linear"],
                  "weights": { "num_bits": 8, "type": "int", "symmetric": true, "strategy": "channel", "dynamic": false },
                  "input_activations": { "num_bits": 8, "type": "int", "symmetric": true, "strategy": "token", "dynamic": true }
                }
              }
            }
            """);
        const string Suffix = ".weight";
        config["quantization_config"]!["ignore"] = new JsonArray([.. kept.Where(name => name.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(name => JsonValue.Create(name[..^Suffix.Length]))]);
        using var stream = File.Create(target);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        config.WriteTo(json);
    }
}
