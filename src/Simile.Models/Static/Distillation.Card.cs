namespace Simile.Models;

public static partial class Distillation
{
    private static string Card(string teacher, string folder, DistillationOptions options, int tokens, int texts) =>
        $"""
        ---
        library_name: model2vec
        base_model: {teacher}
        tags:
        - embeddings
        - static-embeddings
        - sentence-transformers
        ---

        # {Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))}

        A static model: {tokens} token vectors of {options.Dimensions} dimensions ({options.Type});
        the vector of a text is the mean of its tokens' vectors, with length 1.
        Distilled by Simile from {teacher}: {Method(options, texts)}

        The licence of the teacher{(texts > 0 ? " and of the texts" : string.Empty)} applies.

        """;

    private static string Method(DistillationOptions options, int texts) => texts == 0
        ? "the teacher's vector of each token alone, principal components, weights from the tokens' ranks."
        : $"token vectors and weights fitted so that the similarities among {texts} texts equal the teacher's ({options.Epochs} epochs, "
            + $"seed {options.Seed}).";
}
