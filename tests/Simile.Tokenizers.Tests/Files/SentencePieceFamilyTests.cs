namespace Simile.Tokenizers.Tests.Files;

public class SentencePieceFamilyTests
{
    private static readonly (string, float, int)[] Pieces = [("▁a", -1, 1), ("▁b", -2, 1), ("▁", -3, 1), ("b", -4, 1)];

    [Fact]
    public void Roberta_over_SentencePiece_has_fairseqs_ids()
    {
        var tokenizer = Load("sentencepiece.bpe.model", """{"model_type":"xlm-roberta"}""", Pieces);
        Assert.Equal([0, 4, 8, 5, 2], tokenizer.Encode("a <mask> b").Ids);
        Assert.Equal([0, 4, 2, 2, 6, 3, 2], tokenizer.Encode("a", "z").Ids);
        Assert.Equal(9, tokenizer.VocabularySize);
        Assert.Equal("a b", tokenizer.Decode([0, 4, 8, 5, 2]));
    }

    [Fact]
    public void Camembert_counts_its_symbols_twice()
    {
        var tokenizer = Load("sentencepiece.bpe.model", """{"model_type":"camembert"}""", Pieces);
        Assert.Equal([5, 7, 11, 8, 6], tokenizer.Encode("a <mask> b").Ids);
        Assert.Equal(3, tokenizer.Special.Unknown);
    }

    [Fact]
    public void T5_has_its_extra_ids_backwards_behind_the_pieces()
    {
        var tokenizer = Load("spiece.model", """{"model_type":"t5"}""", Pieces);
        Assert.Equal([3, 106, 7, 4, 2], tokenizer.Encode("a<extra_id_0><extra_id_99>b").Ids);
        Assert.Equal("<extra_id_0>", tokenizer.IdToToken(106));
    }

    [Fact]
    public void Albert_folds_case_and_strips_accents()
    {
        var tokenizer = Load("spiece.model", """{"model_type":"albert"}""", [.. Pieces, ("[CLS]", 0, 3), ("[SEP]", 0, 3), ("[MASK]", 0, 4)]);
        var encoding = tokenizer.Encode("Á b", "A [MASK]");
        Assert.Equal([7, 3, 4, 8, 3, 9, 8], encoding.Ids);
        Assert.Equal([0, 0, 0, 0, 1, 1, 1], encoding.TypeIds);
        Assert.Equal([(0, 0), (0, 1), (1, 3), (0, 0), (0, 1), (1, 8), (0, 0)], encoding.Offsets);
    }

    [Fact]
    public void Deberta_gets_a_mask_behind_its_pieces()
    {
        var tokenizer = Load("spm.model", """{"model_type":"deberta-v2"}""", [.. Pieces, ("[CLS]", 0, 3), ("[SEP]", 0, 3)]);
        Assert.Equal([7, 3, 9, 8], tokenizer.Encode("a[MASK]").Ids);
    }

    [Fact]
    public void A_model_without_the_symbols_of_its_family_is_refused_in_a_sentence()
    {
        Assert.Contains("[CLS]", Assert.Throws<InvalidDataException>(() => Load("spm.model", """{"model_type":"albert"}""", Pieces)).Message, StringComparison.Ordinal);
    }

    private static Tokenizer Load(string name, string config, (string, float, int)[] pieces)
    {
        var folder = Directory.CreateTempSubdirectory("simile-tokenizers-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "config.json"), config);
            File.WriteAllBytes(Path.Combine(folder.FullName, name), Small.UnigramModel(pieces));
            return Tokenizer.Load(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
