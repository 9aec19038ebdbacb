using System.CommandLine;
using Simile.Models;

namespace Simile.Cli;

/// <summary>simile search QUERY --store DIR: searches a store by words, a picture or a sound.</summary>
internal static class SearchVerb
{
    private sealed record Options(
        string? Query,
        string? Image,
        string? Audio,
        string Store,
        MediaKind[] Kinds,
        SearchMode Mode,
        int Top,
        string? Model,
        PictureResize? Resize,
        bool Json);

    public static Command Create(Job job)
    {
        var query = CommonOptions.Query();
        query.Arity = ArgumentArity.ZeroOrOne;
        var image = new Option<string?>("--image") { Description = "Search for items like this picture.", HelpName = "FILE" };
        var audio = new Option<string?>("--audio") { Description = "Search for items like this sound.", HelpName = "FILE" };
        var store = CommonOptions.Store();
        var kinds = CommonOptions.Kinds();
        var mode = CommonOptions.Mode();
        var top = CommonOptions.Top();
        var model = new Option<string?>("--model", "-m") { Description = "The store's model, if it was moved.", HelpName = "FOLDER" };
        var resize = CommonOptions.Resize();
        var json = CommonOptions.Json("Print {\"path\",\"kind\",\"line\",\"score\",\"text\"} per line, best first.");
        var verb = new Verb(
            "search",
            "Searches a store made by 'simile index', by words, a picture or a sound.",
            "simile search 'which bird cannot fly' --store notes.simile",
            "simile search 'invoices of last spring' --store mail.simile --top 20 --json",
            "simile search --image cat.jpg --kind image")
        { query, image, audio, store, kinds, mode, top, model, resize, json };
        verb.Check(result =>
            new[] { result.GetValue(query), result.GetValue(image), result.GetValue(audio) }.Count(value => value is not null) == 1
                ? null
                : "search takes one query: a QUERY, --image or --audio.");
        verb.SetAction(parsed => Run(
            new Options(
                parsed.GetValue(query),
                parsed.GetValue(image),
                parsed.GetValue(audio),
                parsed.GetValue(store)!,
                parsed.GetValue(kinds)!,
                parsed.GetValue(mode),
                parsed.GetValue(top),
                parsed.GetValue(model),
                parsed.GetValue(resize),
                parsed.GetValue(json)),
            job));
        return verb;
    }

    private static int Run(Options options, Job job)
    {
        using var corpus = Corpus.Open(
            options.Store, Model(options), new CorpusOptions { Access = CorpusAccess.ReadOnly, PreloadTexts = options.Query is not null });
        if (corpus.ModelName is null)
        {
            throw new InvalidDataException(
                $"The store {options.Store} is empty: fill it with 'simile index PATH --store {options.Store}'.");
        }

        if (options.Kinds.Length > 0 && options.Kinds.Sum(kind => Job.Wait(corpus.CountAsync(kind, job.Stop))) == 0)
        {
            throw new InvalidDataException($"The store {options.Store} holds no {SyncOutput.Sought(options.Kinds)}.");
        }

        var search = new SearchOptions { Top = options.Top, Mode = options.Mode, Kinds = options.Kinds is [] ? null : options.Kinds };
        var hits = Job.Wait(corpus.SearchAsync(Query(options), search, job.Stop));
        HitPrinter.Print([.. hits.Select(hit => new FoundItem(hit.Item.Path, hit))], options.Json, job.Terminal);
        return ExitCode.Done;
    }

    // The store records the resize of its pictures. It is added to the name of a moved model.
    private static string? Model(Options options) => options.Model is { } model ? ModelInput.Resized(model, options.Resize)
        : options.Resize is null ? null
        : throw new ArgumentException("--resize needs --model: without it, pictures are resized as in the store.");

    private static CorpusQuery Query(Options options) =>
        options.Query is { } query ? CorpusQuery.Text(query)
        : options.Image is { } image ? CorpusQuery.Image(image)
        : CorpusQuery.Sound(options.Audio!);
}
