using System.Text;

namespace Simile.Documents;

/// <summary>Converts XHTML for an HTML parser: self-closing elements get an end tag, and CDATA is escaped.</summary>
/// <remarks>
/// A strict XML parser would refuse the many pages that are not well formed, and would know no character references without a DTD.
/// </remarks>
internal sealed class XhtmlSource
{
    private static readonly HashSet<string> Void = new(
        "area base br col embed hr img input link meta param source track wbr".Split(' '), StringComparer.Ordinal);

    private readonly int[]? _origins;

    private XhtmlSource(string html, int[]? origins) => (Html, _origins) = (html, origins);

    /// <summary>The converted source.</summary>
    public string Html { get; }

    /// <summary>Converts the source of a page.</summary>
    /// <param name="html">The page.</param>
    /// <param name="isXml">Whether it is XHTML. A page that starts with an XML declaration is XHTML too.</param>
    public static XhtmlSource Of(string html, bool isXml) =>
        isXml || html.AsSpan().TrimStart().StartsWith("<?xml", StringComparison.Ordinal)
            ? new Rewriting(html).Run()
            : new XhtmlSource(html, null);

    /// <summary>The offset in the page of an offset in <see cref="Html"/>.</summary>
    public int Origin(int offset) => _origins is null ? offset : _origins[Math.Min(offset, _origins.Length - 1)];

    private sealed class Rewriting(string html)
    {
        private const string OpensData = "<![CDATA[";

        private readonly StringBuilder _text = new(html.Length);
        private readonly List<int> _origins = new(html.Length);

        public XhtmlSource Run()
        {
            for (var at = 0; at < html.Length;)
            {
                at = html[at] != '<' ? Copy(at, at + 1)
                    : html.AsSpan(at).StartsWith(OpensData, StringComparison.Ordinal) ? Escape(at)
                    : html.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal) ? Copy(at, EndOf("-->", at + 4))
                    : at + 1 < html.Length && char.IsAsciiLetter(html[at + 1]) ? Tag(at)
                    : Copy(at, at + 1);
            }

            _origins.Add(html.Length);
            return new XhtmlSource(_text.ToString(), [.. _origins]);
        }

        private int Tag(int at)
        {
            var end = EndOfTag(at);
            var name = html[(at + 1)..end].Split(' ', '\t', '\r', '\n', '/', '>')[0];
            if (html[end - 1] != '>' || html[end - 2] != '/' || Void.Contains(name))
            {
                return Copy(at, end);
            }

            Copy(at, end - 2);
            Add(">", end - 2);
            Add($"</{name}>", end - 1);
            return end;
        }

        private int EndOfTag(int at)
        {
            var quote = '\0';
            for (var i = at + 1; i < html.Length; i++)
            {
                if (quote != '\0')
                {
                    quote = html[i] == quote ? '\0' : quote;
                }
                else if (html[i] == '>')
                {
                    return i + 1;
                }
                else if (html[i] is '"' or '\'')
                {
                    quote = html[i];
                }
            }

            return html.Length;
        }

        private int Escape(int at)
        {
            var end = EndOf("]]>", at);
            var close = html.AsSpan(0, end).EndsWith("]]>", StringComparison.Ordinal) ? end - 3 : end;
            for (var i = at + OpensData.Length; i < close; i++)
            {
                Add(html[i] switch { '<' => "&lt;", '&' => "&amp;", var c => $"{c}" }, i);
            }

            return end;
        }

        private int EndOf(string mark, int from)
        {
            var found = from < html.Length ? html.IndexOf(mark, from, StringComparison.Ordinal) : -1;
            return found < 0 ? html.Length : found + mark.Length;
        }

        private int Copy(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                _text.Append(html[i]);
                _origins.Add(i);
            }

            return to;
        }

        private void Add(string text, int origin)
        {
            foreach (var c in text)
            {
                _text.Append(c);
                _origins.Add(origin);
            }
        }
    }
}
