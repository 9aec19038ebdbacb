using Simile.Documents;

namespace Simile.Passages;

/// <summary>
/// Cuts a document into passages. A paragraph that says something is a passage by itself; one that is too long is cut between sentences;
/// short lines without a full stop join; headings go with what is below them.
/// </summary>
internal sealed class PassageSplitter
{
    private readonly TokenCounter _countTokens;
    private readonly int _maxTokens;
    private readonly UnitCutter _cutter;

    // What is shorter and no sentence is a fragment; fragments join until they are this long.
    private readonly int _standsAlone;
    private readonly int _joined;
    private readonly int _joinedCode;

    /// <summary>Prepares cutting.</summary>
    /// <param name="countTokens">Counts tokens.</param>
    /// <param name="maxTokens">Longest passage with its heading, without special tokens; at least 8.</param>
    public PassageSplitter(TokenCounter countTokens, int maxTokens)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, 8);
        _countTokens = countTokens;
        _maxTokens = maxTokens;
        _cutter = new UnitCutter(countTokens, maxTokens);
        _standsAlone = Math.Min(16, maxTokens / 4);
        _joined = Math.Min(32, maxTokens / 2);
        _joinedCode = maxTokens / 2;
    }

    /// <summary>The passages of a document, in its order, not overlapping. Together with their headings they hold all of its blocks.</summary>
    public List<Passage> Split(Document document)
    {
        var run = new Run(this, document);
        foreach (var block in document.Blocks)
        {
            run.Take(block);
        }

        run.End();
        return run.Passages;
    }

    private int Count(ReadOnlySpan<char> text) => _countTokens(text);

    private sealed class Run(PassageSplitter splitter, Document document)
    {
        private readonly LineCounter _lines = new(document.Text);
        private readonly List<Block> _headings = [];
        private readonly List<Block> _fragments = [];
        private int _fragmentTokens;

        public List<Passage> Passages { get; } = [];

        public void Take(Block block)
        {
            switch (block.Kind)
            {
                case BlockKind.Heading:
                    EndFragments();
                    _headings.Add(block);
                    break;
                case BlockKind.Row:
                    EndFragments();
                    Emit(block);
                    break;
                default:
                    TakeText(block);
                    break;
            }
        }

        public void End()
        {
            EndFragments();
            if (_headings.Count > 0)
            {
                var alone = BlockJoin.Of(document.Text, _headings);
                _headings.Clear();
                Emit(alone);
            }
        }

        private void TakeText(Block block)
        {
            var isCode = block.Kind == BlockKind.Code;
            var tokens = splitter._cutter.CountUpTo(block.Text.Span);
            if (_fragments.Count > 0 && (_fragments[0].Kind != block.Kind || _fragmentTokens + tokens > splitter._maxTokens))
            {
                EndFragments();
            }

            if (!isCode && (tokens >= splitter._standsAlone || Sentences.IsEnd(block.Text.Span)))
            {
                if (_fragments is [var title] && IsTitle(title))
                {
                    _headings.Add(title);
                    _fragments.Clear();
                }

                EndFragments();
                Emit(block);
                return;
            }

            _fragments.Add(block);
            _fragmentTokens += tokens;
            if (_fragmentTokens >= (isCode ? splitter._joinedCode : splitter._joined))
            {
                EndFragments();
            }
        }

        // A line of its own that is not an item of a list.
        private static bool IsTitle(Block fragment) =>
            fragment.Kind == BlockKind.Prose
            && !fragment.Text.Span.ContainsAny('\n', '\r')
            && char.IsLetterOrDigit(fragment.Text.Span[0]);

        private void EndFragments()
        {
            if (_fragments.Count > 0)
            {
                var block = BlockJoin.Of(document.Text, _fragments);
                _fragments.Clear();
                Emit(block);
            }

            _fragmentTokens = 0;
        }

        private void Emit(Block block)
        {
            var heading = TakeHeading(out var headingTokens);
            foreach (var (from, to) in splitter._cutter.Cut(block.Text, splitter._maxTokens - headingTokens))
            {
                var (start, end) = block.Locate(from, to);
                Passages.Add(new Passage(start, end, _lines.LineOf(start), block.Text[from..to].ToString(), heading));
                heading = string.Empty;
            }
        }

        private string TakeHeading(out int tokens)
        {
            tokens = 0;
            if (_headings.Count == 0)
            {
                return string.Empty;
            }

            var block = BlockJoin.Of(document.Text, _headings);
            _headings.Clear();
            tokens = splitter._cutter.CountUpTo(block.Text.Span);
            if (tokens <= splitter._maxTokens / 2)
            {
                return block.Text.ToString();
            }

            // Too long to stand before a text: a text itself.
            tokens = 0;
            Emit(block);
            return string.Empty;
        }
    }
}
