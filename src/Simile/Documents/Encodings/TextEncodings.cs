using System.Text;

namespace Simile.Documents.Encodings;

/// <summary>Encodings by number and name. Undefined bytes become U+FFFD.</summary>
internal static class TextEncodings
{
    public static Encoding Of(int codePage) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ReplacementFallback, Unknown)
        ?? Encoding.GetEncoding(codePage, EncoderFallback.ReplacementFallback, Unknown);

    /// <summary>The common name of an encoding.</summary>
    public static string NameOf(Encoding encoding) => encoding.CodePage switch
    {
        1200 => "UTF-16LE",
        1201 => "UTF-16BE",
        12000 => "UTF-32LE",
        12001 => "UTF-32BE",
        65001 => "UTF-8",
        54936 => "GB18030 (GBK)",
        950 => "Big5",
        932 => "Shift_JIS",
        51932 => "EUC-JP",
        949 => "EUC-KR",
        50220 => "ISO-2022-JP",
        50225 => "ISO-2022-KR",
        50227 => "ISO-2022-CN",
        52936 => "HZ-GB-2312",
        _ => encoding.WebName,
    };

    private static DecoderFallback Unknown => new DecoderReplacementFallback("\uFFFD");

    /// <summary>An encoding by its number, or windows-1252 if the number is unknown.</summary>
    public static Encoding OfOr1252(int codePage)
    {
        try
        {
            return Of(codePage);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return Of(1252);
        }
    }

    /// <summary>An encoding by the names of web pages, mails and iconv; null if unknown.</summary>
    /// <remarks>As on the web, a name means its largest superset: iso-8859-1 is windows-1252, gb2312 is gb18030.</remarks>
    public static Encoding? Named(string name)
    {
        var label = name.Trim().Trim('"', '\'').ToLowerInvariant();
        return label switch
        {
            "" => null,
            "utf-7" or "utf7" or "unicode-1-1-utf-7" => new Utf7(),
            "utf-32" or "utf32" or "utf-32le" => Of(12000),
            "utf-32be" => Of(12001),
            "utf-16be" or "utf16be" => Of(1201),
            "utf-16" or "utf16" or "utf-16le" or "utf16le" or "ucs-2" or "unicode" => Of(1200),
            "hz-gb-2312" or "hz" => Of(52936),
            "iso-2022-kr" => Of(50225),
            "iso-2022-cn" => Of(50227),
            "utf-8" or "utf8" or "unicode-1-1-utf-8" => Of(65001),
            "gbk" or "gb2312" or "gb18030" or "cp936" or "936" or "euc-cn" => Of(54936),
            "sjis" or "shift-jis" or "cp932" or "ms932" or "932" => Of(932),
            "cp949" or "uhc" or "949" => Of(949),
            "cp950" or "950" => Of(950),
            "eucjp" or "euc_jp" => Of(51932),
            "euckr" or "euc_kr" => Of(949),
            "euc-kr" or "ks_c_5601-1987" or "ksc5601" => Of(949),
            "latin1" or "latin-1" or "ascii" or "us-ascii" or "iso-8859-1" or "iso8859-1" or "iso_8859-1" => Of(1252),
            "iso-8859-9" or "iso8859-9" or "latin5" => Of(1254),
            "iso-8859-11" or "tis-620" or "dos-874" => Of(874),
            "latin-9" or "latin9" => Of(28605),
            "macroman" or "mac-roman" => Of(10000),
            _ => BySystem(label),
        };
    }

    private static Encoding? BySystem(string label)
    {
        // iconv uses cp1251 and koi8r for .NET's windows-1251 and koi8-r.
        var number = label.StartsWith("cp", StringComparison.Ordinal) ? label[2..]
            : label.StartsWith("windows", StringComparison.Ordinal) ? label[7..].Trim('-', '_')
            : label;
        try
        {
            return int.TryParse(number, out var codePage) ? Of(codePage)
                : Of((CodePagesEncodingProvider.Instance.GetEncoding(label) ?? Encoding.GetEncoding(label)).CodePage);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
