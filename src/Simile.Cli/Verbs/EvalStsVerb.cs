using System.CommandLine;
using Simile.Evaluations;

namespace Simile.Cli;

/// <summary>simile eval sts FILE…: cosines of text pairs against the scores that people gave them.</summary>
internal static class EvalStsVerb
{
    public static Command Create(Job job)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Tables (.csv, .tsv, .jsonl, …) of pairs with scores: sentence1, sentence2, score, with or without a header. "
                + "Each file is a task.",
            Arity = ArgumentArity.OneOrMore,
        };
        var columns = new Option<string?>("--columns")
        {
            Description = "The columns of both texts and of the score, by names or by numbers from 1, with commas between.",
            HelpName = "A,B,SCORE",
        };
        var models = CommonOptions.Models();
        var json = CommonOptions.Json(EvalVerb.JsonForm);
        var verb = new Verb(
            "sts",
            "Measures similarity: Pearson's and Spearman's correlation of cosines with the scores of people.",
            "simile eval sts stsb-en-dev.csv",
            "simile eval sts sts-test.tsv --columns 6,7,5 --model simile/base --model all-MiniLM-L6-v2/")
        { files, columns, models, json };
        verb.SetAction(parsed =>
        {
            var names = parsed.GetValue(columns)?.Split(',');
            (string, SimilarityTask)[] tasks = [.. parsed.GetValue(files)!
                .Select(file => (file, SimilarityTask.Read(file, names, job.Stop)))];
            return EvalVerb.Run(
                parsed.GetValue(models)!,
                tasks,
                (task, model, progress) => task.Measure(model, progress, job.Stop),
                parsed.GetValue(json),
                job);
        });
        return verb;
    }
}
