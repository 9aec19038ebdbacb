using System.CommandLine;
using Simile.Sync;

namespace Simile.Cli;

/// <summary>Options of verbs that read folders.</summary>
internal sealed class ReadingOptions
{
    public Option<string?> Encoding { get; } = new("--encoding")
    {
        Description = "The encoding of texts without a byte order mark: gb18030, shift_jis, windows-1251, … "
            + "Default: detect it for each file.",
        HelpName = "NAME",
    };

    public Option<bool> NoIgnore { get; } = new("--no-ignore")
    {
        Description = "Also read files that .gitignore, .ignore and .simileignore exclude, folders such as node_modules, "
            + "and generated files.",
    };

    public Option<bool> Hidden { get; } = new("--hidden") { Description = "Also read files and folders whose names start with a dot." };

    public ReadingOptions() => Encoding.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: { Length: > 0 } name }] && !SyncOptions.KnowsEncoding(name))
        {
            result.AddError(
                $"The encoding {name} is unknown: use a name of iconv, such as utf-8, gb18030, shift_jis, euc-kr or windows-1251.");
        }
    });

    public SyncOptions Of(ParseResult parsed) => new()
    {
        Encoding = parsed.GetValue(Encoding),
        ReadIgnored = parsed.GetValue(NoIgnore),
        ReadHidden = parsed.GetValue(Hidden),
    };
}
