using System.CommandLine;
using Simile.Models;

namespace Simile.Cli;

/// <summary>simile find QUERY PATH…: embeds what is new below the paths, then searches it.</summary>
internal static class FindVerb
{
    private sealed record Options(string Query, string[] Paths, int Top, string Model, bool NoCache, bool Json);

    public static Command Create(Job job)
    {
        var query = CommonOptions.Query();
        var paths = new Argument<string[]>("PATH") { Description = "Files and folders to look in.", Arity = ArgumentArity.OneOrMore };
        var top = CommonOptions.Top();
        var model = CommonOptions.Model();
        var noCache = new Option<bool>("--no-cache") { Description = "Keep no vectors for the next time." };
        var json = CommonOptions.Json("Print {\"path\",\"line\",\"score\",\"text\"} a line, best first.");
        var verb = new Verb(
            "find",
            "Finds the passages of files that answer a question. Vectors are kept, so the next question is quick.",
            "simile find 'which bird cannot fly' samples/",
            "simile find '哪种鸟不会飞' samples/ --top 1",
            "simile find 'how are errors handled' src/ --json | head -3")
        { query, paths, top, model, noCache, json };
        verb.SetAction(parsed => Run(
            new Options(
                parsed.GetValue(query)!,
                parsed.GetValue(paths)!,
                parsed.GetValue(top),
                parsed.GetValue(model)!,
                parsed.GetValue(noCache),
                parsed.GetValue(json)),
            job));
        return verb;
    }

    private static int Run(Options options, Job job)
    {
        var paths = new GivenPaths(options.Paths);
        var loading = Task.Run(() => ModelInput.Load(options.Model), CancellationToken.None);
        using var store = options.NoCache ? Store.OpenTemporary() : FindCache.Open(paths, options.Model, job.Terminal);
        using var embedder = loading.GetAwaiter().GetResult();
        try
        {
            Answer(store, embedder, paths, options, job);
        }
        catch (Exception e) when (store.Folder is not null && IsOfTheCache(e))
        {
            FindCache.Discard(store, e);
            using var memory = FindCache.InMemory(e, job.Terminal);
            Answer(memory, embedder, paths, options, job);
        }

        return ExitCode.Done;
    }

    private static bool IsOfTheCache(Exception e) =>
        e is InvalidDataException || (e is IOException io and not FileNotFoundException && !StandardOutput.IsClosedByReader(io));

    private static void Answer(Store store, TextEmbedder embedder, GivenPaths paths, Options options, Job job)
    {
        StoreUpdate.Run(store, embedder, paths, job);
        HitPrinter.Print(StoreSearch.Run(store, embedder, options.Query, options.Top, paths.Name), options.Json, job.Terminal);
    }
}
