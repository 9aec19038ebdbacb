using System.CommandLine;
using Simile.Models;

namespace Simile.Cli;

/// <summary>simile search QUERY --store DIR: searches what index has kept, by words, a picture or a sound.</summary>
internal static class SearchVerb
{
    private sealed record Options(string? Query, string? Image, string? Audio, string Store, MediaKind[] Kinds, int Top, string? Model, PictureResize? Resize, bool Json);

    public static Command Create(Job job)
    {
        var query = CommonOptions.Query();
        query.Arity = ArgumentArity.ZeroOrOne;
        var image = new Option<string?>("--image") { Description = "Look for what is like this picture.", HelpName = "FILE" };
        var audio = new Option<string?>("--audio") { Description = "Look for what is like this sound.", HelpName = "FILE" };
        var store = CommonOptions.Store();
        var kinds = CommonOptions.Kinds();
        var top = CommonOptions.Top();
        var model = new Option<string?>("--model", "-m") { Description = "The store's model, where it has moved.", HelpName = "FOLDER" };
        var resize = CommonOptions.Resize();
        var json = CommonOptions.Json("Print {\"path\",\"kind\",\"line\",\"score\",\"text\"} a line, best first.");
        var verb = new Verb(
            "search",
            "Searches a store that 'simile index' made, by words, a picture or a sound.",
            "simile search 'which bird cannot fly' --store notes.simile",
            "simile search 'invoices of last spring' --store mail.simile --top 20 --json",
            "simile search --image cat.jpg --kind image")
        { query, image, audio, store, kinds, top, model, resize, json };
        verb.Check(result => new[] { result.GetValue(query), result.GetValue(image), result.GetValue(audio) }.Count(value => value is not null) == 1
            ? null
            : "search takes one thing to look for: a QUERY, --image or --audio.");
        verb.SetAction(parsed => Run(
            new Options(
                parsed.GetValue(query), parsed.GetValue(image), parsed.GetValue(audio), parsed.GetValue(store)!, parsed.GetValue(kinds)!, parsed.GetValue(top), parsed.GetValue(model), parsed.GetValue(resize), parsed.GetValue(json)),
            job));
        return verb;
    }

    private static int Run(Options options, Job job)
    {
        using var corpus = Corpus.Open(options.Store, Model(options), new CorpusOptions { Access = CorpusAccess.ReadOnly, PreloadTexts = options.Query is not null });
        if (corpus.ModelName is null)
        {
            throw new InvalidDataException($"The store {options.Store} is empty; 'simile index PATH --store {options.Store}' fills it.");
        }

        if (options.Kinds.Length > 0 && options.Kinds.Sum(kind => Job.Wait(corpus.CountAsync(kind, job.Stop))) == 0)
        {
            throw new InvalidDataException($"The store {options.Store} holds no {SyncOutput.Sought(options.Kinds)}.");
        }

        var search = new SearchOptions { Top = options.Top, Kinds = options.Kinds is [] ? null : options.Kinds };
        var hits = Job.Wait(corpus.SearchAsync(Query(options), search, job.Stop));
        HitPrinter.Print([.. hits.Select(hit => new FoundItem(hit.Item.Path, hit))], options.Json, job.Terminal);
        return ExitCode.Done;
    }

    // The store knows how its pictures were resized; a model that has moved is named with that resize again.
    private static string? Model(Options options) => options.Model is { } model ? ModelInput.Resized(model, options.Resize)
        : options.Resize is null ? null : throw new ArgumentException("--resize goes with --model: without, pictures are resized as when the store was made.");

    private static CorpusQuery Query(Options options) =>
        options.Query is { } query ? CorpusQuery.Text(query)
        : options.Image is { } image ? CorpusQuery.Image(image)
        : CorpusQuery.Sound(options.Audio!);
}
