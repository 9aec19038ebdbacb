using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Simile.Models;
using Simile.Sync;

namespace Simile.Cli;

/// <summary>simile index PATH… --store DIR: updates a store from files and folders.</summary>
internal static class IndexVerb
{
    private sealed record Options(string[] Paths, string Store, string? Model, SyncOptions Reading, bool Json);

    public static Command Create(Job job)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files and folders.", Arity = ArgumentArity.OneOrMore };
        var store = CommonOptions.Store();
        var model = new Option<string?>("--model", "-m")
        {
            Description = "A model by name or folder. Default: the store's model, or else SIMILE_MODEL or the built-in one.",
            HelpName = "NAME|FOLDER",
        };
        var reading = new ReadingOptions();
        var resize = CommonOptions.Resize();
        var json = CommonOptions.Json(
            "Print one object: store, added, updated, unchanged, removed (files), embedded, passages, images, sounds, skipped, left_out, "
            + "unknown_passages.");
        var verb = new Verb(
            "index",
            "Updates a store from files and folders: only changed content is embedded, and deleted files are removed.",
            "simile index notes/ --store notes.simile",
            "simile index notes/ mail.txt --store all.simile --model ./all-MiniLM-L6-v2",
            "simile index photos/ --model ./clip-vit-base-patch32")
        {
            paths, store, model, resize, reading.Encoding, reading.NoIgnore, reading.Hidden, json, IndexBuildVerb.Create(job),
            IndexTuneVerb.Create(job), IndexSearchVerb.Create(job),
        };
        verb.SetAction(parsed => Run(
            new Options(
                parsed.GetValue(paths)!,
                parsed.GetValue(store)!,
                Resized(parsed.GetValue(model), parsed.GetValue(resize)),
                reading.Of(parsed),
                parsed.GetValue(json)),
            job));
        return verb;
    }

    // A resize without a model applies to the default model of a new store.
    private static string? Resized(string? model, PictureResize? resize) =>
        resize is null ? model : ModelInput.Resized(model ?? CommonOptions.DefaultModel, resize);

    private static int Run(Options options, Job job)
    {
        var paths = new GivenPaths(options.Paths);
        using var corpus = Open(options.Store, options.Model, new CorpusOptions { Sync = options.Reading });
        var report = Sync(corpus, paths, options.Store, job);
        if (options.Json)
        {
            new JsonLines(job.Terminal.Output).Write(writer => WriteJson(writer, options.Store, report));
        }
        else
        {
            job.Terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{options.Store}: {report.Added:N0} files added, {report.Updated:N0} updated, {report.Unchanged:N0} "
                + $"unchanged, {report.Removed:N0} removed; {Holdings(report)}"));
        }

        return ExitCode.Done;
    }

    // Null is the model of the store, or the built-in model for a new store.
    private static Corpus Open(string store, string? model, CorpusOptions options)
    {
        var corpus = Corpus.Open(store, model, options);
        if (model is not null || corpus.ModelName is not null || CommonOptions.DefaultModel == TextEmbedder.BuiltIn)
        {
            return corpus;
        }

        corpus.Dispose();
        return Corpus.Open(store, CommonOptions.DefaultModel, options);
    }

    private static SyncReport Sync(Corpus corpus, GivenPaths paths, string store, Job job)
    {
        var model = Job.Wait(corpus.GetModelAsync());
        if (corpus.CarriedOverFrom is { } version)
        {
            job.Terminal.Say(
                $"The store {store} had version {version} of the format: it got an index of words, and is searched by words too.");
        }

        using var progress = job.Terminal.Progress("files");
        var kept = $"What is done is kept in {store}, and the same command continues from there.";
        var report = Job.Wait(corpus.SyncAsync(paths.Full, SyncOutput.To(progress, job.Terminal, kept), job.Stop));
        return SyncOutput.Check(report, model.Kinds, paths, job.Terminal);
    }

    private static string Holdings(SyncReport report)
    {
        (int Count, string Name)[] kinds = [(report.Passages, "passages"), (report.Images, "pictures"), (report.Sounds, "parts of sounds")];
        var holdings = string.Join(
            ", ",
            kinds.Where(kind => kind.Count > 0)
                .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Count:N0} {kind.Name}")));
        return report.UnknownPassages == 0
            ? holdings
            : string.Create(CultureInfo.InvariantCulture, $"{holdings}; {report.UnknownPassages:N0} left out: no known word");
    }

    private static void WriteJson(Utf8JsonWriter writer, string store, SyncReport report)
    {
        writer.WriteString("store", store);
        writer.WriteNumber("added", report.Added);
        writer.WriteNumber("updated", report.Updated);
        writer.WriteNumber("unchanged", report.Unchanged);
        writer.WriteNumber("removed", report.Removed);
        writer.WriteNumber("embedded", report.Embedded);
        writer.WriteNumber("passages", report.Passages);
        writer.WriteNumber("images", report.Images);
        writer.WriteNumber("sounds", report.Sounds);
        writer.WriteNumber("skipped", report.Skipped.Count);
        writer.WriteNumber("left_out", report.LeftOut.Count);
        writer.WriteNumber("unknown_passages", report.UnknownPassages);
    }
}
