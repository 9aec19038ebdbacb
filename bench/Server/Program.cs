using System.Net;
using Server;
using Simile.Models;
using Simile.Server;

// What a text costs through the server and in process, and what an overload does. See bench/README.md.
switch (args)
{
    case ["cost", var assets, .. var models]:
        await CostTable.PrintAsync(assets, models);
        return 0;
    case ["overload", var assets, var model, var seconds]:
        await Overload.RunAsync(assets, model, TimeSpan.FromSeconds(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)));
        return 0;
    case ["server", var model, var queued]:
        await ServeAsync(model, int.Parse(queued, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["library", var assets, var set, var model]:
        EmbedOnCommand(TextSets(assets, set), model);
        return 0;
    default:
        Console.Error.WriteLine("Server cost ASSETS [MODEL…] | overload ASSETS MODEL SECONDS");
        return 2;
}

static string[] TextSets(string assets, string set) =>
    set == "short" ? Throughput.TextSets.Short(assets) : Throughput.TextSets.Mixed(assets);

// A process of its own, so that its processor time is only its own. It ends with its input.
static async Task ServeAsync(string model, int queued)
{
    await using var host = await SimileServerHost.StartAsync(
        new SimileServerOptions { Models = [model], MaxQueuedTokens = queued }, IPAddress.Loopback, 0);
    Console.WriteLine(host.Addresses[0]);
    await Console.In.ReadToEndAsync();
}

// For each line of input embeds all texts, as many in a call as the line says.
static void EmbedOnCommand(string[] texts, string model)
{
    using var embedder = TextEmbedder.Load(model);
    Console.WriteLine("ready");
    while (Console.ReadLine() is { } line)
    {
        foreach (var some in texts.Chunk(int.Parse(line, System.Globalization.CultureInfo.InvariantCulture)))
        {
            embedder.Embed(some);
        }

        Console.WriteLine("done");
    }
}
