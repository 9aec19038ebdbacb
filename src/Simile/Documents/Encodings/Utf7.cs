using System.Text;

namespace Simile.Documents.Encodings;

/// <summary>UTF-7 (RFC 2152), which .NET no longer supports: UTF-16 in base64 between + and -.</summary>
internal sealed class Utf7 : Encoding
{
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    public override string WebName => "utf-7";

    public override string EncodingName => "UTF-7";

    /// <summary>Whether there are encoded parts and all of them are valid.</summary>
    public static bool Is(ReadOnlySpan<byte> bytes)
    {
        var shifts = 0;
        for (var i = bytes.IndexOf((byte)'+'); i >= 0 && i < bytes.Length;)
        {
            var length = RunLength(bytes[(i + 1)..]);
            if (length > 0)
            {
                var text = Unshift(bytes.Slice(i + 1, length));
                if (text is null || !text.Any(c => c >= 0x80)
                    || text.Any(c => c < 0x20
                        || char.GetUnicodeCategory(c)
                            is System.Globalization.UnicodeCategory.OtherNotAssigned or System.Globalization.UnicodeCategory.PrivateUse))
                {
                    return false;
                }

                shifts += i + 1 + length < bytes.Length && bytes[i + 1 + length] == '-' ? 1 : 0;
            }
            else if (i + 1 >= bytes.Length || bytes[i + 1] != '-')
            {
                return false;
            }

            var next = bytes[(i + 1 + length)..].IndexOf((byte)'+');
            i = next < 0 ? -1 : i + 1 + length + next;
        }

        return shifts > 0;
    }

    public override string GetString(byte[] bytes, int index, int count)
    {
        var rest = bytes.AsSpan(index, count);
        var text = new StringBuilder();
        while (!rest.IsEmpty)
        {
            if (rest[0] != '+')
            {
                text.Append(rest[0] < 0x80 ? (char)rest[0] : '\uFFFD');
                rest = rest[1..];
                continue;
            }

            var length = RunLength(rest[1..]);
            text.Append(length == 0 ? "+" : Unshift(rest.Slice(1, length)) ?? "\uFFFD");
            rest = rest[(1 + length)..];
            rest = rest is [(byte)'-', ..] ? rest[1..] : rest;
        }

        return text.ToString();
    }

    public override int GetByteCount(char[] chars, int index, int count) => throw new NotSupportedException();

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        throw new NotSupportedException();

    public override int GetCharCount(byte[] bytes, int index, int count) => GetString(bytes, index, count).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        var text = GetString(bytes, byteIndex, byteCount);
        text.CopyTo(0, chars, charIndex, text.Length);
        return text.Length;
    }

    public override int GetMaxByteCount(int charCount) => charCount * 8;

    public override int GetMaxCharCount(int byteCount) => byteCount;

    private static int RunLength(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        while (length < bytes.Length && Digits.Contains((char)bytes[length], StringComparison.Ordinal))
        {
            length++;
        }

        return length;
    }

    // Null if the bits are not whole characters.
    private static string? Unshift(ReadOnlySpan<byte> run)
    {
        var text = new StringBuilder();
        var (bits, count) = (0, 0);
        foreach (var b in run)
        {
            bits = (bits << 6) | Digits.IndexOf((char)b, StringComparison.Ordinal);
            count += 6;
            if (count >= 16)
            {
                text.Append((char)(bits >> (count - 16)));
                count -= 16;
                bits &= (1 << count) - 1;
            }
        }

        return count < 6 && bits == 0 && text.Length > 0 ? text.ToString() : null;
    }
}
