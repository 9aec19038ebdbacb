using System.Text.RegularExpressions;

namespace Simile.Models.Verification;

/// <summary>Hashes in the form of sha256sum: 64 digits, a space, a space or star, a name.</summary>
internal static partial class HashList
{
    /// <summary>Reads a file; empty lines and those that begin with # are left out.</summary>
    /// <returns>SHA-256 by name.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A line is of another form, or a name stands there twice.</exception>
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
                throw new InvalidDataException($"Line {number + 1} of {path} is not one that sha256sum writes, or names a file for the second time: 64 hexadecimal digits, two spaces and a name are expected.");
            }
        }

        return hashes;
    }

    private static string Name(string written) => written.StartsWith("./", StringComparison.Ordinal) ? written[2..] : written;

    [GeneratedRegex(@"\A([0-9a-fA-F]{64}) [ *](.+?)\s*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();
}
