using System.CommandLine;
using Simile.Models;

namespace Simile.Cli;

/// <summary>simile search QUERY --store DIR: searches what index has kept.</summary>
internal static class SearchVerb
{
    private sealed record Options(string Query, string Store, int Top, string? Model, bool Json);

    public static Command Create(Job job)
    {
        var query = CommonOptions.Query();
        var store = CommonOptions.Store();
        var top = CommonOptions.Top();
        var model = new Option<string?>("--model", "-m") { Description = "The store's model, where it has moved.", HelpName = "FOLDER" };
        var json = CommonOptions.Json("Print {\"path\",\"line\",\"score\",\"text\"} a line, best first.");
        var verb = new Verb(
            "search",
            "Searches a store that 'simile index' made.",
            "simile search 'which bird cannot fly' --store notes.simile",
            "simile search 'invoices of last spring' --store mail.simile --top 20 --json")
        { query, store, top, model, json };
        verb.SetAction(parsed => Run(
            new Options(parsed.GetValue(query)!, parsed.GetValue(store)!, parsed.GetValue(top), parsed.GetValue(model), parsed.GetValue(json)),
            job));
        return verb;
    }

    private static int Run(Options options, Job job)
    {
        using var store = Store.Open(options.Store, StoreAccess.ReadOnly);
        using var embedder = LoadModel(store, options);
        HitPrinter.Print(StoreSearch.Run(store, embedder, options.Query, options.Top, path => path), options.Json, job.Terminal);
        return ExitCode.Done;
    }

    /// <summary>The model that made the vectors, from where it was then or from where --model says it is now.</summary>
    private static TextEmbedder LoadModel(Store store, Options options)
    {
        if (store.Model is not { } made)
        {
            throw new InvalidDataException($"The store {options.Store} is empty; 'simile index PATH --store {options.Store}' fills it.");
        }

        var model = options.Model ?? made.Name;
        if (model != TextEmbedder.BuiltIn && options.Model is null && !Directory.Exists(made.Name))
        {
            throw new DirectoryNotFoundException($"The store {options.Store} was made with the model {made.Name}, which is not there any more; say with --model where it is.");
        }

        if (ModelInput.Fingerprint(model) != made.Settings)
        {
            throw new InvalidDataException($"The store {options.Store} was made with the model {made.Name}, and {model} is another; leave --model away, or index into a new store.");
        }

        return ModelInput.Load(model);
    }
}
