namespace Simile.Tokenizers.Unicode;

/// <summary>The scripts of Unicode 9, as the UnicodeScripts pre-tokenizer tells them apart: Han, Hiragana and Katakana are one.</summary>
internal static class Scripts
{
    /// <summary>No script: the space, and what Unicode 9 had not assigned.</summary>
    public const byte Any = 0;

    private const int BlockSize = 256;
    private static readonly Lazy<(ushort[] Blocks, byte[] Table)> Loaded = new(Read);

    /// <summary>The number of a code point's script.</summary>
    public static byte Of(int codePoint)
    {
        var (blocks, table) = Loaded.Value;
        return table[(blocks[codePoint / BlockSize] * BlockSize) + (codePoint % BlockSize)];
    }

    private static (ushort[] Blocks, byte[] Table) Read()
    {
        var all = new byte[0x110000];
        var names = Properties.Scripts.ToArray();
        for (var i = 0; i < names.Length; i++)
        {
            var script = names[i] is "Hiragana" or "Katakana" ? "Han" : names[i];
            Fill(all, Properties.Script(names[i]).Except(Properties.Since10), Number(names, script));
        }

        // Those four have another script today; the space is none, and the sign that lengthens Japanese vowels is everybody's.
        Fill(all, CodePointRanges.Parse("589 61C"), Number(names, "Common"));
        Fill(all, CodePointRanges.Of(0x953, 0x954), Number(names, "Devanagari"));
        Fill(all, CodePointRanges.Of(0x30FC), Number(names, "Han"));
        Fill(all, CodePointRanges.Of(' '), Any);
        return Pack(all);
    }

    private static byte Number(string[] names, string name) => (byte)(1 + Array.IndexOf(names, name));

    private static void Fill(byte[] all, CodePointRanges set, byte script)
    {
        foreach (var (first, last) in set.Ranges)
        {
            all.AsSpan(first, last - first + 1).Fill(script);
        }
    }

    // Each kind of block once.
    private static (ushort[] Blocks, byte[] Table) Pack(byte[] all)
    {
        var blocks = new ushort[all.Length / BlockSize];
        var table = new List<byte>();
        var known = new Dictionary<string, ushort>(StringComparer.Ordinal);
        for (var b = 0; b < blocks.Length; b++)
        {
            var block = all.AsSpan(b * BlockSize, BlockSize);
            if (!known.TryGetValue(Convert.ToHexString(block), out blocks[b]))
            {
                known.Add(Convert.ToHexString(block), blocks[b] = (ushort)known.Count);
                table.AddRange(block);
            }
        }

        return (blocks, [.. table]);
    }
}
