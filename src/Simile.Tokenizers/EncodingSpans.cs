namespace Simile.Tokenizers;

/// <summary>Caller-owned memory for an encoding: entry i of each span belongs to token i. Leave a span empty if it is not needed.</summary>
public readonly ref struct EncodingSpans
{
    /// <summary>Vocabulary ids: a model's input_ids. Its length is the maximum number of tokens.</summary>
    public required Span<int> Ids { get; init; }

    /// <summary>0 for tokens of the first text, 1 for tokens of the second, as the template of the file says (token_type_ids).</summary>
    public Span<int> TypeIds { get; init; }

    /// <summary>0 for tokens of the first text, 1 for tokens of the second, -1 for special tokens that were added.</summary>
    public Span<int> Sequences { get; init; }

    /// <summary>1 for special tokens that were added, 0 for others.</summary>
    public Span<int> SpecialTokensMask { get; init; }

    /// <summary>The position of each token: [Start, End) in UTF-16 units of its text; (0, 0) for added special tokens.</summary>
    public Span<(int Start, int End)> Offsets { get; init; }

    internal void Validate()
    {
        if (IsShort(TypeIds.Length) || IsShort(Sequences.Length) || IsShort(SpecialTokensMask.Length) || IsShort(Offsets.Length))
        {
            throw new ArgumentException($"Each span of an encoding must be empty or as long as the {Ids.Length} ids.");
        }
    }

    /// <summary>Writes a token. Tokens beyond the length are dropped.</summary>
    internal void Write(int index, int id, int typeId, int sequence, (int Start, int End) offsets)
    {
        if (index >= Ids.Length)
        {
            return;
        }

        Ids[index] = id;
        if (!TypeIds.IsEmpty)
        {
            TypeIds[index] = typeId;
        }

        if (!Sequences.IsEmpty)
        {
            Sequences[index] = sequence;
        }

        if (!SpecialTokensMask.IsEmpty)
        {
            SpecialTokensMask[index] = sequence < 0 ? 1 : 0;
        }

        if (!Offsets.IsEmpty)
        {
            Offsets[index] = offsets;
        }
    }

    private bool IsShort(int length) => length > 0 && length < Ids.Length;
}
