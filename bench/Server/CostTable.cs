using System.Globalization;

namespace Server;

/// <summary>Processor time of a text through the server, as a ratio to one call of the library with all texts.</summary>
internal static class CostTable
{
    private const int Rounds = 5;
    private static readonly (int InRequest, int Senders)[] Patterns = [(1, 32), (16, 8), (64, 4)];

    public static async Task PrintAsync(string assets, string[] models)
    {
        Console.WriteLine("| model | texts | in a request × senders | library, µs of processor a text | server | ratio |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var model in models.Length > 0 ? models : ["simile/base"])
        {
            foreach (var set in new[] { "short", "mixed" })
            {
                await PrintAsync(assets, model, set);
            }
        }
    }

    private static async Task PrintAsync(string assets, string model, string set)
    {
        var texts = set == "short" ? Throughput.TextSets.Short(assets) : Throughput.TextSets.Mixed(assets);
        using var library = new Child("library", assets, set, model);
        using var server = new Child("server", model, "10000000");
        using var client = new HttpClient { BaseAddress = new Uri(server.First), Timeout = TimeSpan.FromMinutes(10) };
        for (var i = 0; i < 3; i++)
        {
            library.Command();
            await Client.SendAllAsync(client, texts, 16, 8);
        }

        foreach (var (inRequest, senders) in Patterns)
        {
            var (alone, served) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                alone.Add((await library.MeasureAsync(() => Task.Run(library.Command))).TotalMicroseconds / texts.Length);
                served.Add((await server.MeasureAsync(() => Client.SendAllAsync(client, texts, inRequest, senders))).TotalMicroseconds
                    / texts.Length);
            }

            var ratio = Median(served.Zip(alone, (a, b) => a / b));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Path.GetFileName(model)} | {texts.Length:N0} {set} | {inRequest} × {senders} | {Median(alone):0} | {Median(served):0} "
                + $"| {ratio:0.00} |"));
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
