// Embeds a text, a picture and a sound, then searches a folder: console PICTURE SOUND FOLDER
using Simile;
using Simile.Audio;
using Simile.Index;
using Simile.Models;
using Simile.Numerics;

using var model = MultimodalModel.Load();
Print("text", model.Texts.Embed("a small cat"));
Print("picture", model.EmbedImages([args[0]]).Vectors[0]);
Print("sound", model.EmbedSounds([Waveform.Load(args[1])])[0]);

await using var corpus = Corpus.OpenTemporary();
await corpus.SyncAsync([args[2]]);
foreach (var query in new[] { "which bird cannot fly", "where is the moon", "how is bread baked" })
{
    var hits = await corpus.SearchAsync(query, new SearchOptions { Top = 1 });
    var passage = (PassageItem)hits[0].Item;
    Console.WriteLine($"found {Path.GetFileName(passage.Path)}:{passage.Line}");
}

using var index = new HnswIndex(Metric.Cosine, model.Dimensions);
index.Add(model.Texts.Embed(["a dog", "a car", "a kitten"]));
Console.WriteLine($"nearest {index.Search(model.Texts.Embed("a small cat"), k: 1)[0].Id}");

static void Print(string name, ReadOnlySpan<float> vector) =>
    Console.WriteLine(string.Join(
        ' ', vector.ToArray().Select(number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)).Prepend(name)));
