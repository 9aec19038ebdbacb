using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace Simile.Documents;

/// <summary>The text of a web page that people see, each character with its place in the file.</summary>
/// <remarks>Works on tokens and not on a tree: only they know their places exactly.</remarks>
internal sealed class HtmlReader
{
    private static readonly HashSet<string> Unseen = new("script style template noscript noframes noembed iframe object svg math title textarea select audio video canvas".Split(' '), StringComparer.Ordinal);
    private static readonly HashSet<string> Inline = new("a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark q rb rp rt ruby s samp small span strike strong sub sup time tt u var wbr".Split(' '), StringComparer.Ordinal);
    private static readonly HashSet<string> Void = new("area base br col embed hr img input link meta param source track wbr".Split(' '), StringComparer.Ordinal);

    private readonly string _html;
    private readonly List<Block> _blocks = [];
    private HtmlText _text = new();
    private BlockKind _kind = BlockKind.Prose;
    private int _preformatted;

    // The element that hides what is in it, and how many of its name are open inside.
    private string? _hiding;
    private int _hidingDepth;

    private HtmlReader(string html) => _html = html;

    public static List<Block> Read(string html)
    {
        var reader = new HtmlReader(html);
        using var source = new TextSource(html);
        using var tokenizer = new HtmlTokenizer(source, HtmlEntityProvider.Resolver) { IsNotConsumingCharacterReferences = true };
        var range = default(TextRange);
        tokenizer.OnToken = (_, place) => range = place;
        for (var token = tokenizer.Get(); token.Type != HtmlTokenType.EndOfFile; token = tokenizer.Get())
        {
            if (token is HtmlTagToken { Type: HtmlTokenType.StartTag } tag)
            {
                tokenizer.State = ContentOf(tag.Name);
            }

            reader.Take(token, Math.Min(range.Start.Index, html.Length), Math.Min(range.End.Index, html.Length));
        }

        reader.EndBlock();
        return reader._blocks;
    }

    // What the tree builder of a browser would tell its tokenizer.
    private static HtmlParseMode ContentOf(string element) => element switch
    {
        "script" => HtmlParseMode.Script,
        "style" or "noscript" or "noframes" or "noembed" or "iframe" or "xmp" => HtmlParseMode.Rawtext,
        "title" or "textarea" => HtmlParseMode.RCData,
        "plaintext" => HtmlParseMode.Plaintext,
        _ => HtmlParseMode.PCData,
    };

    private void Take(HtmlToken token, int start, int end)
    {
        switch (token)
        {
            case HtmlTagToken tag when _hiding is not null:
                _hidingDepth += tag.Name != _hiding ? 0 : tag.Type == HtmlTokenType.EndTag ? -1 : tag.IsSelfClosing ? 0 : 1;
                _hiding = _hidingDepth == 0 ? null : _hiding;
                break;
            case HtmlTagToken { Type: HtmlTokenType.StartTag } tag:
                Open(tag, start, end);
                break;
            case HtmlTagToken tag:
                Close(tag);
                break;
            case { Type: HtmlTokenType.Character } when _hiding is null:
                _text.Append(_html, start, end, _preformatted > 0);
                break;
        }
    }

    private void Open(HtmlTagToken tag, int start, int end)
    {
        if (!Void.Contains(tag.Name) && !tag.IsSelfClosing && (Unseen.Contains(tag.Name) || IsHidden(tag)))
        {
            (_hiding, _hidingDepth) = (tag.Name, 1);
        }

        if (tag.Name == "br")
        {
            _text.BreakLine(start, end);
        }
        else if (tag.Name is "td" or "th")
        {
            _text.Space(start, end);
        }
        else if (!Inline.Contains(tag.Name) && !Unseen.Contains(tag.Name))
        {
            EndBlock();
            _kind = IsHeading(tag.Name) ? BlockKind.Heading : BlockKind.Prose;
            _preformatted += tag.Name == "pre" ? 1 : 0;
        }
    }

    private void Close(HtmlTagToken tag)
    {
        if (tag.Name is "td" or "th" || Inline.Contains(tag.Name) || Unseen.Contains(tag.Name))
        {
            return;
        }

        EndBlock();
        _kind = BlockKind.Prose;
        _preformatted -= tag.Name == "pre" && _preformatted > 0 ? 1 : 0;
    }

    private void EndBlock()
    {
        if (_text.ToBlock(_kind) is { } block)
        {
            _blocks.Add(block);
        }

        _text = new HtmlText();
    }

    private static bool IsHidden(HtmlTagToken tag) => tag.Attributes.Exists(attribute => attribute.Name == "hidden");

    private static bool IsHeading(string name) => name is ['h', >= '1' and <= '6'];
}
