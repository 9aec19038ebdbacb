using System.CommandLine;

namespace Simile.Cli;

/// <summary>simile table …: rows of tables to vectors.</summary>
internal static class TableVerb
{
    public static Command Create(Job job) => new Verb(
        "table",
        "Describes a table, fits a model of its rows, or searches rows by an example.",
        "simile table describe people.csv",
        "simile table fit people.csv --out people.model --column 'size=ordinal(small<medium<large)'",
        "simile table search people.csv --model people.model --row 12")
    {
        TableDescribeVerb.Create(job),
        TableFitVerb.Create(job),
        TableSearchVerb.Create(job),
    };
}
