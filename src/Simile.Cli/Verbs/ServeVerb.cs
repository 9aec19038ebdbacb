using System.CommandLine;
using System.Net;
using Simile.Models;
using Simile.Server;

namespace Simile.Cli;

/// <summary>simile serve: the APIs of OpenAI, text-embeddings-inference, Cohere and Infinity over HTTP.</summary>
internal static class ServeVerb
{
    private const string KeyVariable = "SIMILE_API_KEY";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private sealed record Options(SimileServerOptions Server, IPAddress Address, int Port);

    public static Command Create(Job job)
    {
        var models = new Option<string[]>("--model", "-m")
        {
            Description = "A model by name or folder. Repeatable. The environment variable SIMILE_MODEL sets the default.",
            HelpName = "NAME|FOLDER",
            DefaultValueFactory = _ => [CommonOptions.DefaultModel],
        };
        var stores = new Option<string[]>("--store", "-s")
        {
            Description = "A store made by 'simile index', served for search and for agents (MCP). Repeatable.",
            HelpName = "DIR",
            DefaultValueFactory = _ => [],
        };
        var address = new Option<string>("--listen")
        {
            Description = "The address to listen on. One beyond this machine needs an API key.",
            HelpName = "ADDRESS",
            DefaultValueFactory = _ => "127.0.0.1",
        };
        var port = CommonOptions.WholeNumber("--port", "The port; 0 for a free one.", 8080);
        var keys = new Option<string?>("--api-keys")
        {
            Description = $"A file with an API key per line. Or set {KeyVariable} to one key.",
            HelpName = "FILE",
        };
        var hosts = new Option<string[]>("--allow-host")
        {
            Description = "A host name by which clients call the server. Repeatable. Default on loopback: localhost.",
            HelpName = "NAME",
            DefaultValueFactory = _ => [],
        };
        var batch = CommonOptions.Count("--max-batch-tokens", "Maximum number of tokens that run through a model together.", 4096);
        var queue = CommonOptions.Count(
            "--max-queued-tokens", "Maximum number of tokens that wait for a model. Beyond, requests get status 429.", 262_144);
        var idle = CommonOptions.Count("--idle-minutes", "A model without requests for this time is unloaded.", 30, most: 1_000_000);
        var refuse =
            new Option<bool>("--no-truncate") { Description = "Refuse texts that are too long for a model, instead of truncating them." };
        var verb = new Verb(
            "serve",
            "Serves models over HTTP, with the APIs of OpenAI, text-embeddings-inference, Cohere and Infinity.",
            "simile serve",
            "simile serve --model ./all-MiniLM-L6-v2 --model ./ms-marco-MiniLM-L6-v2 --port 9000",
            "simile serve --store notes.simile",
            "simile serve --listen 0.0.0.0 --api-keys keys.txt")
        { models, stores, address, port, keys, hosts, batch, queue, idle, refuse };
        verb.Check(result => result.GetValue(address) is { } given && !IPAddress.TryParse(given, out _)
            ? $"--listen takes an IP address such as 127.0.0.1 or 0.0.0.0, not '{given}'."
            : result.GetValue(port) is < 0 or > 65535 ? $"--port takes a number from 0 to 65535, not {result.GetValue(port)}." : null);
        verb.SetAction(parsed => Run(
            new Options(
                new SimileServerOptions
                {
                    Models = parsed.GetValue(models)!,
                    Stores = parsed.GetValue(stores)!,
                    ApiKeys = Keys(parsed.GetValue(keys)),
                    Hosts = parsed.GetValue(hosts)!,
                    MaxBatchTokens = parsed.GetValue(batch),
                    MaxQueuedTokens = parsed.GetValue(queue),
                    IdleTimeout = TimeSpan.FromMinutes(parsed.GetValue(idle)),
                    Truncate = !parsed.GetValue(refuse),
                },
                IPAddress.Parse(parsed.GetValue(address)!),
                parsed.GetValue(port)),
            job));
        return verb;
    }

    private static int Run(Options options, Job job)
    {
        if (options.Server.ApiKeys.Count == 0 && !IPAddress.IsLoopback(options.Address))
        {
            throw new ArgumentException(
                $"A server on {options.Address} can be called from other machines, so it needs an API key: "
                + $"set {KeyVariable}, or write keys to a file for --api-keys.");
        }

        // A missing model is said now, not to the first client.
        foreach (var model in options.Server.Models)
        {
            _ = ModelDescription.Load(HubCache.Locate(model));
        }

        foreach (var store in options.Server.Stores)
        {
            Corpus.Open(store, options: new CorpusOptions { Access = CorpusAccess.ReadOnly }).Dispose();
        }

        job.Terminal.IsServer = true;
        ServeAsync(options, job).GetAwaiter().GetResult();
        return ExitCode.Done;
    }

    private static async Task ServeAsync(Options options, Job job)
    {
        await using var server = await SimileServerHost.StartAsync(
            options.Server, options.Address, options.Port, new TerminalLoggerProvider(job.Terminal), job.Stop);
        job.Terminal.Say(
            $"Listening on {string.Join(" and ", server.Addresses.Select(address => address.ToString().TrimEnd('/')))}. "
            + "Ctrl-C stops the server.");
        await Task.WhenAny(Task.Delay(Timeout.Infinite, job.Stop));
        job.Terminal.Say("Stopping: running requests are answered.");
        await server.StopAsync(Patience);
    }

    private static string[] Keys(string? path)
    {
        string[] keys = path is null
            ? []
            : [.. File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
        if (path is not null && keys.Length == 0)
        {
            throw new InvalidDataException($"{path} holds no API key: write one per line.");
        }

        return Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? [.. keys, key.Trim()] : keys;
    }
}
