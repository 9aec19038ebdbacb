using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Simile.Documents;

/// <summary>Extracts the visible text of a web page, each character with its file position, by a walk over the parser's tree.</summary>
/// <remarks>
/// Style sheets are not evaluated: an element is hidden by its name, by the attribute <c>hidden</c>, or by its own <c>style</c>.
/// </remarks>
internal sealed class HtmlReader
{
    private static readonly HashSet<string> Unseen = Names(
        "script style template noscript noframes noembed iframe object svg math title textarea select audio video canvas head datalist");
    private static readonly HashSet<string> Inline = Names(
        "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark nobr q rb rp rt ruby s samp small span "
        + "strike strong sub sup time tt u var wbr");
    private static readonly HashSet<string> Raw = Names("script style noframes noembed iframe xmp plaintext");
    private static readonly HashSet<string> Formatting = Names("a b big code em font i nobr s small strike strong tt u");

    private readonly HtmlPlaces _places;
    private readonly Func<int, int> _origin;
    private readonly List<Block> _blocks = [];
    private HtmlText _text = new();
    private BlockKind _kind = BlockKind.Prose;
    private int _preformatted;
    private int _hidden;

    private HtmlReader(HtmlPlaces places, Func<int, int> origin) => (_places, _origin) = (places, origin);

    private readonly record struct Step(INode Node, bool IsEnd);

    /// <summary>The blocks of a page.</summary>
    /// <param name="html">The page, or a part of one.</param>
    /// <param name="isXml">Whether it is XHTML, in which any element may close itself.</param>
    /// <param name="offset">Offset of the part in its file.</param>
    public static List<Block> Read(string html, bool isXml = false, int offset = 0)
    {
        var source = XhtmlSource.Of(html, isXml);
        using var page = new HtmlParser(new HtmlParserOptions { IsKeepingSourceReferences = true }).ParseDocument(source.Html);
        var reader = new HtmlReader(new HtmlPlaces(source.Html), place => offset + source.Origin(place));
        reader.Walk(page.DocumentElement);
        reader.EndBlock();
        return reader._blocks;
    }

    // An explicit stack, because elements can be nested deeper than calls.
    private void Walk(INode root)
    {
        var open = new Stack<Step>([new Step(root, false)]);
        while (open.TryPop(out var step))
        {
            if (step.IsEnd)
            {
                Close((IElement)step.Node);
            }
            else if (step.Node is IElement element)
            {
                open.Push(new Step(element, true));
                Open(element);
                var content = element is IHtmlTemplateElement template ? template.Content : step.Node;
                for (var child = content.LastChild; child is not null; child = child.PreviousSibling)
                {
                    open.Push(new Step(child, false));
                }
            }
            else if (step.Node is IText text)
            {
                Take(text);
            }
        }
    }

    private void Take(IText text)
    {
        var data = text.Data;
        var places = _places.Locate(data, text.ParentElement is { } parent && Raw.Contains(parent.LocalName));
        if (_hidden > 0)
        {
            return;
        }

        for (var i = 0; i < places.Length; i++)
        {
            places[i] = (_origin(places[i].Start), _origin(places[i].End));
        }

        _text.Append(data, places, _preformatted > 0);
    }

    private void Open(IElement element)
    {
        var name = element.LocalName;
        if (element.SourceReference is { } source)
        {
            _places.Enter(source.Position.Index, !Formatting.Contains(name));
        }

        if (name == "br")
        {
            _text.BreakLine();
        }
        else if (name is "td" or "th")
        {
            _text.Space();
        }
        else if (IsBlock(name))
        {
            EndBlock();
            _kind = IsHeading(name) ? BlockKind.Heading : BlockKind.Prose;
            _preformatted += IsPreformatted(name) ? 1 : 0;
        }

        _hidden += IsHidden(element) ? 1 : 0;
    }

    private void Close(IElement element)
    {
        var name = element.LocalName;
        _hidden -= IsHidden(element) ? 1 : 0;
        if (IsBlock(name))
        {
            EndBlock();
            _kind = BlockKind.Prose;
            _preformatted -= IsPreformatted(name) ? 1 : 0;
        }
    }

    private void EndBlock()
    {
        if (_text.ToBlock(_kind) is { } block)
        {
            _blocks.Add(block);
        }

        _text = new HtmlText();
    }

    private static bool IsBlock(string name) => name is not ("br" or "td" or "th") && !Inline.Contains(name) && !Unseen.Contains(name);

    private static bool IsPreformatted(string name) => name is "pre" or "xmp" or "plaintext" or "listing";

    private static bool IsHidden(IElement element)
    {
        var name = element.LocalName;
        return Unseen.Contains(name)
            || (name == "dialog" && !element.HasAttribute("open"))
            || (element.GetAttribute("hidden") is { } hidden && !hidden.Equals("until-found", StringComparison.OrdinalIgnoreCase))
            || (element.GetAttribute("style") is { } style && HidesItself(style));
    }

    private static bool HidesItself(string style)
    {
        var solid = string.Concat(style.Where(c => !char.IsWhiteSpace(c)));
        return solid.Contains("display:none", StringComparison.OrdinalIgnoreCase)
            || solid.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsHeading(string name) => name is ['h', >= '1' and <= '6'];

    private static HashSet<string> Names(string names) => new(names.Split(' '), StringComparer.Ordinal);
}
