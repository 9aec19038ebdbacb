/// <summary>The options of the command line.</summary>
internal sealed record Options(string Folder, string Part, string[] Sets, string[] Indexes, int Rounds, int Queries)
{
    public static Options Parse(string[] args)
    {
        if (args.Length == 0)
        {
            throw new ArgumentException(
                "usage: Recall FOLDER [make|search|build|filter|churn|codes|open] [--sets A,B] [--indexes A,B] [--rounds N] [--queries N]");
        }

        var part = args.Length > 1 && !args[1].StartsWith('-') ? args[1] : "search";
        string Value(string name, string otherwise) => Array.IndexOf(args, "--" + name) is >= 0 and var at ? args[at + 1] : otherwise;
        return new Options(
            Path.GetFullPath(args[0]),
            part,
            Value("sets", "fashion,glove").Split(','),
            Value("indexes", "hnswlib,ivf").Split(','),
            int.Parse(Value("rounds", "3")),
            int.Parse(Value("queries", "2000")));
    }
}
