namespace Simile.Tokenizers.Tests;

internal static partial class Small
{
    /// <summary>
    /// A SentencePiece model of a type (1 Unigram, 2 BPE, 3 words, 4 characters): &lt;unk&gt;, &lt;s&gt;, &lt;/s&gt;, then these pieces,
    /// then bytes where asked.
    /// </summary>
    public static byte[] SentencePieceModel(int type, bool bytes, bool keepsSpaces, params (string Piece, float Score, int Type)[] pieces)
    {
        var fallback = bytes ? Enumerable.Range(0, 256).Select(b => ($"<0x{b:X2}>", 0f, 6)) : [];
        byte[] trainer = [(3 << 3) | 0, (byte)type, .. bytes ? (byte[])[0x98, 0x02, 1] : []];
        byte[] normalizer = [(4 << 3) | 0, (byte)(keepsSpaces ? 0 : 1)];
        using var model = new MemoryStream();
        model.Write(UnigramModel([.. pieces, .. fallback]));
        WriteField(model, 2, trainer);
        WriteField(model, 3, normalizer);
        return model.ToArray();
    }
}
