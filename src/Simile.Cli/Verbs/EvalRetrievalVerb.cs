using System.CommandLine;
using System.CommandLine.Parsing;
using Simile.Analysis;
using Simile.Evaluations;

namespace Simile.Cli;

/// <summary>simile eval retrieval FOLDER…: whether the nearest documents are the relevant ones.</summary>
internal static class EvalRetrievalVerb
{
    public static Command Create(Job job)
    {
        var folders = new Argument<string[]>("FOLDER")
        {
            Description = "Folders in BEIR's layout: corpus.jsonl, queries.jsonl, qrels/SPLIT.tsv. Each folder is a task.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var corpus = new Option<string?>("--corpus")
        {
            Description = "In the place of FOLDER: documents, JSON lines with _id, title and text, or an id, a tab and a text a line.",
            HelpName = "FILE",
        };
        var queries = new Option<string?>("--queries") { Description = "Queries, in the same forms.", HelpName = "FILE" };
        var qrels = new Option<string?>("--qrels")
        {
            Description = "Judgments a line: 'query 0 document grade' (TREC), or 'query document grade' with or without a header (BEIR).",
            HelpName = "FILE",
        };
        var run = new Option<string?>("--run")
        {
            Description = "Measure what another system found, not a model: 'query Q0 document rank score name' a line (TREC). "
                + "Needs only --qrels.",
            HelpName = "FILE",
        };
        var split = new Option<string>("--split")
        {
            Description = "Which judgments of a FOLDER count.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "test",
        };
        var measures = new Option<string[]>("--measure")
        {
            Description = "What is measured: ndcg@K, map, mrr, mrr@K, recall@K, p@K, success@K or rprec. Repeatable. "
                + $"Default: {string.Join(", ", RetrievalTask.UsualMeasures)}.",
            HelpName = "NAME",
            DefaultValueFactory = _ => [.. RetrievalTask.UsualMeasures],
        };
        var models = CommonOptions.Models();
        var json = CommonOptions.Json(EvalVerb.JsonForm);
        measures.Validators.Add(CheckMeasures);
        var verb = new Verb(
            "retrieval",
            "Measures search: whether the documents nearest to a query are those that people judged relevant.",
            "simile eval retrieval scifact/",
            "simile eval retrieval --corpus docs.jsonl --queries queries.tsv --qrels qrels.txt --measure ndcg@10 --measure recall@100",
            "simile eval retrieval --qrels qrels.txt --run bm25.run")
        { folders, corpus, queries, qrels, run, split, measures, models, json };
        verb.Check(result =>
        {
            bool[] given =
            [
                result.GetValue(corpus) is not null,
                result.GetValue(queries) is not null,
                result.GetValue(qrels) is not null,
                result.GetValue(run) is not null,
            ];
            return (result.GetValue(folders)!.Length > 0, given) switch
            {
                (true, [false, false, false, false]) or (false, [true, true, true, false]) or (false, [false, false, true, true]) => null,
                _ => "retrieval takes a FOLDER, or --corpus, --queries and --qrels, or --qrels and --run.",
            };
        });
        verb.SetAction(parsed =>
        {
            var names = parsed.GetValue(measures)!;
            if (parsed.GetValue(run) is { } found)
            {
                var judgments = Qrels.Read(Existing(parsed.GetValue(qrels)!));
                return EvalVerb.Run(
                    [found],
                    found,
                    file => RetrievalTask.Measure(judgments, RetrievalRun.Read(Existing(file)), names),
                    parsed.GetValue(json),
                    job);
            }

            (string, RetrievalTask)[] tasks = parsed.GetValue(folders) is { Length: > 0 } several
                ? [.. several.Select(folder => (folder, Read(
                    Path.Combine(folder, "corpus.jsonl"),
                    Path.Combine(folder, "queries.jsonl"),
                    Path.Combine(folder, "qrels", parsed.GetValue(split) + ".tsv"),
                    job)))]
                : [("retrieval", Read(parsed.GetValue(corpus)!, parsed.GetValue(queries)!, parsed.GetValue(qrels)!, job))];
            return EvalVerb.Run(
                parsed.GetValue(models)!,
                tasks,
                (task, model, progress) => task.Measure(model, names, progress, job.Stop),
                parsed.GetValue(json),
                job);
        });
        return verb;
    }

    private static RetrievalTask Read(string corpus, string queries, string qrels, Job job)
    {
        var task = RetrievalTask.Read(Existing(corpus), Existing(queries), Existing(qrels), job.Stop);
        if (task.Judgments.Queries.Count - task.JudgedQueries.Count is > 0 and var unknown)
        {
            job.Terminal.Say($"{unknown:N0} judged queries are not in {queries}: they are left out.");
        }

        if (task.AbsentDocuments is > 0 and var absent)
        {
            job.Terminal.Say($"{absent:N0} relevant documents are not in {corpus}: they count as not found.");
        }

        return task;
    }

    private static string Existing(string path) =>
        File.Exists(path) ? path : throw new FileNotFoundException($"The file {path} does not exist.");

    private static void CheckMeasures(OptionResult result)
    {
        foreach (var token in result.Tokens.Where(token => token.Value.Length > 0))
        {
            try
            {
                RetrievalMeasure.Parse(token.Value);
            }
            catch (ArgumentException e)
            {
                result.AddError(e.Message);
            }
        }
    }
}
