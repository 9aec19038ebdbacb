using System.CommandLine;
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

    public static Option<bool> Json(string description = "Print one JSON object a line.") => new("--json") { Description = description };

    public static Option<int> Top()
    {
        var top = new Option<int>("--top", "-n") { Description = "How many answers, best first.", HelpName = "COUNT", DefaultValueFactory = _ => 5 };
        top.Validators.Add(result =>
        {
            if (result.Errors.Any() is false && result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--top is at least 1.");
            }
        });
        return top;
    }

    public static Argument<string> File() => new("FILE")
    {
        Description = "A file of UTF-8 lines; - or none: standard input.",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => "-",
    };
}
