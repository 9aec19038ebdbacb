using System.CommandLine;
using System.Globalization;
using Simile.Models;

namespace Simile.Cli;

/// <summary>Options that several verbs have, the same in each.</summary>
internal static class CommonOptions
{
    public static Option<string> Model() => new("--model", "-m")
    {
        Description = "A model by name or folder. SIMILE_MODEL sets another default.",
        HelpName = "NAME|FOLDER",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SIMILE_MODEL") is { Length: > 0 } model ? model : TextEmbedder.BuiltIn,
    };

    public static Argument<string> Query()
    {
        var query = new Argument<string>("QUERY") { Description = "What to look for, in words of your own." };
        query.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
            {
                result.AddError("The query is empty.");
            }
        });
        return query;
    }

    public static Option<bool> Json(string description = "Print one JSON object a line.") => new("--json") { Description = description };

    public static Option<int> Top() => Count("--top", "How many answers, best first.", 5);

    /// <summary>An option whose value is a whole number from 1.</summary>
    public static Option<int> Count(string name, string description, int standard) => new(name)
    {
        Description = description,
        HelpName = "COUNT",
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            var word = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
            {
                result.AddError($"{name} takes a whole number of at least 1, not '{word}'.");
            }

            return count;
        },
    };

    public static Option<string> Store() => new("--store", "-s")
    {
        Description = "The folder that keeps the vectors; .simile in the current folder where it is not given.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".simile",
    };
}
