using System.CommandLine;
using Simile.Models;

namespace Simile.Cli;

/// <summary>simile search QUERY --store DIR: searches what index has kept, by words, a picture or a sound.</summary>
internal static class SearchVerb
{
    private sealed record Options(string? Query, string? Image, string? Audio, string Store, int Top, string? Model, bool Json);

    public static Command Create(Job job)
    {
        var query = CommonOptions.Query();
        query.Arity = ArgumentArity.ZeroOrOne;
        var image = new Option<string?>("--image") { Description = "Look for what is like this picture.", HelpName = "FILE" };
        var audio = new Option<string?>("--audio") { Description = "Look for what is like this sound.", HelpName = "FILE" };
        var store = CommonOptions.Store();
        var top = CommonOptions.Top();
        var model = new Option<string?>("--model", "-m") { Description = "The store's model, where it has moved.", HelpName = "FOLDER" };
        var json = CommonOptions.Json("Print {\"path\",\"kind\",\"line\",\"score\",\"text\"} a line, best first.");
        var verb = new Verb(
            "search",
            "Searches a store that 'simile index' made, by words, a picture or a sound.",
            "simile search 'which bird cannot fly' --store notes.simile",
            "simile search 'invoices of last spring' --store mail.simile --top 20 --json",
            "simile search --image cat.jpg")
        { query, image, audio, store, top, model, json };
        verb.Validators.Add(result =>
        {
            string?[] given = [result.GetValue(query), result.GetValue(image), result.GetValue(audio)];
            if (given.Count(value => value is not null) != 1)
            {
                result.AddError("search takes one thing to look for: a QUERY, --image or --audio.");
            }
        });
        verb.SetAction(parsed => Run(
            new Options(
                parsed.GetValue(query), parsed.GetValue(image), parsed.GetValue(audio), parsed.GetValue(store)!, parsed.GetValue(top), parsed.GetValue(model), parsed.GetValue(json)),
            job));
        return verb;
    }

    private static int Run(Options options, Job job)
    {
        using var store = Store.Open(options.Store, StoreAccess.ReadOnly);
        using var model = LoadModel(store, options);
        HitPrinter.Print(Search(store, model, options, job), options.Json, job.Terminal);
        return ExitCode.Done;
    }

    private static FoundItem[] Search(Store store, JointModel model, Options options, Job job)
    {
        if (options.Query is { } query)
        {
            return StoreSearch.Run(store, model, query, options.Top, path => path);
        }

        var (kind, file) = options.Image is { } image ? (MediaKind.Image, image) : (MediaKind.Sound, options.Audio!);
        return StoreSearch.Run(store, model, MediaFile.Embed(model, kind, file, job.Stop), kind, options.Top, path => path);
    }

    /// <summary>The model that made the vectors, from where it was then or from where --model says it is now.</summary>
    private static JointModel LoadModel(Store store, Options options)
    {
        if (store.Model is not { } made)
        {
            throw new InvalidDataException($"The store {options.Store} is empty; 'simile index PATH --store {options.Store}' fills it.");
        }

        var model = options.Model ?? made.Name;
        if (model != TextEmbedder.BuiltIn && options.Model is null && !Path.Exists(made.Name))
        {
            throw new DirectoryNotFoundException($"The store {options.Store} was made with the model {made.Name}, which is not there any more; say with --model where it is.");
        }

        if (ModelInput.Fingerprint(model) != made.Settings)
        {
            throw new InvalidDataException($"The store {options.Store} was made with the model {made.Name}, and {model} is another; leave --model away, or index into a new store.");
        }

        return ModelInput.LoadAny(model);
    }
}
