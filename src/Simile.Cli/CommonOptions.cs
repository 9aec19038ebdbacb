using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Simile.Models;

namespace Simile.Cli;

/// <summary>Options shared by several verbs, and options with a range of values.</summary>
internal static class CommonOptions
{
    public static Option<string> Model() => new("--model", "-m")
    {
        Description = "A model by name or folder. The environment variable SIMILE_MODEL sets the default.",
        HelpName = "NAME|FOLDER",
        DefaultValueFactory = _ => DefaultModel,
    };

    /// <summary>Models to compare.</summary>
    public static Option<string[]> Models() => new("--model", "-m")
    {
        Description = "A model by name or folder. Repeatable: each model is measured. "
            + "The environment variable SIMILE_MODEL sets the default.",
        HelpName = "NAME|FOLDER",
        DefaultValueFactory = _ => [DefaultModel],
    };

    /// <summary>The default model.</summary>
    public static string DefaultModel =>
        Environment.GetEnvironmentVariable("SIMILE_MODEL") is { Length: > 0 } model ? model : TextEmbedder.BuiltIn;

    public static Argument<string> Query()
    {
        var query = new Argument<string>("QUERY") { Description = "The question or text to search for." };
        query.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
            {
                result.AddError("The query is empty.");
            }
        });
        return query;
    }

    public static Option<bool> Json(string description = "Print one JSON object per line.") => new("--json") { Description = description };

    public static Option<int> Top() => Count("--top", "Maximum number of answers, best first.", 5);

    public static Option<SearchMode> Mode() =>
        Choice(
            "--mode", "What is compared: meaning and words (hybrid), meaning alone (vector), or words alone (keyword).", SearchMode.Hybrid);

    public static Option<string> Store() => new("--store", "-s")
    {
        Description = "The folder of the store. Default: .simile in the current folder.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".simile",
    };

    /// <summary>An option with an integer from 1 to <paramref name="most"/>.</summary>
    public static Option<int> Count(string name, string description, int standard, int most = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "COUNT",
        DefaultValueFactory = _ => standard,
        CustomParser = result => ParseCount(result, name, most),
    };

    /// <summary>An option with an integer from 1, without a default.</summary>
    public static Option<int?> OptionalCount(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "COUNT",
        CustomParser = result => ParseCount(result, name, int.MaxValue),
    };

    /// <summary>An option with any integer.</summary>
    public static Option<int> WholeNumber(string name, string description, int standard) => new(name)
    {
        Description = description,
        HelpName = "NUMBER",
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            var word = Word(result);
            return int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
                : Refuse<int>(result, $"{name} takes a whole number from {int.MinValue} to {int.MaxValue}, not '{word}'.");
        },
    };

    /// <summary>
    /// An option with a number for which <paramref name="fits"/> is true. <paramref name="range"/> describes them in the message: "a number
    /// of at least 0".
    /// </summary>
    public static Option<double> Number(string name, string description, double standard, string range, Func<double, bool> fits) =>
        new(name)
        {
            Description = description,
            HelpName = "NUMBER",
            DefaultValueFactory = _ => standard,
            CustomParser = result =>
            {
                var word = Word(result);
                return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && fits(number) ? number
                    : Refuse<double>(result, $"{name} takes {range}, not '{word}'.");
            },
        };

    /// <summary>An option with one of a few words, in any case.</summary>
    public static Option<T> Choice<T>(string name, string description, T standard, params string[] aliases)
        where T : struct, Enum
    {
        var option = new Option<T>(name, aliases)
        {
            Description = description,
            HelpName = Words<T>("|"),
            DefaultValueFactory = _ => standard,
            CustomParser = result => ParseChoice<T>(result, name, Word(result)) ?? default,
        };
        option.CompletionSources.Add(Words<T>("|").Split('|'));
        return option;
    }

    /// <summary>The same without a default.</summary>
    public static Option<T?> OptionalChoice<T>(string name, string description)
        where T : struct, Enum
    {
        var option = new Option<T?>(name)
        {
            Description = description,
            HelpName = Words<T>("|"),
            CustomParser = result => ParseChoice<T>(result, name, Word(result)),
        };
        option.CompletionSources.Add(Words<T>("|").Split('|'));
        return option;
    }

    /// <summary>A repeatable option with one of a few words; empty by default.</summary>
    public static Option<T[]> Choices<T>(string name, string description)
        where T : struct, Enum
    {
        var option = new Option<T[]>(name)
        {
            Description = description,
            HelpName = Words<T>("|"),
            DefaultValueFactory = _ => [],
            CustomParser = result => [.. result.Tokens.Select(token => ParseChoice<T>(result, name, token.Value)).OfType<T>().Distinct()],
        };
        option.CompletionSources.Add(Words<T>("|").Split('|'));
        return option;
    }

    /// <summary>A resize that replaces the one of the model's files.</summary>
    public static Option<PictureResize?> Resize() => new("--resize")
    {
        Description = "Resize pictures to exact[:HxW] without a crop, or by their shortest[:N] side, instead of as the model's files say.",
        HelpName = "exact|shortest[:SIZE]",
        CustomParser = result =>
        {
            if (PictureResize.Parse(Word(result)) is { } resize)
            {
                return resize;
            }

            result.AddError($"--resize takes exact, exact:224, exact:224x320, shortest or shortest:256, not '{Word(result)}'.");
            return null;
        },
    };

    /// <summary>The kinds of items to search; all by default.</summary>
    public static Option<MediaKind[]> Kinds() => Choices<MediaKind>("--kind", "Search only items of this kind. Repeatable.");

    /// <summary>Refuses output files whose names have none of the given extensions, such as ".npy".</summary>
    public static void RequireEnding(Option option, string what, params string[] endings) => option.Validators.Add(result =>
    {
        if (result.Tokens.Select(token => token.Value).FirstOrDefault(path => path.Length > 0 && !HasEnding(path)) is { } wrong)
        {
            result.AddError($"{option.Name} writes {what}: the name must end in {string.Join(" or ", endings)}, not '{wrong}'.");
        }

        bool HasEnding(string path) => endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    });

    private static int ParseCount(ArgumentResult result, string name, int most)
    {
        var word = Word(result);
        return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1 && count <= most ? count
            : Refuse<int>(
                result,
                $"{name} takes a whole number of at least 1{(most < int.MaxValue ? $" and at most {most}" : string.Empty)}, not '{word}'.");
    }

    private static T? ParseChoice<T>(ArgumentResult result, string name, string word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (value.ToString().Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return Refuse<T>(result, $"{name} takes {Words<T>(", ")}, not '{word}'.");
    }

    private static string Words<T>(string separator)
        where T : struct, Enum => string.Join(separator, Enum.GetNames<T>().Select(word => word.ToLowerInvariant()));

    private static string Word(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;

    private static T Refuse<T>(ArgumentResult result, string sentence)
        where T : struct
    {
        result.AddError(sentence);
        return default;
    }
}
