// Embeds a text, a picture and a sound, then searches a folder: console PICTURE SOUND FOLDER
using Simile;
using Simile.Audio;
using Simile.Index;
using Simile.Indexing;
using Simile.Models;
using Simile.Numerics;

using var model = JointModel.Load();
Print("text", model.Texts.Embed("a small cat"));
Print("picture", model.EmbedImages([args[0]], out _)[0]);
Print("sound", model.EmbedSounds([Waveform.Load(args[1])])[0]);

string[] queries = ["which bird cannot fly", "where is the moon", "how is bread baked"];
using var store = Store.OpenTemporary();
new FolderIndexer(store, model.Texts, model.Texts.Tokenizer).Index([args[2]]);
foreach (var query in queries)
{
    var hit = store.Search(model.Texts.Embed(query), top: 1)[0];
    Console.WriteLine($"found {Path.GetFileName(hit.Path)}:{hit.Line}");
}

using var index = new HnswIndex(Metric.Cosine, model.Dimensions);
index.Add(model.Texts.Embed(["a dog", "a car", "a kitten"]));
Console.WriteLine($"nearest {index.Search(model.Texts.Embed("a small cat"), k: 1)[0].Id}");

static void Print(string name, ReadOnlySpan<float> vector) =>
    Console.WriteLine($"{name} {string.Join(' ', vector.ToArray().Select(number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}");
