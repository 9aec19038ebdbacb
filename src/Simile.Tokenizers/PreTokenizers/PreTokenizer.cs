using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.PreTokenizers;

/// <summary>Cuts the pieces of a text into smaller ones (<see cref="Workspace.Pieces"/>). Stateless.</summary>
internal abstract class PreTokenizer
{
    /// <summary>Cuts every piece. One that rewrites the text too does both here.</summary>
    public virtual void Split(AlignedText text, Workspace work)
    {
        foreach (var (start, end) in work.Pieces)
        {
            Split(text, start, end, work.NewPieces);
        }

        work.SwapPieces();
    }

    /// <summary>Cuts [start, end) of a text; pieces must not be empty.</summary>
    protected abstract void Split(AlignedText text, int start, int end, List<(int Start, int End)> pieces);
}
