using System.CommandLine;
using Simile.Models;
using Simile.Sync;

namespace Simile.Cli;

/// <summary>simile find QUERY PATH…: embeds new content below the paths, then searches it.</summary>
internal static class FindVerb
{
    private sealed record Options(
        string Query,
        string[] Paths,
        MediaKind[] Kinds,
        SearchMode Mode,
        int Top,
        string Model,
        SyncOptions Reading,
        bool NoCache,
        bool Json);

    public static Command Create(Job job)
    {
        var query = CommonOptions.Query();
        var paths = new Argument<string[]>("PATH") { Description = "Files and folders to search.", Arity = ArgumentArity.OneOrMore };
        var kinds = CommonOptions.Kinds();
        var mode = CommonOptions.Mode();
        var top = CommonOptions.Top();
        var model = CommonOptions.Model();
        var resize = CommonOptions.Resize();
        var reading = new ReadingOptions();
        var noCache = new Option<bool>("--no-cache") { Description = "Do not cache vectors for the next search." };
        var json = CommonOptions.Json("Print {\"path\",\"kind\",\"line\",\"score\",\"text\"} per line, best first.");
        var verb = new Verb(
            "find",
            "Finds what answers a question: passages of texts, and pictures and sounds if the model embeds them. "
            + "Vectors are cached, so the next search is fast.",
            "simile find 'which bird cannot fly' samples/",
            "simile find '哪种鸟不会飞' samples/ --top 1",
            "simile find 'how are errors handled' src/ --json | head -3",
            "simile find parseHttpHeader src/ --mode keyword",
            "simile find 'the sea' holidays/ --kind image",
            "simile find 'a man riding a horse' photos/ --model ./clip-vit-base-patch32")
        { query, paths, kinds, mode, top, model, resize, reading.Encoding, reading.NoIgnore, reading.Hidden, noCache, json };
        verb.SetAction(parsed => Run(
            new Options(
                parsed.GetValue(query)!,
                parsed.GetValue(paths)!,
                parsed.GetValue(kinds)!,
                parsed.GetValue(mode),
                parsed.GetValue(top),
                ModelInput.Resized(parsed.GetValue(model)!, parsed.GetValue(resize)),
                reading.Of(parsed),
                parsed.GetValue(noCache),
                parsed.GetValue(json)),
            job));
        return verb;
    }

    private static int Run(Options options, Job job)
    {
        var paths = new GivenPaths(options.Paths);
        var search = new SearchOptions { Top = options.Top, Mode = options.Mode, Kinds = options.Kinds is [] ? null : options.Kinds };
        var corpus = new CorpusOptions { Sync = options.Reading };
        var find = new FindOptions { Model = options.Model, Cache = !options.NoCache, Search = search, Corpus = corpus };
        var found = Find(options, paths, find, job);
        if (found.NotCached is { } reason)
        {
            job.Terminal.Say($"Nothing is cached for the next search, find works in memory: {Failures.Sentence(reason)}");
        }

        if (found.Renewed is { } damage)
        {
            job.Terminal.Say($"What was kept of these folders is made anew: {Failures.Sentence(damage)}");
        }

        var report = SyncOutput.Check(found.Report, found.Kinds, paths, job.Terminal);
        RequireKinds(options.Kinds, report, paths);
        HitPrinter.Print([.. found.Hits.Select(hit => new FoundItem(paths.Name(hit.Item.Path), hit))], options.Json, job.Terminal);
        return ExitCode.Done;
    }

    private static void RequireKinds(MediaKind[] kinds, SyncReport report, GivenPaths paths)
    {
        var count = kinds.Sum(kind => kind switch
        {
            MediaKind.Image => report.Images,
            MediaKind.Sound => report.Sounds,
            _ => report.Passages,
        });
        if (kinds.Length > 0 && count == 0)
        {
            throw new FileNotFoundException($"There is no {SyncOutput.Sought(kinds)} in {paths} that the model knows.");
        }
    }

    private static FindResult Find(Options options, GivenPaths paths, FindOptions find, Job job)
    {
        using var progress = job.Terminal.Progress("files");
        var kept = options.NoCache ? null : "What is done is kept, and the next find continues from there.";
        var report = SyncOutput.To(progress, job.Terminal, kept);
        return Job.Wait(CorpusCache.FindAsync(CorpusQuery.Text(options.Query), paths.Full, find, report, job.Stop));
    }
}
