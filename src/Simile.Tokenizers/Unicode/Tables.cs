using System.Globalization;

namespace Simile.Tokenizers.Unicode;

/// <summary>The reference's Unicode tables, from tables.txt (written by tables.pl), loaded on first use.</summary>
/// <remarks>.NET's tables are newer, and without ICU (InvariantGlobalization) string.Normalize does nothing.</remarks>
internal static class Tables
{
    private static readonly Lazy<Data> Loaded = new(Read);

    /// <summary>Marks of Unicode 9: what StripAccents removes.</summary>
    public static CodePointSet Mark => Loaded.Value.Sets["mark"];

    /// <summary>Non-spacing marks of Unicode 8: what BertNormalizer's strip_accents removes.</summary>
    public static CodePointSet NonSpacing => Loaded.Value.Sets["nonspacing"];

    /// <summary>Punctuation of Unicode 8, without the ASCII symbols.</summary>
    public static CodePointSet Punctuation => Loaded.Value.Sets["punctuation"];

    /// <summary>Format characters of Unicode 8: BertNormalizer's clean_text removes them and controls.</summary>
    public static CodePointSet Format => Loaded.Value.Sets["format"];

    /// <summary>Canonical combining classes except 0.</summary>
    public static Dictionary<int, byte> CombiningClasses => Loaded.Value.Classes;

    /// <summary>Canonical decompositions, one step.</summary>
    public static Dictionary<int, int[]> Canonical => Loaded.Value.Canonical;

    /// <summary>Compatibility decompositions, one step.</summary>
    public static Dictionary<int, int[]> Compatible => Loaded.Value.Compatible;

    /// <summary>Primary composites by their two parts.</summary>
    public static Dictionary<(int, int), int> Compositions => Loaded.Value.Compositions;

    private static Data Read()
    {
        using var stream = typeof(Tables).Assembly.GetManifestResourceStream("Simile.Tokenizers.Unicode.txt")!;
        using var reader = new StreamReader(stream);
        var data = new Data();
        Dictionary<int, int[]>? mappings = null;
        while (reader.ReadLine() is { } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (line is "canonical" or "compatible")
            {
                mappings = line == "canonical" ? data.Canonical : data.Compatible;
            }
            else if (mappings is not null)
            {
                data.AddMapping(line, mappings);
            }
            else if (line.StartsWith("class ", StringComparison.Ordinal))
            {
                data.AddClass(byte.Parse(line.AsSpan(6, colon - 6), CultureInfo.InvariantCulture), line.AsSpan(colon + 2));
            }
            else if (colon > 0)
            {
                data.Sets[line[..colon]] = CodePointSet.Parse(line.AsSpan(colon + 2));
            }
        }

        return data;
    }

    private sealed class Data
    {
        public Dictionary<string, CodePointSet> Sets { get; } = [];

        public Dictionary<int, byte> Classes { get; } = [];

        public Dictionary<int, int[]> Canonical { get; } = [];

        public Dictionary<int, int[]> Compatible { get; } = [];

        public Dictionary<(int, int), int> Compositions { get; } = [];

        public void AddClass(byte combiningClass, ReadOnlySpan<char> ranges)
        {
            foreach (var part in ranges.Split(' '))
            {
                var range = ranges[part];
                var dash = range.IndexOf('-');
                var first = Hex(dash < 0 ? range : range[..dash]);
                var last = dash < 0 ? first : Hex(range[(dash + 1)..]);
                for (var c = first; c <= last; c++)
                {
                    Classes[c] = combiningClass;
                }
            }
        }

        public void AddMapping(ReadOnlySpan<char> line, Dictionary<int, int[]> mappings)
        {
            Span<int> points = stackalloc int[32];
            var count = 0;
            var composed = true;
            foreach (var part in line.Split(' '))
            {
                var digits = line[part];
                composed &= !digits.EndsWith('!');
                points[count++] = Hex(digits.TrimEnd('!'));
            }

            mappings[points[0]] = points[1..count].ToArray();
            if (composed && mappings == Canonical && count == 3)
            {
                Compositions[(points[1], points[2])] = points[0];
            }
        }

        private static int Hex(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
