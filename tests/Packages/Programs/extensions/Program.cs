// Each extension point, implemented by a user of the packages: extensions PICTURE SOUND FOLDER
using Extensions;
using Simile;
using Simile.Models;
using Simile.Sync;

File.WriteAllText(Path.Combine(args[2], "sea.gls"), "GLOSSARY\nhalyard\ta rope that hoists a sail\nbilge\tthe lowest part inside a hull\n");
File.WriteAllText(Path.Combine(args[2], "bad.gls"), "GLOSSARY\nno meaning\n");
var damaged = Path.Combine(args[2], "damaged.png");
File.WriteAllText(damaged, "no picture");
var options = new CorpusOptions { Sync = new SyncOptions { Readers = [new GlossaryReader()] } };
var store = Path.Combine(args[2], "..", "extensions.simile");

await using (var corpus = Corpus.Open(store, new SpellingModel(), options))
{
    var report = await corpus.SyncAsync([args[0], args[1], args[2]]);
    Console.WriteLine($"added {report.Added}, pictures {report.Images}, parts of sounds {report.Sounds}");
    foreach (var skipped in report.Skipped)
    {
        Console.WriteLine($"skipped {Path.GetFileName(skipped.Path)}");
    }

    await Show(corpus, "the rope hoisting a sail", MediaKind.Text);
    await Show(corpus, "a blue thing", MediaKind.Image);
    await Show(corpus, "a high tone", MediaKind.Sound);
}

// The store knows its model: it opens with the same one, and with no other.
await using (var corpus = Corpus.Open(store, new SpellingModel(), options))
{
    Console.WriteLine($"unchanged {(await corpus.SyncAsync([args[0], args[1], args[2]])).Unchanged}");
}

using var spelling = new Spelling();
var generator = CorpusModel.Create(spelling, Spelling.CountWords);
try
{
    Corpus.Open(store, generator, options).Dispose();
}
catch (InvalidDataException e)
{
    Console.WriteLine($"refused {e.Message.Contains("spelling") && e.Message.Contains("trigrams")}");
}

await using (var corpus = Corpus.OpenTemporary(generator, options))
{
    await corpus.SyncAsync([args[2]]);
    await Show(corpus, "hulls and their lowest parts", MediaKind.Text);
}

using var colors = new Colors();
await using (var corpus = Corpus.OpenTemporary(CorpusModel.Create(colors), options))
{
    await corpus.SyncAsync([args[0], damaged]);
    Console.WriteLine($"like itself {(await corpus.SearchAsync(CorpusQuery.Image(args[0])))[0].Cosine:0.000}");
}

static async Task Show(Corpus corpus, string query, MediaKind kind)
{
    var item = (await corpus.SearchAsync(query, new SearchOptions { Top = 1, Kinds = [kind] }))[0].Item;
    var where = item is PassageItem { Place: { } place } ? $"{place.Kind} {place.Name}"
        : item is SoundItem sound ? $"from second {sound.From.TotalSeconds}"
        : "";
    Console.WriteLine($"found {Path.GetFileName(item.Path)} {where}".TrimEnd());
}
