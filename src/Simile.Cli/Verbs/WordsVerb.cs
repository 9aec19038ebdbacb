using System.CommandLine;

namespace Simile.Cli;

/// <summary>simile words …: the verbs about vectors of words.</summary>
internal static class WordsVerb
{
    public static Command Create(Job job) => new Verb(
        "words",
        "Asks files of word vectors (word2vec, GloVe, fastText) for neighbors and analogies, and trains them.",
        "simile words nearest king --model glove.6B.100d.txt",
        "simile words analogy man king woman --model GoogleNews-vectors-negative300.bin")
    {
        WordsNearestVerb.Create(job),
        WordsAnalogyVerb.Create(job),
        WordsSimilarityVerb.Create(job),
        WordsOddVerb.Create(job),
        WordsEvaluateVerb.Create(job),
        WordsTrainVerb.Create(job),
        WordsSupervisedVerb.Create(job),
        WordsClassifyVerb.Create(job),
        WordsLsaVerb.Create(job),
    };
}
