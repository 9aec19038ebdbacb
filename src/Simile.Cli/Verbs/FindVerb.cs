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
        var json = CommonOptions.Json("Print {\"path\",\"kind\",\"line\",\"score\",\"text\"} a line, best first.");
        var verb = new Verb(
            "find",
            "Finds what answers a question: passages of texts, and pictures and sounds where the model knows them. Vectors are kept, so the next question is quick.",
            "simile find 'which bird cannot fly' samples/",
            "simile find '哪种鸟不会飞' samples/ --top 1",
            "simile find 'how are errors handled' src/ --json | head -3",
            "simile find 'a man riding a horse' photos/ --model ./clip-vit-base-patch32")
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
        using var loading = new LoadingModel(options.Model); // a question is a text: that network is needed in any case
        using var store = options.NoCache ? Store.OpenTemporary() : FindCache.Open(paths, options.Model, job.Terminal);
        var model = loading.Model;
        try
        {
            Answer(store, model, paths, options, job);
        }
        catch (Exception e) when (store.Folder is not null && IsOfTheCache(e))
        {
            FindCache.Discard(store, e);
            using var memory = FindCache.InMemory(e, job.Terminal);
            Answer(memory, model, paths, options, job);
        }

        return ExitCode.Done;
    }

    private static bool IsOfTheCache(Exception e) =>
        e is InvalidDataException || (e is IOException io and not FileNotFoundException && !StandardOutput.IsClosedByReader(io));

    private static void Answer(Store store, JointModel model, GivenPaths paths, Options options, Job job)
    {
        StoreUpdate.Run(store, model, paths, job);
        HitPrinter.Print(StoreSearch.Run(store, model, options.Query, options.Top, paths.Name), options.Json, job.Terminal);
    }
}
