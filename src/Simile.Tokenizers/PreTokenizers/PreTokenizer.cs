using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.PreTokenizers;

/// <summary>Splits the pieces of a text into smaller ones (<see cref="Workspace.Pieces"/>). Stateless.</summary>
internal abstract class PreTokenizer
{
    /// <summary>Splits every piece. A pre-tokenizer that also rewrites the text does both here.</summary>
    public virtual void Split(AlignedText text, Workspace work)
    {
        foreach (var (start, end) in work.Pieces)
        {
            Split(text, start, end, work.NewPieces);
        }

        work.SwapPieces();
    }

    /// <summary>Splits [start, end) of a text. Pieces must not be empty.</summary>
    protected abstract void Split(AlignedText text, int start, int end, List<(int Start, int End)> pieces);
}
