using System.Text.Json;
using Simile.Models;
using Simile.Models.Checkpoints;

namespace Golden;

/// <summary>A case of golden/architectures that is a StaticEmbedding of sentence-transformers.</summary>
internal static class StaticCase
{
    public static bool Is(string folder) => ModelFolder.Find(folder).Kind == ModelKind.Static;

    public static void Check(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "case.json")));
        var tolerance = document.RootElement.GetProperty("tolerance").GetDouble();
        var texts = JsonSerializer.Deserialize<string[]>(File.ReadAllBytes(Path.Combine(folder, "sentences.json")))!;
        using var golden = SafeTensors.Open(Path.Combine(folder, "io.safetensors"));
        using var model = StaticEncoder.Load(folder);
        var expected = golden.Find("output.sentence_embeddings")!.ToFloats().ToArray();
        var vector = new float[model.Dimensions];
        for (var text = 0; text < texts.Length; text++)
        {
            model.Encode(texts[text], vector);
            for (var i = 0; i < vector.Length; i++)
            {
                Assert.Equal(expected[(text * vector.Length) + i], vector[i], tolerance);
            }
        }
    }
}
