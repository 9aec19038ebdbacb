using Simile.Models;
using Simile.Sync;

namespace Simile.Cli;

/// <summary>What find and index show of a synchronization.</summary>
internal static class SyncOutput
{
    /// <summary>Reports progress to a line of the terminal.</summary>
    public static IProgress<SyncProgress> To(ProgressLine line) => new Files(line);

    /// <summary>Names what was skipped, and refuses a synchronization after which there is nothing to search.</summary>
    /// <exception cref="FileNotFoundException">Nothing below the paths could be read.</exception>
    public static SyncReport Check(SyncReport report, IReadOnlyList<MediaKind> kinds, GivenPaths paths, Terminal terminal)
    {
        foreach (var (path, reason) in report.Skipped)
        {
            terminal.Skip(reason.Contains(path, StringComparison.Ordinal) ? reason : $"{paths.Name(path)}: {reason}");
        }

        return report.Passages + report.Images + report.Sounds > 0 ? report : throw new FileNotFoundException($"There is no {Sought(kinds)} in {paths}.");
    }

    private static string Sought(IEnumerable<MediaKind> kinds) => string.Join(" or ", kinds.Select(kind => kind switch
    {
        MediaKind.Image => "picture",
        MediaKind.Sound => "sound",
        _ => "text",
    }));

    private sealed class Files(ProgressLine line) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value)
        {
            line.Total = value.TotalFiles;
            line.Report(value.Files);
        }
    }
}
