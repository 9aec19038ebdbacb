using Simile.Documents;

namespace Simile.Passages;

/// <summary>
/// Splits a document into passages. A meaningful paragraph is one passage; a long one is split between sentences;
/// short lines without a full stop are joined; headings belong to the text below them.
/// </summary>
internal sealed class PassageSplitter
{
    private readonly int _maxTokens;
    private readonly UnitCutter _cutter;

    // A shorter text that is not a sentence is a fragment. Fragments are joined up to this length.
    private readonly int _standsAlone;
    private readonly int _joined;
    private readonly int _joinedCode;

    /// <summary>Creates a splitter.</summary>
    /// <param name="countTokens">Counts tokens.</param>
    /// <param name="maxTokens">Maximum length of a passage with its heading, without special tokens; at least 8.</param>
    public PassageSplitter(TokenCounter countTokens, int maxTokens)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, 8);
        _maxTokens = maxTokens;
        _cutter = new UnitCutter(countTokens, maxTokens);
        _standsAlone = Math.Min(16, maxTokens / 4);
        _joined = Math.Min(32, maxTokens / 2);
        _joinedCode = maxTokens / 2;
    }

    /// <summary>
    /// The passages of a document in order, without overlaps, computed lazily. Together with their headings they contain all
    /// blocks. A heading is a passage only in a document without other text.
    /// </summary>
    public IEnumerable<Passage> Split(Document document)
    {
        var run = new Run(this, document);
        foreach (var block in document.Blocks)
        {
            run.Take(block);
            foreach (var passage in run.Ready())
            {
                yield return passage;
            }
        }

        run.End();
        foreach (var passage in run.Ready())
        {
            yield return passage;
        }
    }

    private sealed class Run(PassageSplitter splitter, Document document)
    {
        private readonly LineCounter _lines = new(document.Text);
        private readonly List<Block> _headings = [];
        private readonly List<Block> _fragments = [];
        private readonly List<Passage> _passages = [];
        private int _fragmentTokens;
        private PartMark? _part;
        private PartMark? _numbered;
        private int _partLine;

        // Held back until another passage follows, because headings at the end of the document are appended to it.
        private (Block Block, string Heading, int HeadingTokens)? _last;

        public List<Passage> Ready()
        {
            var ready = _passages.ToList();
            _passages.Clear();
            return ready;
        }

        public void Take(Block block)
        {
            if (!ReferenceEquals(block.Part, _part))
            {
                EndPart();
                _part = block.Part;
            }

            switch (block.Kind)
            {
                case BlockKind.Heading:
                    EndFragments();
                    _headings.Add(block);
                    break;
                case BlockKind.Row:
                    EndFragmentsBefore(block);
                    Emit(block);
                    break;
                default:
                    TakeText(block);
                    break;
            }
        }

        public void End()
        {
            EndPart();
            Cut();
        }

        // Headings without text below them are appended to the passage above them in the same part.
        private void EndPart()
        {
            EndFragments();
            if (_headings.Count > 0 && _last is { Block.Kind: not BlockKind.Row } last && ReferenceEquals(last.Block.Part, _part))
            {
                _last = last with { Block = BlockJoin.Of(document.Text, [last.Block, .. _headings]) };
                _headings.Clear();
            }
            else if (_headings.Count > 0)
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
            var standsAlone = !isCode
                && (tokens >= splitter._standsAlone || (Sentences.IsEnd(block.Text.Span) && !Titles.IsCapital(block)));
            if (standsAlone || (_fragments.Count > 0 && _fragments[0].Kind != block.Kind))
            {
                EndFragmentsBefore(block);
            }
            else if (_fragmentTokens + tokens > splitter._maxTokens)
            {
                EndFragments();
            }

            if (standsAlone)
            {
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

        // Titles directly above a block are its headings.
        private void EndFragmentsBefore(Block block)
        {
            var titles = Titles.Before(document.Text, _fragments, block);
            var headings = _fragments.GetRange(_fragments.Count - titles, titles);
            _fragments.RemoveRange(_fragments.Count - titles, titles);
            EndFragments();
            _headings.AddRange(headings);
        }

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
            Cut();
            _last = (block, heading, headingTokens);
        }

        private void Cut()
        {
            if (_last is not var (block, heading, headingTokens))
            {
                return;
            }

            foreach (var (from, to) in splitter._cutter.Cut(block.Text, splitter._maxTokens - headingTokens))
            {
                var (start, end) = block.Locate(from, to);
                _passages.Add(new Passage(start, end, Line(block, start), block.Text[from..to].ToString(), heading));
                heading = string.Empty;
            }

            _last = null;
        }

        // Lines are counted within each part of a document.
        private int Line(Block block, int start)
        {
            if (block.Part is not { } part)
            {
                return _lines.LineOf(start);
            }

            if (!ReferenceEquals(part, _numbered))
            {
                (_numbered, _partLine) = (part, _lines.LineOf(part.Start));
            }

            return _lines.LineOf(start) - _partLine + 1;
        }

        // The nearest headings that leave half of the passage to the text. Headings above them become a passage.
        private string TakeHeading(out int tokens)
        {
            tokens = 0;
            var nearest = string.Empty;
            var first = _headings.Count;
            while (first > 0)
            {
                var block = BlockJoin.Of(document.Text, _headings[(first - 1)..]);
                var count = splitter._cutter.CountUpTo(block.Text.Span);
                if (count > splitter._maxTokens / 2)
                {
                    break;
                }

                (first, tokens, nearest) = (first - 1, count, block.Text.ToString());
            }

            EmitAsText(_headings[..first]);
            return nearest;
        }

        private void EmitAsText(List<Block> headings)
        {
            _headings.Clear();
            if (headings.Count > 0)
            {
                Emit(BlockJoin.Of(document.Text, headings));
            }
        }
    }
}
