using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using Simile.Testing;

namespace Simile.Server.Tests;

/// <summary>
/// Makes a classifier of two labels from the small cross-encoder of the assets: the second label is the negative of the first.
/// </summary>
internal static class SmallClassifier
{
    public static string Make(string folder)
    {
        var source = Assets.Require("golden/architectures/ce_bert");
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(source, "tokenizer.json"), Path.Combine(folder, "tokenizer.json"));
        File.Copy(Path.Combine(source, "tokenizer_config.json"), Path.Combine(folder, "tokenizer_config.json"));
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(source, "config.json")))!;
        config["id2label"] = new JsonObject { ["0"] = "good", ["1"] = "bad" };
        File.WriteAllText(Path.Combine(folder, "config.json"), config.ToJsonString());
        WriteWeights(File.ReadAllBytes(Path.Combine(source, "model.safetensors")), Path.Combine(folder, "model.safetensors"));
        return folder;
    }

    // A safetensors file: the length of its header, the header in JSON, the numbers.
    private static void WriteWeights(byte[] file, string path)
    {
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        var header = JsonNode.Parse(file.AsSpan(8, length))!.AsObject();
        using var data = new MemoryStream();
        data.Write(file.AsSpan(8 + length));
        foreach (var name in new[] { "classifier.weight", "classifier.bias" })
        {
            var tensor = header[name]!;
            var (from, to) = (tensor["data_offsets"]![0]!.GetValue<int>(), tensor["data_offsets"]![1]!.GetValue<int>());
            var values = file.AsSpan(8 + length + from, to - from).ToArray();
            var start = (int)data.Length;
            data.Write(values);
            for (var i = 3; i < values.Length; i += 4)
            {
                values[i] ^= 0x80;
            }

            data.Write(values);
            tensor["shape"]![0] = 2;
            tensor["data_offsets"] = new JsonArray(start, (int)data.Length);
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        var size = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(size, json.Length);
        File.WriteAllBytes(path, [.. size, .. json, .. data.ToArray()]);
    }
}
