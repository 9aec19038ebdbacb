namespace Tokenizers;

/// <summary>Texts that take square time where a merge looks at the whole word.</summary>
internal static class WorstCases
{
    /// <summary>What the letters are, and a text of so many.</summary>
    public static (string Kind, Func<int, string> Make)[] All { get; } =
    [
        ("all equal", length => new string('a', length)),
        ("drawn at random", length =>
        {
            var random = new Random(1);
            return string.Create(length, random, (letters, draw) =>
            {
                foreach (ref var letter in letters)
                {
                    letter = (char)('a' + draw.Next(26));
                }
            });
        }),
    ];
}
