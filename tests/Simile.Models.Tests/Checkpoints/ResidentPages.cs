using System.Globalization;

namespace Simile.Models.Tests;

/// <summary>How much of a mapped file is resident in this process's memory, as Linux reports it.</summary>
internal static class ResidentPages
{
    /// <summary>Bytes of the file; the test is skipped elsewhere.</summary>
    public static long Bytes(string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux is asked for the pages back.");
        var (bytes, isFile) = (0L, false);
        foreach (var line in File.ReadLines("/proc/self/smaps"))
        {
            var first = line[..line.IndexOf(' ', StringComparison.Ordinal)];
            if (!first.EndsWith(':'))
            {
                isFile = line.EndsWith(path, StringComparison.Ordinal); // a mapping begins
            }
            else if (isFile && first == "Rss:")
            {
                bytes += long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
            }
        }

        return bytes;
    }
}
