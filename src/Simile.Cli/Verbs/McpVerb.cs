using System.CommandLine;
using Simile.Models;
using Simile.Server;

namespace Simile.Cli;

/// <summary>simile mcp [PATH…] [--store DIR]: tools for agents over standard input and output.</summary>
internal static class McpVerb
{
    public static Command Create(Job job)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Folders and files to search. Default: the current folder, unless --store is given.",
            Arity = ArgumentArity.ZeroOrMore,
            DefaultValueFactory = _ => [],
        };
        var store = new Option<string?>("--store", "-s")
        {
            Description = "A store made by 'simile index', which is only read.",
            HelpName = "DIR",
        };
        var model = CommonOptions.Model();
        var verb = new Verb(
            "mcp",
            "Gives agents (Claude, Copilot, …) the tools search, read, related and status over files, by the Model Context Protocol.",
            "simile mcp notes/",
            "simile mcp --store notes.simile")
        { paths, store, model };
        verb.Check(result => result.GetValue(store) is not null && result.GetValue(paths) is { Length: > 0 }
            ? "mcp takes paths or --store, not both."
            : null);
        verb.SetAction(parsed => Run(parsed.GetValue(paths)!, parsed.GetValue(store), parsed.GetValue(model)!, job));
        return verb;
    }

    private static int Run(string[] paths, string? store, string model, Job job)
    {
        string[] folders = store is not null ? [] : new GivenPaths(paths is [] ? ["."] : paths).Full;
        job.Terminal.IsServer = true;
        ServeAsync(store, folders, model, job.Stop).GetAwaiter().GetResult();
        return ExitCode.Done;
    }

    private static async Task ServeAsync(string? store, string[] folders, string model, CancellationToken stop)
    {
        await using var corpus = store is not null ? Open(store) : CorpusCache.Open(folders, new FindOptions { Model = model });
        await using var input = Console.OpenStandardInput();
        await using var output = Console.OpenStandardOutput();
        try
        {
            await SimileMcpServer.RunAsync(corpus, folders, input, output, stop);
        }
        catch (OperationCanceledException)
        {
            // A signal ended the session.
        }
    }

    private static Corpus Open(string store)
    {
        var corpus = Corpus.Open(store, options: new CorpusOptions { Access = CorpusAccess.ReadOnly, PreloadTexts = true });
        if (corpus.ModelName is not null)
        {
            return corpus;
        }

        corpus.Dispose();
        throw new InvalidDataException($"The store {store} is empty: fill it with 'simile index PATH --store {store}'.");
    }
}
