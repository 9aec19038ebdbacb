using System.Globalization;
using Simile.Models;
using Simile.Sync;

namespace Simile.Cli;

/// <summary>The output of find and index about a synchronization.</summary>
internal static class SyncOutput
{
    /// <summary>Reports progress to a line of the terminal, and records it for the message after a signal.</summary>
    /// <param name="line">Shows the progress.</param>
    /// <param name="terminal">Says what is kept.</param>
    /// <param name="kept">The message about kept vectors and the next run; null if nothing is kept.</param>
    public static IProgress<SyncProgress> To(ProgressLine line, Terminal terminal, string? kept)
    {
        terminal.KeptOnStop = kept is null ? null : $"Stopped. {kept}";
        return new Files(line, terminal, kept);
    }

    /// <summary>Reports skipped files, and fails if there is nothing to search.</summary>
    /// <exception cref="FileNotFoundException">No readable file was found.</exception>
    public static SyncReport Check(SyncReport report, IReadOnlyList<MediaKind> kinds, GivenPaths paths, Terminal terminal)
    {
        foreach (var (path, reason) in report.Skipped)
        {
            terminal.Skip(reason.Contains(path, StringComparison.Ordinal) ? reason : $"{paths.Name(path)}: {reason}");
        }

        Say(report.Remarks, paths, terminal);
        if (LeftOut(report.LeftOut) is { Length: > 0 } leftOut)
        {
            terminal.Say(leftOut);
        }

        return report.Passages + report.Images + report.Sounds > 0
            ? report
            : throw new FileNotFoundException($"No {Sought(kinds)} was found in {paths}.");
    }

    // A repeated remark is printed once, with the first files that it applies to.
    private static void Say(IReadOnlyList<FileRemark> remarks, GivenPaths paths, Terminal terminal)
    {
        const int Named = 3;
        foreach (var same in remarks.GroupBy(remark => remark.Text, remark => paths.Name(remark.Path)))
        {
            var names = same.ToList();
            var others = names.Count > Named ? $" and {names.Count - Named:N0} more" : string.Empty;
            terminal.Say($"{string.Join(", ", names.Take(Named))}{others}: {same.Key}");
        }
    }

    private static string LeftOut(LeftOut leftOut)
    {
        (int Count, string Name)[] kinds =
        [
            (leftOut.Ignored, "named by ignore files"),
            (leftOut.Folders, "folders such as node_modules"),
            (leftOut.Generated, "minified or generated files"),
        ];
        var parts = kinds.Where(kind => kind.Count > 0).Select(kind => $"{kind.Count:N0} {kind.Name}");
        return leftOut.Count == 0 ? string.Empty : $"left out: {string.Join(", ", parts)}; --no-ignore reads them.";
    }

    /// <summary>Names of kinds in a message: "picture or sound".</summary>
    public static string Sought(IEnumerable<MediaKind> kinds) => string.Join(" or ", kinds.Select(kind => kind.Name()));

    private sealed class Files(ProgressLine line, Terminal terminal, string? kept) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value)
        {
            if (kept is not null && value.TotalFiles > 0)
            {
                terminal.KeptOnStop = string.Create(
                    CultureInfo.InvariantCulture, $"Stopped after {value.Files:N0} of {value.TotalFiles:N0} files. {kept}");
            }

            line.Total = value.TotalFiles;
            line.Report(value.Files + value.PartOfFile);
        }
    }
}
