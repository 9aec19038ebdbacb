using System.Globalization;

namespace Server;

/// <summary>
/// Processor time of a text through the server, beside the library: one call with all texts, and calls as large as the requests.
/// </summary>
internal static class CostTable
{
    private const int Rounds = 3;
    private static readonly (int InRequest, int Senders)[] Patterns = [(1, 32), (16, 8), (64, 4)];

    public static async Task PrintAsync(string assets, string[] models)
    {
        Console.WriteLine(
            "| model | texts | in a request × senders | library, one call | library, "
            + "calls of that size | server | to one call | to calls of that size |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
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
        for (var i = 0; i < 2; i++)
        {
            library.Command(texts.Length);
            await Client.SendAllAsync(client, texts, 16, 8);
        }

        foreach (var (inRequest, senders) in Patterns)
        {
            var (one, several, served) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                one.Add(await MeasureAsync(library, texts, () => Task.Run(() => library.Command(texts.Length))));
                served.Add(await MeasureAsync(server, texts, () => Client.SendAllAsync(client, texts, inRequest, senders)));
                several.Add(await MeasureAsync(library, texts, () => Task.Run(() => library.Command(inRequest))));
            }

            var (toOne, toSeveral) = (Median(served.Zip(one, (a, b) => a / b)), Median(served.Zip(several, (a, b) => a / b)));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Path.GetFileName(model)} | {texts.Length:N0} {set} | {inRequest} × {senders} | {Median(one):0} | {Median(several):0} "
                + $"| {Median(served):0} | {toOne:0.00} | {toSeveral:0.00} |"));
        }
    }

    // Microseconds of processor time for each text.
    private static async Task<double> MeasureAsync(Child child, string[] texts, Func<Task> work) =>
        (await child.MeasureAsync(work)).TotalMicroseconds / texts.Length;

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
