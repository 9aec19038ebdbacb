using System.CommandLine;
using Simile.Sync;

namespace Simile.Cli;

/// <summary>Options of the verbs that read folders.</summary>
internal sealed class ReadingOptions
{
    public Option<string?> Encoding { get; } = new("--encoding")
    {
        Description = "The encoding of texts without a byte order mark, by its name: gb18030, shift_jis, windows-1251. Otherwise each file tells.",
        HelpName = "NAME",
    };

    public Option<bool> NoIgnore { get; } = new("--no-ignore")
    {
        Description = "Read also what .gitignore, .ignore and .simileignore name, folders such as node_modules, and generated files.",
    };

    public Option<bool> Hidden { get; } = new("--hidden") { Description = "Read also files and folders whose names begin with a dot." };

    public ReadingOptions() => Encoding.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: { Length: > 0 } name }] && !SyncOptions.KnowsEncoding(name))
        {
            result.AddError($"There is no encoding {name}: name one as iconv does, such as utf-8, gb18030, shift_jis, euc-kr or windows-1251.");
        }
    });

    public SyncOptions Of(ParseResult parsed) => new()
    {
        Encoding = parsed.GetValue(Encoding),
        ReadIgnored = parsed.GetValue(NoIgnore),
        ReadHidden = parsed.GetValue(Hidden),
    };
}
