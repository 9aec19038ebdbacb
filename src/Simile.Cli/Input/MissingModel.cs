using System.CommandLine;
using System.CommandLine.Parsing;
using Simile.Models;
using Simile.Tokenizers;

namespace Simile.Cli;

/// <summary>
/// Offers to pull a named model that is not on this machine, if a person can answer. Otherwise the verb fails and names the command.
/// </summary>
internal static class MissingModel
{
    // Verbs whose model need not be on this machine.
    private static readonly string[] Others = ["pull", "remove", "search"];

    /// <summary>Asks the user, for each model that the command line names and that is not on this machine, whether to pull it.</summary>
    public static void Offer(ParseResult parsed, Job job)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected || Others.Contains(parsed.CommandResult.Command.Name))
        {
            return;
        }

        var files = parsed.CommandResult.Command.Name == "tokenize" ? HubFiles.Tokenizer : HubFiles.Model;
        foreach (var name in Named(parsed).Distinct(StringComparer.Ordinal).Where(name => IsMissing(name, files)))
        {
            Ask(name, files, job);
        }
    }

    private static IEnumerable<string> Named(ParseResult parsed)
    {
        var results = parsed.CommandResult.Children;
        var options = results.OfType<OptionResult>().Where(result => result.Option.Name == "--model")
            .SelectMany(result => result.Implicit ? [CommonOptions.DefaultModel] : result.Tokens.Select(token => token.Value));
        return options.Concat(results.OfType<ArgumentResult>().Where(result => result.Argument.Name == "MODEL")
            .SelectMany(result => result.Tokens.Select(token => token.Value)));
    }

    private static bool IsMissing(string name, HubFiles files) =>
        HubCache.IsName(PictureResize.Split(name).Model) && !HubCache.Has(name, files)
        && !(files == HubFiles.Tokenizer && TiktokenEncoding.NameFor(name) is not (null or "gpt2"));

    private static void Ask(string name, HubFiles files, Job job)
    {
        var model = PictureResize.Split(name).Model;
        var options = new HubOptions();
        if (options.Offline)
        {
            return;
        }

        StandardError.Write(
            $"simile: There is no model {Visible.Of(model)} here. "
            + $"Pull it from {options.Endpoint.Host} to {Visible.Of(options.Cache)}? [Y/n] ");
        if (Console.In.ReadLine()?.Trim().ToUpperInvariant() is "" or "Y" or "YES")
        {
            using var hub = new HubClient(options);
            ModelsPullVerb.Pull(hub, model, files, job);
        }
    }
}
