using System.Text.RegularExpressions;

namespace Simile.Models.Verification;

/// <summary>A list of hashes in the format of sha256sum: 64 digits, a space, a space or star, a name.</summary>
internal static partial class HashList
{
    /// <summary>Reads a file. Empty lines and lines that start with # are skipped.</summary>
    /// <returns>SHA-256 by name.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">A line has another format, or a name occurs twice.</exception>
    public static Dictionary<string, string> Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file of hashes {path}.", path);
        }

        var hashes = new Dictionary<string, string>();
        foreach (var (number, line) in File.ReadLines(path).Index().Where(entry => entry.Item.Trim() is not "" and not ['#', ..]))
        {
            var match = Line().Match(line);
            if (!match.Success || !hashes.TryAdd(Name(match.Groups[2].Value), match.Groups[1].Value.ToLowerInvariant()))
            {
                throw new InvalidDataException(
                    $"Line {number + 1} of {path} does not have the format of sha256sum (64 hexadecimal digits, two spaces and a name), "
                    + "or repeats a name.");
            }
        }

        return hashes;
    }

    private static string Name(string written) => written.StartsWith("./", StringComparison.Ordinal) ? written[2..] : written;

    [GeneratedRegex(@"\A([0-9a-fA-F]{64}) [ *](.+?)\s*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();
}
